#include "resolutions/resolutions_store.h"

#include <map>

#include "platform/db/dialect.h"

namespace gw::resolutions {

std::optional<Resolution> find_resolution(Db& db, ResolutionId resolution_id) {
    return db.one<Resolution>("SELECT * FROM resolutions WHERE id = :id", {{"id", resolution_id}});
}

std::vector<Resolution> resolutions_of(Db& db, UnitId unit_id, Date from, Date until) {
    return db.list<Resolution>(
        "SELECT * FROM resolutions WHERE unit_id = :unit_id AND adopted_on >= :from_on AND adopted_on <= "
        ":until_on ORDER BY adopted_on, id",
        {{"unit_id", unit_id}, {"from_on", from}, {"until_on", until}});
}

std::vector<Resolution> resolutions_of_meeting(Db& db, MeetingId meeting_id) {
    return db.list<Resolution>("SELECT * FROM resolutions WHERE meeting_id = :meeting_id ORDER BY number",
                               {{"meeting_id", meeting_id}});
}

std::vector<Resolution> last_resolutions(Db& db, UnitId unit_id, Date day) {
    return db.list<Resolution>(
        "SELECT * FROM resolutions WHERE meeting_id = (SELECT meeting_id FROM resolutions WHERE unit_id = "
        ":unit_id AND "
        "adopted_on < :day ORDER BY adopted_on DESC, id DESC LIMIT 1) AND adopted_on < :day ORDER BY number",
        {{"unit_id", unit_id}, {"day", day}});
}

std::optional<KeptResolutionItem> find_item(Db& db, ResolutionItemId item_id) {
    return db.one<KeptResolutionItem>("SELECT * FROM resolution_items WHERE id = :id", {{"id", item_id}});
}

std::vector<KeptResolutionItem> items_of(Db& db, ResolutionId resolution_id) {
    return db.list<KeptResolutionItem>(
        "SELECT * FROM resolution_items WHERE resolution_id = :resolution_id ORDER BY number",
        {{"resolution_id", resolution_id}});
}

namespace {

constexpr Date end_of_days{std::chrono::year{9999}, std::chrono::month{12}, std::chrono::day{31}};

}  // namespace

std::vector<KeptResolutionItem> undecided_items(Db& db, UnitId unit_id,
                                                std::span<const ResolutionItemId> named,
                                                const std::optional<SeenFrom>& seen_from) {
    const SeenFrom from = seen_from.value_or(SeenFrom{end_of_days, {}});
    return db.list<KeptResolutionItem>(
        "SELECT i.* FROM resolution_items i JOIN resolutions r ON r.id = i.resolution_id WHERE i.unit_id = "
        ":unit_id AND (i.closed_as = 'open' OR i.id IN " +
            id_list(db.dialect(), "named") +
            ") AND r.adopted_on <= :day AND r.meeting_id <> :meeting_id "
            "ORDER BY r.adopted_on, r.number, i.number",
        {{"unit_id", unit_id},
         {"named", id_list_text(named)},
         {"day", from.day},
         {"meeting_id", from.meeting_id}});
}

std::vector<NumberedResolutionItem> items_for_ledger(Db& db, UnitId unit_id,
                                                     std::span<const ResolutionItemId> named,
                                                     const SeenFrom& seen_from) {
    std::vector<NumberedResolutionItem> items;
    const auto found = db.list<KeptResolutionItem>(
        "SELECT i.* FROM resolution_items i JOIN resolutions r ON r.id = i.resolution_id WHERE i.unit_id = "
        ":unit_id AND (i.closed_as = 'open' OR i.closed_on > :day OR i.ledger_outcome IN ('none', "
        "'carried_over') OR i.id IN " +
            id_list(db.dialect(), "named") +
            ") AND r.adopted_on <= :day AND r.meeting_id <> :meeting_id "
            "ORDER BY r.adopted_on, r.number, i.number",
        {{"unit_id", unit_id},
         {"named", id_list_text(named)},
         {"day", seen_from.day},
         {"meeting_id", seen_from.meeting_id}});
    std::map<ResolutionId, std::string> number_texts;
    for (const KeptResolutionItem& item : found) {
        auto [number, is_new] = number_texts.try_emplace(item.resolution_id);
        if (is_new)
            if (const auto resolution = find_resolution(db, item.resolution_id))
                number->second = resolution->number_text;
        items.push_back({item, number->second});
    }
    return items;
}

void keep_lines(Db& db, std::span<const LedgerLine> lines) { db.insert_all("ledger_lines", lines); }

void note_outcome(Db& db, ResolutionItemId item_id, LedgerOutcome outcome) {
    db.run("UPDATE resolution_items SET ledger_outcome = :outcome WHERE id = :id",
           {{"outcome", outcome}, {"id", item_id}});
}

std::vector<LedgerLine> ledger_of(Db& db, ResolutionId resolution_id) {
    return db.list<LedgerLine>(
        "SELECT * FROM ledger_lines WHERE resolution_id = :resolution_id ORDER BY number",
        {{"resolution_id", resolution_id}});
}

void carry_over(Db& db, std::span<const ResolutionItemId> item_ids) {
    if (item_ids.empty()) return;
    std::string ids;
    for (const ResolutionItemId id : item_ids) ids += (ids.empty() ? "" : ",") + std::to_string(id.number);
    db.run("UPDATE resolution_items SET carried_over = carried_over + 1 WHERE id IN (" + ids + ")");
}

std::vector<Citation> citations_of(Db& db, ResolutionItemId item_id) {
    return db.list<Citation>(
        "SELECT * FROM citations WHERE resolution_item_id = :item_id ORDER BY kind, cited_id",
        {{"item_id", item_id}});
}

std::vector<KeptResolutionItem> items_citing(Db& db, CitationKind kind, CitedId cited_id) {
    return db.list<KeptResolutionItem>(
        "SELECT * FROM resolution_items WHERE id IN (SELECT resolution_item_id FROM citations WHERE cited_id "
        "= "
        ":cited_id AND kind = :kind) ORDER BY id",
        {{"cited_id", cited_id}, {"kind", kind}});
}

std::vector<Citation> citations_to(Db& db, CitationKind kind, CitedId cited_id) {
    return db.list<Citation>(
        "SELECT * FROM citations WHERE cited_id = :cited_id AND kind = :kind ORDER BY resolution_item_id",
        {{"cited_id", cited_id}, {"kind", kind}});
}

namespace {

void add_item(UnitCounts& counts, ItemState closed_as, bool was_carried_over,
              const tasks::OriginCounts& its_tasks, Date until) {
    const bool has_open = its_tasks.open > 0;
    const bool is_done =
        !has_open && (closed_as == ItemState::done || (closed_as == ItemState::open && its_tasks.done > 0));
    if (!has_open && closed_as == ItemState::dropped) return;
    const bool is_due = its_tasks.last_due_on ? *its_tasks.last_due_on <= until : was_carried_over;
    if (!is_done && !is_due) return;
    ++counts.items_due;
    if (!is_done) return;
    ++counts.items_done;
    if (its_tasks.done > 0 ? its_tasks.done_late == 0 : !was_carried_over) ++counts.items_done_on_time;
}

}  // namespace

std::optional<UnitId> unit_of_item(Db& db, ResolutionItemId item_id) {
    return db.one<UnitId>(
        "SELECT r.unit_id FROM resolution_items i JOIN resolutions r ON r.id = i.resolution_id WHERE i.id = "
        ":id",
        {{"id", item_id}});
}

std::vector<UnitCounts> count_by_unit(Db& db, Date from, Date until, std::span<const UnitId> only) {
    const std::string units_text = id_list_text(only);
    std::map<UnitId, UnitCounts> units;
    db.each(
        "SELECT unit_id, COUNT(*) FROM resolutions WHERE adopted_on >= :from_on AND adopted_on <= "
        ":until_on " +
            and_within(db.dialect(), "unit_id", "units", only) + "GROUP BY unit_id",
        {{"from_on", from}, {"until_on", until}, {"units", units_text}}, [&](const Row& row) {
            const auto unit_id = row.get<UnitId>(0);
            units[unit_id] = {unit_id, row.get<std::int64_t>(1), 0};
        });
    struct ResolutionItemState {
        std::int64_t id;
        UnitId unit_id;
        bool was_carried_over;
        ItemState closed_as;
    };
    std::vector<ResolutionItemState> items;
    db.each(
        "SELECT i.id, r.unit_id, i.carried_over, i.closed_as FROM resolution_items i JOIN resolutions r ON "
        "r.id = i.resolution_id WHERE r.adopted_on >= :from_on AND r.adopted_on <= :until_on " +
            and_within(db.dialect(), "r.unit_id", "units", only) + "ORDER BY i.id",
        {{"from_on", from}, {"until_on", until}, {"units", units_text}}, [&](const Row& row) {
            items.push_back({row.number(0), row.get<UnitId>(1), row.number(2) > 0, row.get<ItemState>(3)});
        });
    std::vector<tasks::OriginId> origins;
    if (!only.empty())
        for (const ResolutionItemState& item : items) origins.push_back(tasks::OriginId{item.id});
    // Without items of the units named there is nothing to ask for, and an empty list would ask for all.
    if (!only.empty() && items.empty()) origins.push_back({});
    // Both lists come by item id, so one walk brings them together.
    const auto tasks = tasks::count_by_origin(db, tasks::Origin::resolution_item, from, origins);
    auto next_task = tasks.begin();
    for (const ResolutionItemState& item : items) {
        while (next_task != tasks.end() && next_task->origin_id.number < item.id) ++next_task;
        const bool has_tasks = next_task != tasks.end() && next_task->origin_id.number == item.id;
        UnitCounts& counts = units[item.unit_id];
        ++counts.items;
        add_item(counts, item.closed_as, item.was_carried_over,
                 has_tasks ? *next_task : tasks::OriginCounts{}, until);
    }
    std::vector<UnitCounts> rows;
    for (const auto& [unit_id, counts] : units) {
        rows.push_back(counts);
        rows.back().unit_id = unit_id;
    }
    return rows;
}

}  // namespace gw::resolutions
