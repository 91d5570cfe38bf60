#include "sample/sample_consolidation.h"

#include "consolidation/consolidation.h"
#include "sample/names.h"
#include "sample/year_acts.h"

namespace gw::sample {

namespace {

using consolidation::ExitKind;

struct Step {
    const char* remedy_key;  // null: a measure of their own
    const char* text;
    const char* owner;
    const char* result;
};

// Why a branch of an office or an enterprise is weak, and what was done about it.
struct Trouble {
    const char* cause_keys[2];  // the second may be null
    const char* proposed;
    const char* put;
    Step steps[4];
    const char* own_condition;
    const char* own_seen;
    const char* notes[5];  // month by month, while it gets better
    const char* left;
};

constexpr Trouble troubles[] = {
    {{"irregular_meetings", "secretary_ability"},
     "Bốn tháng đầu năm sinh hoạt thất thường, điểm các buổi họp thấp; đoàn khảo sát tháng 3 thấy nghị quyết "
     "chép lại "
     "của tháng trước.",
     "Đồng ý. Chi bộ còn đủ lực lượng, vướng ở nền nếp và cách điều hành; giúp trong sáu tháng.",
     {{"fixed_day", "Cố định ngày sinh hoạt hằng tháng, gửi lịch cả năm cho đảng viên", "Bí thư chi bộ",
       "Đã thống nhất ngày 4 hằng tháng, không buổi nào phải hoãn."},
      {"train_secretary", "Bí thư dự lớp bồi dưỡng nghiệp vụ; tổ công tác kèm việc chuẩn bị ba buổi đầu",
       "Ban Tổ chức Đảng ủy Khối", "Bí thư đã dự lớp ba ngày, tự chuẩn bị được nội dung từ tháng 7."},
      {"attend_meetings", "Cấp ủy viên phụ trách dự sinh hoạt hằng tháng", "Đảng ủy viên phụ trách",
       "Dự đủ các buổi, góp ý ngay sau mỗi buổi."},
      {nullptr, "Rà kết quả nghị quyết tháng trước là việc đầu tiên của mỗi buổi họp", "Phó bí thư chi bộ",
       "Từ tháng 6 buổi nào cũng rà từng việc, ghi rõ người làm và thời hạn."}},
     "Ba buổi liên tiếp có nghị quyết riêng của tháng, giao việc cho người cụ thể",
     "Đã xem nghị quyết ba tháng gần nhất, việc nào cũng có người làm và hạn.",
     {"Đã thống nhất ngày họp cố định. Bí thư còn lúng túng khi kết luận.",
      "Họp đúng ngày, đủ tài liệu. Người phát biểu vẫn chỉ có ba, bốn đồng chí.",
      "Nghị quyết đã ngắn và cụ thể hơn; hai việc tháng trước làm xong đúng hạn.",
      "Bí thư tự chuẩn bị nội dung, tổ công tác chỉ đọc lại. Nhiều đảng viên trẻ phát biểu.",
      "Nền nếp đã giữ được bốn tháng. Đề nghị xem xét cho ra khỏi danh sách."},
     "Sinh hoạt đều, nghị quyết có việc và có người làm; các điều kiện đã được xác nhận."},
    {{"scattered_members", "irregular_meetings"},
     "Quá nửa đảng viên đi công trình, đầu năm có tháng không họp được, tháng họp được thì vắng nhiều.",
     "Đồng ý. Cách tổ chức chưa hợp với việc đi công trình; không phải do đảng viên không muốn sinh hoạt.",
     {{"call_groups", "Chia ba tổ đảng theo công trường, tổ trưởng giữ liên lạc hằng tuần",
       "Phó bí thư chi bộ", "Ba tổ đảng đã hoạt động, danh sách liên lạc cập nhật hằng tuần."},
      {"fixed_day", "Họp vào ngày chốt ca hằng tháng, khi các đội về công ty", "Bí thư chi bộ",
       "Họp ngày chốt ca, vắng không lý do giảm hẳn."},
      {"attend_meetings", "Tổ công tác dự họp tổ đảng tại công trường hai lần", "Tổ công tác",
       "Đã dự tại công trường tháng 6 và tháng 7."},
      {nullptr, "Gửi tài liệu trước ba ngày qua điện thoại cho người ở xa",
       "Chi ủy viên phụ trách tuyên giáo", "Tài liệu gửi đều, người ở xa gửi ý kiến trước buổi họp."}},
     "Đảng viên ở công trường đều thuộc một tổ đảng và được hỏi ý kiến hằng tháng",
     "Đã gọi cho năm đảng viên ở hai công trường, đều được hỏi ý kiến trước buổi họp.",
     {"Đã chia tổ đảng. Hai đội ở xa chưa có tổ trưởng.",
      "Đủ tổ trưởng. Buổi họp tháng này có mặt nhiều nhất từ đầu năm.",
      "Ý kiến từ công trường gửi về trước buổi họp, được đưa vào nghị quyết.",
      "Tổ đảng ở công trường tự họp nhanh hằng tuần. Cần giữ khi đổi công trình.",
      "Ba tháng liền họp đủ. Đề nghị xem xét cho ra khỏi danh sách."},
     "Cách chia tổ đảng đã chạy đều qua hai công trình; các điều kiện đã được xác nhận."},
    {{"enterprise_trouble", "few_members"},
     "Doanh nghiệp thiếu việc từ cuối năm trước, đảng viên nghỉ luân phiên, chi bộ họp cầm chừng, nhiều việc "
     "quá hạn.",
     "Đồng ý. Gỡ khó cho đơn vị và giữ sinh hoạt phải làm cùng lúc.",
     {{"enterprise_plan", "Nghị quyết chuyên đề tháo gỡ khó khăn cho đơn vị", "Bí thư chi bộ, giám đốc",
       "Nghị quyết chuyên đề tháng 5; hai dây chuyền chạy lại từ tháng 6."},
      {"find_candidates", "Chọn ba quần chúng ưu tú trong công nhân hợp đồng dài hạn, cử học lớp cảm tình",
       "Chi ủy viên phụ trách đoàn thể", "Ba người đã học lớp cảm tình Đảng."},
      {nullptr, "Đảng viên nghỉ luân phiên vẫn dự họp, họp cuối buổi sáng thứ bảy", "Bí thư chi bộ",
       "Đảng viên nghỉ luân phiên dự họp đều."},
      {nullptr, "Rà các việc quá hạn, việc nào không còn phù hợp thì bỏ và ghi lý do", "Phó bí thư chi bộ",
       "Đã rà xong, chỉ giữ những việc còn làm được trong năm."}},
     "Có nghị quyết chuyên đề về sản xuất và kết quả được báo cáo với toàn thể công nhân",
     "Đã đọc nghị quyết chuyên đề và biên bản hội nghị người lao động tháng 8.",
     {"Công ty còn thiếu đơn hàng. Chi bộ đã họp bàn nghị quyết chuyên đề.",
      "Một dây chuyền chạy lại. Đảng viên nhận đỡ đầu từng tổ sản xuất.",
      "Đơn hàng đủ đến cuối năm. Ba quần chúng đi học lớp cảm tình.",
      "Họp đều, nội dung gắn với sản xuất. Còn hai việc cũ chậm.",
      "Các việc chậm đã xong. Đề nghị xem xét cho ra khỏi danh sách."},
     "Sản xuất ổn định trở lại, chi bộ lãnh đạo được việc khó; các điều kiện đã được xác nhận."},
    {{"disunity", nullptr},
     "Nội bộ có đơn thư qua lại sau khi sắp xếp lại phòng, đảng viên đến họp nhưng không ai nói; điểm các "
     "buổi họp thấp.",
     "Đồng ý. Việc này phải đối thoại có cấp trên chủ trì, không thể để chi bộ tự giải quyết.",
     {{"mediate", "Đối thoại, tự phê bình và phê bình dưới sự chủ trì của Thường trực Đảng ủy Khối",
       "Phó Bí thư Đảng ủy Khối", "Đã đối thoại hai buổi, hai bên rút đơn, có biên bản."},
      {"working_rules", "Xây dựng lại quy chế làm việc của chi ủy và lãnh đạo đơn vị", "Bí thư chi bộ",
       "Quy chế mới được chi bộ thông qua tháng 6."},
      {"attend_meetings", "Cấp ủy viên phụ trách dự sinh hoạt hằng tháng", "Đảng ủy viên phụ trách",
       "Dự đủ các buổi; từ tháng 7 không phải gợi ý nữa."},
      {nullptr, "Mỗi buổi họp dành nửa giờ để đảng viên nêu điều còn vướng", "Bí thư chi bộ",
       "Đã thành nếp, ý kiến được ghi và trả lời ở buổi sau."}},
     "Không còn đơn thư về các việc đã đối thoại trong ba tháng",
     "Văn phòng Đảng ủy Khối xác nhận không nhận đơn mới từ tháng 6.",
     {"Đã đối thoại buổi đầu. Không khí còn nặng, nhưng hai bên đã nói thẳng với nhau.",
      "Đơn đã rút. Quy chế đang lấy ý kiến.",
      "Quy chế mới đã thông qua. Lần đầu có người nhận khuyết điểm trước chi bộ.",
      "Ý kiến phát biểu tăng, việc chung được bàn trước khi làm.",
      "Ba tháng không có đơn thư. Đề nghị xem xét cho ra khỏi danh sách."},
     "Nội bộ đã bàn được việc chung, không còn đơn thư; các điều kiện đã được xác nhận."},
    {{"poor_leadership", "secretary_ability"},
     "Đồng chí bí thư nghỉ dài ngày từ đầu năm, không ai được giao điều hành; đoàn khảo sát thấy nhiều hạn "
     "chế chưa khắc phục.",
     "Đồng ý. Kiện toàn chi ủy trước, rồi mới bàn nội dung sinh hoạt.",
     {{"strengthen_committee", "Kiện toàn chi ủy, phân công lại từng đồng chí", "Đảng ủy Khối",
       "Đã bổ sung hai chi ủy viên, phân công bằng văn bản."},
      {"change_secretary", "Kiện toàn chức danh bí thư chi bộ", "Ban Tổ chức Đảng ủy Khối",
       "Bí thư mới được chỉ định tháng 6."},
      {"train_secretary", "Kèm bí thư mới qua bốn buổi sinh hoạt", "Tổ công tác",
       "Đã kèm đủ bốn buổi, bí thư tự điều hành tốt."},
      {nullptr, "Khắc phục các hạn chế đoàn khảo sát đã nêu", "Bí thư chi bộ",
       "Các hạn chế đã khắc phục, có người xem lại."}},
     "Chi ủy họp trước mỗi buổi sinh hoạt và có kết luận bằng văn bản",
     "Đã xem sổ họp chi ủy bốn tháng gần nhất.",
     {"Đã bổ sung chi ủy. Bí thư mới nhận việc, đang nắm hồ sơ.",
      "Chi ủy họp trước sinh hoạt. Bí thư mới điều hành còn dài.",
      "Hạn chế cũ khắc phục được quá nửa. Đảng viên tin tưởng hơn.",
      "Điều hành gọn, kết luận rõ. Các hạn chế cũ đã xong.",
      "Chi ủy mới làm việc đều. Đề nghị xem xét cho ra khỏi danh sách."},
     "Chi ủy mới làm việc đều và kết luận được; các điều kiện đã được xác nhận."},
};

// What the helper sees where nothing gets better.
constexpr const char* no_better[] = {
    "Vẫn bỏ họp. Bí thư hứa sắp xếp lại nhưng chưa làm.",
    "Họp được nhưng vắng một phần ba, không rà nghị quyết cũ.",
    "Biện pháp chính chưa làm. Đã nhắc bằng văn bản.",
    "Có họp, có biên bản, nhưng ít người nói. Cần người khác đứng ra điều hành.",
    "Tổ công tác đề nghị Thường trực Đảng ủy Khối làm việc trực tiếp với lãnh đạo đơn vị.",
    "Đã làm việc với lãnh đạo đơn vị; thống nhất nhân sự, chờ quyết định.",
    "Chưa có quyết định nhân sự. Sinh hoạt tháng này vẫn hoãn.",
    "Nhân sự dự kiến tháng 1 năm 2025. Kế hoạch được gia hạn.",
};

// Of the measure that nobody sees to.
const Date late_on = on(9, 30);

class Cases {
public:
    Cases(const Call& call, const Province& province, const Recorders& recorders,
          const rulebooks::Library& library)
        : acts_(call, seed + 2), province_(province), recorders_(recorders), setting_{library} {}

    void write() {
        std::size_t number = 0;
        for (const Cell& cell : province_.cells)
            if (cell.is_consolidated()) consolidate(cell, number++);
        write_proposals_of_communes();
    }

private:
    template <class Act>
    consolidation::CaseStory at_block(Date day, const Act& act) {
        consolidation::CaseStory story;
        acts_.as({recorders_.block_office, organiser_, province_.block}, day,
                 [&](const Call& call) { story = act(call); });
        return story;
    }
    void note(ConsolidationId id, Date day, const char* text) {
        acts_.as({recorders_.block_office, helper_name_, province_.block}, day, [&](const Call& call) {
            consolidation::note(call, {id, text}, setting_);
        });
    }
    void report(const Cell& cell, ConsolidationId id, const consolidation::Measure& measure, Date day,
                const char* result) {
        acts_.as({recorders_.secretary, province_.members_of(cell)[0].full_name, cell.id}, day,
                 [&](const Call& call) {
                     consolidation::report(call, {id, measure.id, result}, setting_);
                 });
    }

    // A secretary of another branch of the Block, who sits on its committee.
    const members::Member& helper_of(const Cell& cell, std::size_t number) const {
        std::size_t seen = 0;
        for (const Cell& other : province_.cells)
            if (is_of_block(other) && !other.is_consolidated() && other.parent_id != cell.parent_id &&
                other.member_count > 0 && seen++ == number % 7)
                return province_.members_of(other)[0];
        for (const Cell& other : province_.cells)
            if (is_of_block(other) && other.id != cell.id && other.member_count > 0)
                return province_.members_of(other)[0];
        throw std::logic_error("the Block of the sample has a single branch");
    }

    void consolidate(const Cell& cell, std::size_t number) {
        Dice dice(seed, "consolidation " + cell.code);
        const Trouble& trouble = troubles[number % std::size(troubles)];
        const members::Member& helper = helper_of(cell, number);
        helper_name_ = helper.full_name;
        const Date proposed_on = on(5, static_cast<unsigned>(dice.between(6, 10)));
        const Date put_on = on(5, static_cast<unsigned>(dice.between(14, 17)));
        const ConsolidationId id =
            at_block(proposed_on, [&](const Call& call) {
                return consolidation::propose(call, {{}, cell.id, trouble.proposed}, setting_);
            }).about.id;
        at_block(put_on, [&](const Call& call) {
            return consolidation::decide(call, {id, true, trouble.put}, setting_);
        });
        const bool is_stuck = cell.consolidation == Consolidation::stays_weak;
        const consolidation::CaseStory planned =
            at_block(date_of(day_number(put_on) + dice.between(3, 6)), [&](const Call& call) {
                return consolidation::plan(call, plan_of(id, trouble, helper.id, number, is_stuck), setting_);
            });
        for (const consolidation::Measure& measure : planned.measures) {
            // The one measure on which all depends is not done where nothing gets better.
            if (measure.due_on == late_on) continue;
            report(cell, id, measure, date_of(day_number(measure.due_on) - dice.between(0, 12)),
                   step_named(trouble, measure.text).result);
        }
        if (is_stuck) return stay(id);
        const bool falls_back = cell.consolidation == Consolidation::falls_back;
        const unsigned last_note = falls_back ? 8 : static_cast<unsigned>(dice.between(8, 10));
        for (unsigned month = 6; month <= last_note; ++month)
            note(id, on(month, static_cast<unsigned>(dice.between(22, 27))),
                 trouble.notes[month == last_note ? 4 : std::min(month - 6, 3U)]);
        const Date accepted_on = on(last_note + 1, static_cast<unsigned>(dice.between(8, 12)));
        accept(id, planned, trouble, accepted_on);
        at_block(date_of(day_number(accepted_on) + dice.between(3, 9)), [&](const Call& call) {
            return consolidation::leave(call, {id, trouble.left}, setting_);
        });
        if (falls_back) fall_back(cell, id, trouble, helper.id);
    }

    consolidation::PlanCase plan_of(ConsolidationId id, const Trouble& trouble, MemberId helper_id,
                                    std::size_t number, bool is_stuck) {
        consolidation::PlanCase plan;
        plan.case_id = id;
        for (const char* key : trouble.cause_keys)
            if (key) plan.cause_keys.emplace_back(key);
        plan.helper_member_id = helper_id;
        plan.group_name = "Tổ công tác số " + std::to_string(number % 3 + 1) + " của Đảng ủy Khối";
        constexpr unsigned months[] = {6, 6, 7, 8};
        for (std::size_t i = 0; i < std::size(trouble.steps); ++i) {
            const Step& step = trouble.steps[i];
            plan.measures.push_back(
                {{},
                 step.text,
                 step.remedy_key ? std::optional<std::string>(step.remedy_key) : std::nullopt,
                 step.owner,
                 is_stuck && i == 1 ? late_on : on(months[i], 28)});
        }
        plan.exit_conditions = {{ExitKind::meetings_held, 4, 4, ""},
                                {ExitKind::meeting_score, 60, 4, ""},
                                {ExitKind::measures_done, 100, 0, ""},
                                {ExitKind::no_serious_findings, 0, 0, ""},
                                {ExitKind::own, 0, 0, trouble.own_condition}};
        return plan;
    }

    static const Step& step_named(const Trouble& trouble, const std::string& text) {
        for (const Step& step : trouble.steps)
            if (text == step.text) return step;
        throw std::logic_error("a measure of the plan is not of its trouble");
    }

    // Somebody of the province's commission looks, who has not helped.
    void accept(ConsolidationId id, const consolidation::CaseStory& planned, const Trouble& trouble,
                Date day) {
        acts_.as({recorders_.province_office, acceptor_, province_.root}, day, [&](const Call& call) {
            for (const consolidation::ExitLine& line : planned.exit_conditions)
                consolidation::accept(
                    call,
                    {id, line.item.id,
                     line.item.kind == ExitKind::own ? trouble.own_seen
                                                     : "Đã đối chiếu với sổ sinh hoạt và biên bản."},
                    setting_);
        });
    }

    void stay(ConsolidationId id) {
        unsigned month = 5;
        for (const char* text : no_better) {
            const unsigned day = month == 12 ? 12 : 25;
            note(id, on(month++, day), text);
        }
    }

    void fall_back(const Cell& cell, ConsolidationId id, const Trouble& trouble, MemberId helper_id) {
        at_block(on(11, 14), [&](const Call& call) {
            return consolidation::relapse(
                call,
                {id,
                 "Từ tháng 10 sinh hoạt lại thất thường, đoàn kiểm tra tháng 10 chấm điểm thấp; đưa trở lại "
                 "danh sách để giúp tiếp."},
                setting_);
        });
        at_block(on(11, 20), [&](const Call& call) {
            consolidation::PlanCase plan = plan_of(id, trouble, helper_id, 0, false);
            plan.exit_conditions.clear();
            plan.measures = {{{},
                              "Cấp ủy viên phụ trách cùng điều hành ba buổi sinh hoạt liền",
                              "attend_meetings",
                              "Đảng ủy viên phụ trách",
                              date_of(day_number(last_day) + 60)},
                             {{},
                              "Giới thiệu người thay bí thư trước đại hội chi bộ",
                              "change_secretary",
                              "Ban Tổ chức Đảng ủy Khối",
                              date_of(day_number(last_day) + 45)}};
            return consolidation::plan(call, plan, setting_);
        });
        note(id, on(12, 11),
             ("Buổi họp tháng 12 của " + cell.place_name + " đã đủ người, tổ công tác cùng điều hành.")
                 .c_str());
    }

    // Communes propose as well: two wait for the decision, one was not put on the list.
    void write_proposals_of_communes() {
        int count = 0;
        for (const Cell& cell : province_.cells) {
            if (is_of_block(cell) || cell.story != Story::none || cell.quality >= 42 || count == 3) continue;
            const bool is_decided = count++ == 2;
            const Date day = is_decided ? on(7, 9) : on(12, static_cast<unsigned>(8 + count));
            Dice dice(seed, "proposal " + cell.code);
            ConsolidationId id;
            acts_.as(
                {recorders_.commune_office, person_name(dice, members::Sex::male, false), cell.parent_id},
                day, [&](const Call& call) {
                    id = consolidation::propose(call,
                                                {{},
                                                 cell.id,
                                                 "Sinh hoạt không đều, nhiều việc quá hạn; xã đã nhắc "
                                                 "hai lần nhưng chưa chuyển biến."},
                                                setting_)
                             .about.id;
                });
            if (!is_decided) continue;
            acts_.as(
                {recorders_.province_office, acceptor_, province_.root}, on(7, 16), [&](const Call& call) {
                    consolidation::decide(call,
                                          {id, false,
                                           "Khó khăn do sáp nhập thôn, mới ba tháng. Xã kèm tiếp đến cuối "
                                           "năm rồi xem lại."},
                                          setting_);
                });
        }
    }

    std::string name_of_office(const char* which) const {
        Dice dice(seed, which);
        return person_name(dice, dice.happens(50) ? members::Sex::female : members::Sex::male, false);
    }

    YearActs acts_;
    const Province& province_;
    const Recorders& recorders_;
    consolidation::Setting setting_;
    std::string organiser_ = name_of_office("organiser of the Block");
    std::string acceptor_ = name_of_office("commission of the province");
    std::string helper_name_;
};

}  // namespace

void write_consolidation(const Call& call, const Province& province, const Recorders& recorders,
                         const rulebooks::Library& library) {
    Cases(call, province, recorders, library).write();
}

}  // namespace gw::sample
