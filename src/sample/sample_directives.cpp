#include "sample/sample_directives.h"

#include <algorithm>

namespace gw::sample {

namespace {

using directives::AnswerKind, directives::Kind;

constexpr Date in_january(unsigned day) {
    return {std::chrono::year{year + 1}, std::chrono::January, std::chrono::day{day}};
}

directives::Directive directive(SampleIds& ids, UnitId sender, Kind kind, const char* number_text,
                                const char* title, const char* summary, Date sent_on, Date concrete_by,
                                AccountId sent_by) {
    directives::Directive sent;
    sent.id = next_id<DirectiveId>(ids);
    sent.unit_id = sender;
    sent.kind = kind;
    sent.number_text = number_text;
    sent.title = title;
    sent.summary = summary;
    sent.sent_on = sent_on;
    sent.concrete_by = concrete_by;
    sent.sent_by = sent_by;
    sent.created_at = moment_of(sent_on, 8 * 60, zone_minutes);
    return sent;
}

}  // namespace

SampleDirectives::SampleDirectives(const Province& province, const Recorders& recorders)
    : province_(province), recorders_(recorders) {
    for (const UnitId commune : {province.khau_tinh, province.an_tuong})
        for (const UnitId cell_id : cells_of(commune)) items_[cell_id];
}

std::vector<UnitId> SampleDirectives::cells_of(UnitId commune_id) const {
    std::vector<UnitId> cells;
    for (const Cell& cell : province_.cells)
        if (cell.parent_id == commune_id) cells.push_back(cell.id);
    return cells;
}

void SampleDirectives::collect(const Batch& batch) {
    std::map<ResolutionId, Date> days;
    for (const resolutions::Resolution& resolution : batch.resolutions)
        if (items_.contains(resolution.unit_id)) days[resolution.id] = resolution.adopted_on;
    for (const resolutions::KeptResolutionItem& item : batch.resolution_items)
        if (const auto found = days.find(item.resolution_id); found != days.end())
            items_[item.unit_id].push_back({item.id, item.text, found->second});
}

const SampleDirectives::Decided* SampleDirectives::find_item(UnitId cell_id, Date since,
                                                             std::string_view begins) const {
    const auto of_cell = items_.find(cell_id);
    if (of_cell == items_.end()) return nullptr;
    const auto found = std::ranges::find_if(of_cell->second, [&](const Decided& item) {
        return item.adopted_on >= since && item.text.starts_with(begins);
    });
    return found == of_cell->second.end() ? nullptr : &*found;
}

void SampleDirectives::write(const Call& call, SampleIds& ids) const {
    directives::Directive plan =
        directive(ids, province_.root, Kind::plan, "188-KH/TU",
                  "Làm điểm thực hiện Nghị quyết 21-NQ/TW: nâng chất lượng sinh hoạt chi bộ",
                  "Mỗi chi bộ chọn một việc cụ thể, ghi vào nghị quyết tháng: người phụ trách, thời hạn, kết "
                  "quả. Việc đã làm mà chưa ghi thì nêu lý do không ra việc mới.",
                  on(4, 15), on(7, 31), recorders_.province_office);
    directives::Directive old_plan =
        directive(ids, province_.khau_tinh, Kind::plan, "05-KH/ĐU", "Phòng cháy rừng mùa khô đầu năm 2024",
                  "Trực mùa khô, kiểm tra bể nước và dụng cụ chữa cháy của từng thôn.", on(1, 15), on(3, 15),
                  recorders_.commune_office);
    directives::Directive fire =
        directive(ids, province_.khau_tinh, Kind::plan, "21-KH/ĐU", "Phòng cháy rừng mùa khô 2024 - 2025",
                  "Phát cỏ, làm đường băng cản lửa trước ngày 15 tháng 11; ưu tiên rừng trồng mới.",
                  on(10, 1), on(11, 15), recorders_.commune_office);
    fire.expires_on = Date{std::chrono::year{year + 1}, std::chrono::April, std::chrono::day{30}};
    old_plan.ended_on = fire.sent_on;
    old_plan.superseded_by_id = fire.id;
    const directives::Directive reminder =
        directive(ids, province_.khau_tinh, Kind::reminder, "", "Chăm lo Tết cho hộ nghèo, hộ mới chuyển nhà",
                  "Bàn trong buổi sinh hoạt gần nhất: nhà nào cần giúp, đoàn thể nào nhận.", on(12, 11),
                  in_january(15), recorders_.commune_office);

    std::vector<directives::Answer> answers;
    std::vector<tasks::Task> plans;
    std::vector<resolutions::Citation> citations;
    const auto concrete = [&](const directives::Directive& asked, UnitId cell_id, std::string_view begins) {
        const Decided* item = find_item(cell_id, asked.sent_on, begins);
        if (!item) return;
        answers.push_back(
            {asked.id, cell_id, AnswerKind::concrete, item->id, "", item->adopted_on, recorders_.secretary});
        citations.push_back(
            {item->id, resolutions::CitationKind::directive, resolutions::CitedId{asked.id.number}});
    };
    const auto refused = [&](const directives::Directive& asked, UnitId cell_id, Date day,
                             const char* reason) {
        answers.push_back(
            {asked.id, cell_id, AnswerKind::refused, std::nullopt, reason, day, recorders_.commune_office});
    };
    const auto planned = [&](const directives::Directive& asked, UnitId cell_id, Date day) {
        answers.push_back(
            {asked.id, cell_id, AnswerKind::planned, std::nullopt, "", day, recorders_.secretary});
        tasks::Task task;
        task.unit_id = cell_id;
        task.owner_kind = tasks::OwnerKind::unit;
        task.owner_unit_id = cell_id;
        task.answerable_name = "Bí thư chi bộ";
        task.origin = tasks::Origin::directive;
        task.origin_id = tasks::OriginId{asked.id.number};
        task.created_at = moment_of(day, 20 * 60, zone_minutes);
        task.id = next_id<TaskId>(ids);
        task.title = "Mỗi tổ chọn một việc cụ thể, ghi vào sổ nghị quyết";
        task.due_on = on(9, 30);
        task.state = tasks::State::done;
        task.progress = 100;
        task.result = "Ba tổ đã chọn: đường ngõ, tổ tiết kiệm, giúp một hộ nghèo.";
        task.done_on = on(9, 25);
        task.done_by = recorders_.secretary;
        plans.push_back(task);
        task.id = next_id<TaskId>(ids);
        task.title = "Chấm điểm sau mỗi kỳ sinh hoạt, công khai ở nhà văn hóa";
        task.due_on = on(12, 27);
        task.state = tasks::State::open;
        task.progress = 60;
        task.result = "Đã chấm ba kỳ.";
        task.done_on.reset();
        task.done_by.reset();
        plans.push_back(task);
    };
    concrete(plan, province_.na_lung, "");
    concrete(plan, province_.an_tuong_2, "");
    concrete(fire, province_.na_lung, "Phát cỏ");
    // Of the other cells every third is late, every third has an item, and every third says why not in Khau
    // Tinh and has a plan of its own in An Tuong.
    std::size_t number = 0;
    for (const auto& [cell_id, items] : items_) {
        if (cell_id == province_.na_lung || cell_id == province_.an_tuong_2) continue;
        const std::size_t turn = ++number % 3;
        if (turn == 1) concrete(plan, cell_id, "");
        const bool is_in_village = province_.cell_of(cell_id).parent_id == province_.khau_tinh;
        if (turn == 2 && !is_in_village) planned(plan, cell_id, on(7, 5));
        if (turn == 2 && is_in_village)
            refused(plan, cell_id, on(7, 4), "Nội dung đã nằm trong nghị quyết quý I của chi bộ.");
        if (turn == 2 && is_in_village) refused(fire, cell_id, on(10, 8), "Thôn không được giao rừng trồng.");
    }
    directives::add_directives(call, std::vector{plan, old_plan, fire, reminder},
                               std::vector<directives::Scope>{{plan.id, province_.khau_tinh},
                                                              {plan.id, province_.an_tuong},
                                                              {old_plan.id, province_.khau_tinh},
                                                              {fire.id, province_.khau_tinh},
                                                              {reminder.id, province_.khau_tinh}},
                               answers);
    tasks::add_tasks(call, plans);
    resolutions::add_citations(call, citations);
}

}  // namespace gw::sample
