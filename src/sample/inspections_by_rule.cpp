#include <algorithm>

#include "sample/inspection_acts.h"
#include "sample/names.h"

namespace gw::sample {

namespace {

// How far an inspection came until the sample's last day.
enum class Reached { decided, opened, reported, concluded, closed };

// What became of its findings.
enum class Mended { nothing, remedied, effective, came_back };

std::string day_of(Date day) {
    return std::to_string(static_cast<unsigned>(day.day())) + " tháng " +
           std::to_string(static_cast<unsigned>(day.month()));
}

struct Object {
    Somebody speaker;
    std::string place;  // where the team works
};

class ByRule {
public:
    ByRule(InspectionActs& acts, const Province& province, const Inspecting& bodies)
        : acts_(acts), province_(province), bodies_(bodies) {}

    void write() {
        write_block();
        write_province();
        write_communes();
    }

private:
    void write_block() {
        std::vector<const Cell*> weak, others;
        for (const Cell& cell : province_.cells)
            if (is_of_block(cell) && cell.parent_id == province_.block)
                (cell.is_consolidated() ? weak : others).push_back(&cell);
        std::ranges::sort(weak, {}, [](const Cell* cell) { return cell->quality; });
        const auto topics = topics_of_cells();
        const auto at = [&](const std::vector<const Cell*>& cells, std::size_t index) {
            return object_of(*cells.at(index % cells.size()));
        };
        const Somebody& block = bodies_.block;
        inspect(block, topics[0], at(weak, 0), on(3, 4), "19-QĐ/ĐUK", Reached::closed, Mended::came_back);
        inspect(block, topics[0], at(weak, 2), on(4, 8), "27-QĐ/ĐUK", Reached::closed, Mended::effective);
        inspect(block, topics[1], at(weak, 3), on(9, 9), "58-QĐ/ĐUK", Reached::closed, Mended::remedied);
        inspect(block, topics[2], at(others, 5), on(10, 28), "66-QĐ/ĐUK", Reached::concluded,
                Mended::nothing);
        inspect(block, topics[3], at(others, 6), on(11, 8), "70-QĐ/ĐUK", Reached::opened, Mended::nothing);
        inspect(block, topics[4], at(others, 7), on(12, 9), "76-QĐ/ĐUK", Reached::decided, Mended::nothing);
    }

    void write_province() {
        const auto topics = topics_of_committees();
        const Somebody& province = bodies_.province;
        inspect(province, topics[0], committee_of(province_.na_hang, "Huyện ủy Nà Hang"), on(4, 15),
                "204-QĐ/TU", Reached::closed, Mended::effective);
        inspect(province, topics[1], {bodies_.block, "Đảng ủy Khối"}, on(6, 3), "231-QĐ/TU", Reached::closed,
                Mended::remedied);
        inspect(province, topics[2], committee_of(province_.an_tuong, "Đảng ủy phường An Tường"), on(11, 4),
                "287-QĐ/TU", Reached::reported, Mended::nothing);
        acts_.plan(province,
                   {10, inspections::Kind::regular_supervision, "Việc thực hiện quy chế làm việc của cấp ủy"},
                   province_.khau_tinh);
        acts_.plan(province,
                   {12, inspections::Kind::thematic_supervision,
                    "Việc lãnh đạo kiểm điểm, xếp loại tổ chức đảng và đảng viên năm 2024"},
                   province_.block);
    }

    // Every fourth commune looked into the weakest of its cells this year.
    void write_communes() {
        std::size_t number = 0;
        const Cell* weakest = nullptr;
        const auto inspect_weakest = [&] {
            if (!weakest || number++ % 4 != 0) return;
            Dice dice(seed, "inspection of " + weakest->code);
            const auto topics = topics_of_cells();
            const Somebody body = committee_of(weakest->parent_id, "").speaker;
            const Date day = date_of(day_number(on(2, 5)) + dice.below(170));
            inspect(body, dice.one_of(topics.subspan(1)), object_of(*weakest), day,
                    std::to_string(dice.between(8, 60)) + "-QĐ/ĐU", Reached::closed,
                    dice.happens(70) ? Mended::effective : Mended::remedied);
        };
        for (const Cell& cell : province_.cells) {
            if (is_of_block(cell) || cell.story != Story::none || cell.parent_id == province_.khau_tinh)
                continue;
            if (weakest && weakest->parent_id != cell.parent_id) {
                inspect_weakest();
                weakest = nullptr;
            }
            if (!weakest || cell.quality < weakest->quality) weakest = &cell;
        }
        inspect_weakest();
    }

    Object object_of(const Cell& cell) const {
        return {{{}, province_.members_of(cell)[0].full_name, cell.id},
                cell.place == Place::office ? "cơ quan" : "nhà văn hóa " + cell.place_name};
    }
    Object committee_of(UnitId unit_id, const char* place) const {
        Dice dice(seed, "committee " + to_text(unit_id));
        const auto sex = dice.happens(40) ? members::Sex::female : members::Sex::male;
        return {{{}, person_name(dice, sex, false), unit_id}, place};
    }

    // The papers follow one another on their usual days, as far as the inspection came.
    void inspect(const Somebody& body, const InspectionTopic& topic, const Object& object, Date decided_on,
                 const std::string& number, Reached reached, Mended mended) {
        const auto after = [&](int days) { return date_of(day_number(decided_on) + days); };
        const bool is_verified = *topic.verified != '\0';
        const InspectionId id =
            acts_.decide(body, {static_cast<unsigned>(decided_on.month()), topic.kind, topic.theme},
                         {decided_on, number, topic.content, topic.method, after(-365), after(-1)},
                         object.speaker.home_unit_id);
        std::vector<PaperText> papers{
            {1, after(0),
             "Đoàn làm việc ba buổi tại " + object.place + "; công bố quyết định trước ngày " +
                 day_of(after(10)) + ", kết luận trước ngày " + day_of(after(45)) + ".",
             PaperText::delivered},
            {2, after(2),
             "Ngày " + day_of(after(7)) + ": công bố quyết định. Ngày " + day_of(after(20)) +
                 ": xem sổ sách và làm việc với đơn vị. Ngày " + day_of(after(27)) +
                 ": họp đoàn, thông qua báo cáo."}};
        if (reached == Reached::decided) return acts_.write_papers(body, id, papers);
        papers.push_back({3, after(3), topic.outline, PaperText::delivered});
        papers.push_back({4, after(7),
                          "Trưởng đoàn đọc quyết định, thống nhất lịch làm việc và người cung cấp sổ sách. "
                          "Không ai ghi âm, ghi hình.",
                          PaperText::delivered});
        acts_.write_papers(body, id, papers);
        if (reached == Reached::opened) return;
        acts_.report(object.speaker, id, after(16), topic.report);
        papers = {{6, after(20), topic.talk, PaperText::delivered}};
        if (is_verified) papers.push_back({7, after(23), topic.verified, PaperText::delivered});
        papers.push_back({8, after(27), topic.result});
        acts_.write_papers(body, id, papers);
        std::vector<FindingId> found;
        for (const Fault& fault : topic.faults) found.push_back(find(body, id, after(27), fault, after(90)));
        if (reached == Reached::reported) return;
        acts_.write_papers(
            body, id,
            std::vector<PaperText>{
                {9, after(34), "Hội nghị thống nhất với báo cáo của đoàn và nội dung thông báo kết luận."},
                {10, after(36), topic.notice, PaperText::delivered}});
        if (reached == Reached::concluded) return;
        acts_.write_papers(
            body, id,
            std::vector<PaperText>{
                {11, after(36), "Giao tại " + object.place + ", " + object.speaker.name + " nhận và ký."},
                {12, after(40),
                 is_verified ? "Mười hai giấy, đủ theo mục lục."
                             : "Mười một giấy, không có biên bản thẩm tra."}});
        acts_.close(body, id, after(40));
        for (std::size_t i = 0; i < found.size(); ++i)
            follow(body, object.speaker, found[i], topic.faults[i], decided_on, mended);
    }

    FindingId find(const Somebody& body, InspectionId id, Date day, const Fault& fault, Date due_on) {
        findings::FindingToNote note;
        note.gravity = fault.gravity;
        note.text = fault.text;
        note.rule_text = fault.rule;
        note.cause = fault.cause;
        note.remedy = fault.remedy;
        note.due_on = due_on;
        return acts_.find(body, id, day, note);
    }

    void follow(const Somebody& body, const Somebody& owner, FindingId id, const Fault& fault,
                Date decided_on, Mended mended) {
        const auto after = [&](int days) { return date_of(day_number(decided_on) + days); };
        if (mended == Mended::nothing) return;
        acts_.remedy(owner, id, after(80), fault.remedied);
        if (mended == Mended::remedied) return;
        acts_.check(body, id, after(100), fault.effect);
        // Only what was serious was seen again.
        if (mended == Mended::came_back && fault.gravity == findings::Gravity::serious)
            acts_.reopen(body, id, on(11, 12), "Tháng 10 chi bộ lại không sinh hoạt và không báo cáo.",
                         on(12, 31));
    }

    InspectionActs& acts_;
    const Province& province_;
    const Inspecting& bodies_;
};

}  // namespace

void inspect_by_rule(InspectionActs& acts, const Province& province, const Inspecting& bodies) {
    ByRule(acts, province, bodies).write();
}

}  // namespace gw::sample
