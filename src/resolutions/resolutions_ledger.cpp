#include <algorithm>
#include <map>

#include "platform/db/bulk_rows.h"
#include "resolutions/resolutions.h"
#include "resolutions/resolutions_parts.h"
#include "resolutions/resolutions_rules.h"
#include "resolutions/resolutions_store.h"

namespace gw::resolutions {

std::vector<ResolutionItemBefore> items_before(const Call& call, UnitId unit_id, const SeenFrom& seen_from) {
    std::vector<ResolutionItemId> at_work;
    for (const tasks::OriginStanding& origin :
         tasks::origins_of(call.db, unit_id, tasks::Origin::resolution_item))
        if (origin.has_open) at_work.push_back(ResolutionItemId{origin.origin_id.number});
    const std::vector<NumberedResolutionItem> found = items_for_ledger(call.db, unit_id, at_work, seen_from);

    std::vector<tasks::OriginId> ids;
    for (const NumberedResolutionItem& each : found) ids.push_back(tasks::OriginId{each.item.id.number});
    std::map<std::int64_t, std::vector<tasks::Task>> by_item;
    for (tasks::Task& task : tasks::tasks_from(call.db, tasks::Origin::resolution_item, ids)) {
        const std::int64_t item = task.origin_id->number;
        by_item[item].push_back(std::move(task));
    }
    std::vector<ResolutionItemBefore> before;
    for (const NumberedResolutionItem& each : found) {
        std::vector<tasks::Task>& its_tasks = by_item[each.item.id.number];
        ResolutionItem item = item_as_it_stands(each.item, its_tasks);
        const bool is_told = each.item.ledger_outcome == LedgerOutcome::done ||
                             each.item.ledger_outcome == LedgerOutcome::dropped;
        const bool is_closed_later = item.closed_on && *item.closed_on > seen_from.day;
        if (is_told && item.state != ItemState::open && !is_closed_later) continue;
        std::vector<std::string> owner_names;
        for (const tasks::Task& task : its_tasks) owner_names.push_back(tasks::owner_name(call, task));
        before.push_back(
            {each.item, each.number_text, std::move(item), std::move(its_tasks), std::move(owner_names)});
    }
    return before;
}

void keep_ledger(const Call& call, const Resolution& resolution, std::span<const ResolutionItemBefore> before,
                 std::span<const ResolutionItemToClose> closings) {
    std::vector<LedgerLine> lines;
    for (const ResolutionItemBefore& item : before) {
        const auto closing = std::find_if(
            closings.begin(), closings.end(),
            [&](const ResolutionItemToClose& one) { return one.resolution_item_id == item.kept.id; });
        const LedgerOutcome outcome =
            add_lines(lines, item, closing == closings.end() ? nullptr : &*closing, resolution.adopted_on);
        // A resolution written down late does not unsay what a later ledger told of an item closed since.
        const bool is_closed_since = outcome == LedgerOutcome::carried_over &&
                                     item.item.state != ItemState::open &&
                                     (item.kept.ledger_outcome == LedgerOutcome::done ||
                                      item.kept.ledger_outcome == LedgerOutcome::dropped);
        if (!is_closed_since) note_outcome(call.db, item.kept.id, outcome);
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        lines[i].resolution_id = resolution.id;
        lines[i].number = static_cast<std::int64_t>(i) + 1;
    }
    keep_lines(call.db, lines);
}

Ledger ledger(const Call& call, const ResolutionKey& request) {
    const auto resolution = find_resolution(call.db, request.resolution_id);
    if (!resolution || !call.actor.may("resolutions.read", resolution->unit_id))
        refuse_unknown("resolution_id");
    return {resolution->id, ledger_of(call.db, resolution->id)};
}

std::vector<LedgerLine> ledger_of_meeting(const Call& call, const meetings::Meeting& meeting,
                                          const std::optional<ResolutionId>& resolution_id) {
    if (resolution_id) return ledger_of(call.db, *resolution_id);
    std::vector<LedgerLine> lines;
    for (const ResolutionItemBefore& item :
         items_before(call, meeting.unit_id, {meeting.meets_on, meeting.id}))
        add_lines(lines, item, nullptr, meeting.meets_on);
    return lines;
}

std::vector<ResolutionRecord> records_of_meeting(const Call& call, MeetingId meeting_id) {
    std::vector<ResolutionRecord> records;
    for (const Resolution& resolution : resolutions_of_meeting(call.db, meeting_id))
        records.push_back(record_of(call, resolution));
    return records;
}

void add_ledger_lines(const Call& call, std::span<const LedgerLine> lines) {
    add_rows(call.db, "ledger_lines", lines);
}

}  // namespace gw::resolutions
