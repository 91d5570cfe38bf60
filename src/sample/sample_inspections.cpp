#include "sample/sample_inspections.h"

#include "accounts/accounts.h"
#include "sample/inspection_acts.h"

namespace gw::sample {

namespace {

using findings::Gravity;
using inspections::Kind;

constexpr Date first_of_last_year{std::chrono::year{year - 1}, std::chrono::January, std::chrono::day{1}};
constexpr Date last_of_last_year{std::chrono::year{year - 1}, std::chrono::December, std::chrono::day{31}};

// In the words of committees, their teams and those they look at.
constexpr Subject of_member{4, Kind::regular_inspection, "Việc học tập, quán triệt nghị quyết năm 2023"};
const InspectionDecision decision_of_member{
    on(4, 2),
    "15-QĐ/ĐU",
    "Việc dự các buổi học tập, quán triệt nghị quyết; việc báo cáo khi vắng mặt; việc đóng đảng phí.",
    "Xem sổ họp và sổ đảng phí của chi bộ, nghe đảng viên báo cáo, hỏi bí thư và hai đảng viên cùng tổ.",
    first_of_last_year,
    last_of_last_year};
const PaperText start_of_member[] = {
    {1, on(4, 2), "Đoàn hai người, làm việc hai buổi tại nhà văn hóa thôn; kết luận trước ngày 17 tháng 5.",
     PaperText::delivered},
    {2, on(4, 4),
     "Ngày 9: công bố quyết định. Ngày 18: xem sổ và làm việc với đảng viên. Ngày 24: họp đoàn."},
    {3, on(4, 4),
     "Năm 2023 đồng chí dự bao nhiêu buổi học nghị quyết, vắng buổi nào, đã báo ai; đóng đảng phí đến tháng "
     "nào.",
     PaperText::delivered},
    {4, on(4, 9), "Trưởng đoàn đọc quyết định, thống nhất lịch làm việc. Không ai ghi âm, ghi hình.",
     PaperText::delivered},
};
constexpr const char* report_of_member =
    "Tôi dự bảy trên chín buổi học nghị quyết. Hai buổi tháng 5 và tháng 9 tôi vắng vì đi làm thuê xa, không "
    "báo "
    "trước. Đảng phí đóng đủ mười hai tháng.";
const PaperText talks_of_member[] = {
    {6, on(4, 18), "Đảng viên trình bày báo cáo. Sổ họp ghi đúng như báo cáo; sổ đảng phí đủ chữ ký.",
     PaperText::delivered},
    {8, on(4, 24),
     "Ưu điểm: đóng đảng phí đủ và đúng hạn, báo cáo trung thực. Hạn chế: hai buổi vắng không báo. Đề nghị "
     "nhắc nhở, "
     "không xem xét kỷ luật."},
};
const PaperText end_of_member[] = {
    {9, on(5, 3), "Đảng ủy thống nhất với báo cáo của đoàn, nhắc nhở và theo dõi đến hết quý II."},
    {10, on(5, 6),
     "Đồng chí có ý thức đóng đảng phí, báo cáo trung thực. Vắng hai buổi học nghị quyết không báo trước là "
     "chưa thực "
     "hiện đúng nhiệm vụ đảng viên. Đảng ủy nhắc nhở, yêu cầu khắc phục trước ngày 31 tháng 5.",
     PaperText::delivered},
    {11, on(5, 6), "Giao tại trụ sở Đảng ủy, đảng viên đã nhận và ký."},
    {12, on(5, 10), "Mười một giấy, không có biên bản thẩm tra."},
};

constexpr Subject of_resolutions{5, Kind::regular_inspection, "Việc ra nghị quyết và giao việc trong chi bộ"};
const InspectionDecision decision_of_resolutions{
    on(5, 6),
    "31-QĐ/ĐUK",
    "Nghị quyết các kỳ sinh hoạt: nội dung, người thực hiện, thời hạn, kiểm điểm ở kỳ sau.",
    "Xem sổ nghị quyết và biên bản, nghe chi ủy báo cáo, hỏi ba đảng viên.",
    first_of_last_year,
    last_of_last_year};
const PaperText start_of_resolutions[] = {
    {1, on(5, 6), "Đoàn ba buổi tại cơ quan; báo cáo Ban Thường vụ Đảng ủy Khối trước ngày 20 tháng 6.",
     PaperText::delivered},
    {2, on(5, 9), "Ngày 14: công bố. Ngày 23: làm việc với chi ủy. Ngày 30: thông qua báo cáo của đoàn."},
    {3, on(5, 9),
     "Số nghị quyết trong năm, bao nhiêu có người thực hiện và thời hạn, kết quả kiểm điểm ở kỳ sau.",
     PaperText::delivered},
    {4, on(5, 14), "Công bố quyết định trước chi ủy, thống nhất cách làm.", PaperText::delivered},
};
constexpr const char* report_of_resolutions =
    "Năm 2023 chi bộ ra mười hai nghị quyết; chín nghị quyết giao rõ người và hạn, ba nghị quyết chỉ nêu chủ "
    "trương.";
const PaperText talks_of_resolutions[] = {
    {6, on(5, 23), "Chi ủy nhận thấy ba nghị quyết quý IV ghi chung, kỳ sau không kiểm điểm được.",
     PaperText::delivered},
    {7, on(5, 28),
     "Đối chiếu sổ nghị quyết với biên bản: ba nghị quyết tháng 10, 11, 12 không có người thực hiện.",
     PaperText::delivered},
    {8, on(5, 30),
     "Ưu điểm: tháng nào cũng có nghị quyết. Hạn chế: ba nghị quyết không giao việc. Đề nghị ghi lại."},
};
const PaperText end_of_resolutions[] = {
    {9, on(6, 10), "Ban Thường vụ thống nhất nội dung kết luận."},
    {10, on(6, 12),
     "Chi bộ giữ nền nếp ra nghị quyết hằng tháng. Ba nghị quyết quý IV năm 2023 không ghi người thực hiện "
     "và thời "
     "hạn; chi ủy sửa cách ra nghị quyết từ kỳ tháng 7.",
     PaperText::delivered},
    {11, on(6, 12), "Giao tại cơ quan, bí thư chi bộ nhận."},
    {12, on(6, 14), "Mười hai giấy, đủ."},
};

constexpr Subject of_dues{9, Kind::regular_inspection, "Việc thu, nộp và sử dụng đảng phí"};
const InspectionDecision decision_of_dues{on(9, 16),
                                          "42-QĐ/ĐU",
                                          "Việc thu, nộp, trích giữ lại và chi đảng phí chín tháng đầu năm.",
                                          "Xem sổ thu và chứng từ chi, đối chiếu với sổ của Đảng ủy.",
                                          on(1, 1),
                                          on(8, 31)};
const PaperText papers_of_dues[] = {
    {1, on(9, 16), "Làm việc một buổi tại chi bộ, đối chiếu sổ trong ba ngày.", PaperText::delivered},
    {2, on(9, 18), "Ngày 20: công bố. Ngày 2 tháng 10: đối chiếu sổ."},
    {3, on(9, 18), "Số đảng viên phải đóng, đã đóng, được miễn; số trích giữ lại và các khoản chi.",
     PaperText::delivered},
    {4, on(9, 20), "Công bố quyết định, bí thư và chi ủy viên phụ trách đảng phí cùng dự.",
     PaperText::delivered},
};
constexpr const char* report_of_dues =
    "Tám tháng thu đủ của đảng viên phải đóng, hai người được miễn theo quyết định. Phần trích giữ lại chi "
    "cho sinh "
    "hoạt và thăm hỏi, có chữ ký.";
const PaperText rest_of_dues[] = {
    {6, on(10, 2), "Sổ thu khớp với sổ của Đảng ủy.", PaperText::delivered},
    {8, on(10, 10), "Thu đủ, nộp đúng hạn, chi đúng mục đích. Chưa thấy khuyết điểm phải khắc phục."},
};

constexpr Subject of_advice{12, Kind::thematic_supervision, "Việc thực hiện gợi ý của đoàn công tác tháng 4"};
const InspectionDecision decision_of_advice{
    on(12, 5),
    "58-QĐ/ĐU",
    "Gợi ý nào đã thành nghị quyết, ai làm, kết quả đến đâu; gợi ý nào chưa làm được và vì sao.",
    "Dự sinh hoạt tháng 12, xem sổ nghị quyết, hỏi đảng viên được giao việc.",
    on(4, 1),
    on(11, 30)};
const PaperText papers_of_advice[] = {
    {1, on(12, 5), "Đoàn hai người; làm việc từ ngày 10 tháng 12, kết thúc trước ngày 19 tháng 1.",
     PaperText::delivered},
    {2, on(12, 6), "Ngày 10: công bố. Dự sinh hoạt chi bộ kỳ tới, sau đó làm việc với chi ủy."},
    {3, on(12, 6), "Từng gợi ý: nghị quyết trả lời, người được giao, hạn, kết quả, bằng chứng.",
     PaperText::delivered},
    {4, on(12, 10), "Công bố quyết định tại nhà văn hóa thôn; chi ủy hẹn gửi báo cáo trước ngày 25.",
     PaperText::delivered},
};

constexpr Subject of_consolidated{12, Kind::thematic_supervision, "Việc giữ kết quả củng cố chi bộ"};
const InspectionDecision decision_of_consolidated{
    on(12, 9),
    "77-QĐ/ĐUK",
    "Nền nếp sinh hoạt, nguồn kết nạp và việc khắc phục từ sau khi củng cố.",
    "Xem biên bản mười hai tháng, hỏi đảng viên, dự một buổi sinh hoạt.",
    on(1, 1),
    on(11, 30)};
const PaperText papers_of_consolidated[] = {
    {1, on(12, 10), "Đoàn hai người; công bố trước ngày 19 tháng 12, kết luận trước ngày 23 tháng 1.",
     PaperText::delivered},
};

class Inspectorate {
public:
    Inspectorate(const Call& call, const Province& province, const Recorders& recorders)
        : province_(province), acts_(call, known(call, recorders.inspector)) {
        commune_ = known(call, recorders.commune_office);
        block_ = known(call, recorders.block_office);
        leader_ = known(call, accounts::find_account(call.db, "lanhdao")->id);
        member_ = known(call, accounts::find_account(call.db, "dangvien")->id);
    }

    void write() {
        const std::vector<const Cell*> villages = cells_of_commune();
        inspect_member();
        inspect_dues(*villages.at(0));
        acts_.plan(commune_, {10, Kind::periodic_inspection, "Việc thực hiện quy chế làm việc của chi ủy"},
                   villages.at(1)->id);
        const InspectionId advice = acts_.decide(commune_, of_advice, decision_of_advice, province_.na_lung);
        acts_.write_papers(commune_, advice, papers_of_advice);
        acts_.plan(commune_, {12, Kind::regular_supervision, "Việc chuẩn bị kiểm điểm, xếp loại cuối năm"},
                   villages.at(2)->id);

        const std::vector<const Cell*> agencies = cells_of_block();
        inspect_resolutions(*agencies.at(0));
        acts_.plan(block_, {11, Kind::regular_supervision, "Việc quản lý đảng viên đi công tác xa"},
                   agencies.at(1)->id);
        for (const Cell& cell : province_.cells) {
            if (!cell.is_consolidated()) continue;
            const InspectionId looked_at =
                acts_.decide(block_, of_consolidated, decision_of_consolidated, cell.id);
            acts_.write_papers(block_, looked_at, papers_of_consolidated);
            break;
        }
        inspect_by_rule(acts_, province_, {leader_, block_});
    }

private:
    static Somebody known(const Call& call, AccountId account_id) {
        const auto account = accounts::find_account(call.db, account_id);
        return {account_id, account->full_name, account->home_unit_id,
                account->member_id.value_or(MemberId{})};
    }
    // The villages of Khau Tinh beside Na Lung, and agencies that nobody had to consolidate.
    std::vector<const Cell*> cells_of_commune() const {
        std::vector<const Cell*> cells;
        for (const Cell& cell : province_.cells)
            if (cell.parent_id == province_.khau_tinh && cell.story == Story::none) cells.push_back(&cell);
        return cells;
    }
    std::vector<const Cell*> cells_of_block() const {
        std::vector<const Cell*> cells;
        for (const Cell& cell : province_.cells)
            if (is_of_block(cell) && !cell.is_consolidated()) cells.push_back(&cell);
        return cells;
    }
    Somebody secretary_of(const Cell& cell) const {
        return {{}, province_.members_of(cell)[0].full_name, cell.id};
    }

    void inspect_member() {
        const InspectionId id =
            acts_.decide(commune_, of_member, decision_of_member, province_.na_lung, member_.member_id);
        acts_.write_papers(commune_, id, start_of_member);
        acts_.report(member_, id, on(4, 16), report_of_member);
        acts_.write_papers(commune_, id, talks_of_member);
        findings::FindingToNote absent;
        absent.text = "Năm 2023 vắng hai buổi học tập, quán triệt nghị quyết mà không báo trước.";
        absent.rule_text = "Điều lệ Đảng, Điều 2: nhiệm vụ của đảng viên";
        absent.cause = "Đi làm thuê xa, không giữ liên lạc với tổ.";
        absent.remedy = "Kiểm điểm trước chi bộ; báo bí thư trước mỗi lần vắng.";
        absent.due_on = on(5, 31);
        const FindingId finding = acts_.find(commune_, id, on(4, 24), absent);
        acts_.write_papers(commune_, id, end_of_member);
        acts_.answer(
            member_, id, on(5, 8),
            "Tôi nhận khuyết điểm. Hai buổi ấy tôi ở công trường không có sóng; từ nay tôi báo bí thư "
            "trước khi đi.");
        acts_.close(commune_, id, on(5, 10));
        acts_.remedy(member_, finding, on(5, 28),
                     "Đã kiểm điểm trước chi bộ kỳ tháng 5, gửi bí thư lịch đi làm của quý III.");
        acts_.check(commune_, finding, on(6, 14), "Đã hỏi bí thư và xem sổ họp: kỳ tháng 6 có mặt.");
    }
    void inspect_resolutions(const Cell& cell) {
        const Somebody secretary = secretary_of(cell);
        const InspectionId id = acts_.decide(block_, of_resolutions, decision_of_resolutions, cell.id);
        acts_.write_papers(block_, id, start_of_resolutions);
        acts_.report(secretary, id, on(5, 20), report_of_resolutions);
        acts_.write_papers(block_, id, talks_of_resolutions);
        findings::FindingToNote vague;
        vague.gravity = Gravity::moderate;
        vague.text = "Ba nghị quyết quý IV năm 2023 không ghi người thực hiện và thời hạn.";
        vague.rule_text = "Hướng dẫn 12-HD/BTCTW ngày 6/7/2018 về nâng cao chất lượng sinh hoạt chi bộ";
        vague.cause = "Chi ủy chuẩn bị dự thảo muộn, chi bộ thông qua khi chưa bàn phân công.";
        vague.remedy = "Từ kỳ tháng 7 mỗi nghị quyết ghi rõ người, việc, hạn; kỳ sau kiểm điểm từng việc.";
        vague.due_on = on(8, 31);
        const FindingId finding = acts_.find(block_, id, on(5, 30), vague);
        acts_.write_papers(block_, id, end_of_resolutions);
        acts_.answer(secretary, id, on(6, 13),
                     "Chi ủy nhất trí với kết luận, sẽ gửi dự thảo trước kỳ sinh hoạt năm ngày.");
        acts_.close(block_, id, on(6, 14));
        acts_.remedy(secretary, finding, on(8, 9), "Nghị quyết tháng 7 và tháng 8 đều có người, việc, hạn.");
        acts_.check(block_, finding, on(9, 6),
                    "Đã xem ba nghị quyết tháng 7, 8, 9: giao việc rõ, có kiểm điểm kỳ trước.");
    }
    // The committee has not met on it since.
    void inspect_dues(const Cell& cell) {
        const InspectionId id = acts_.decide(commune_, of_dues, decision_of_dues, cell.id);
        acts_.write_papers(commune_, id, papers_of_dues);
        acts_.report(secretary_of(cell), id, on(9, 27), report_of_dues);
        acts_.write_papers(commune_, id, rest_of_dues);
    }

    const Province& province_;
    InspectionActs acts_;
    Somebody commune_, block_, leader_, member_;
};

}  // namespace

void write_inspections(const Call& call, const Province& province, const Recorders& recorders) {
    Inspectorate(call, province, recorders).write();
}

}  // namespace gw::sample
