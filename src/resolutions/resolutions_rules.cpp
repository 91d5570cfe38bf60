#include "resolutions/resolutions_rules.h"

#include <algorithm>
#include <set>

#include "platform/checks.h"

namespace gw::resolutions {

namespace {
constexpr std::size_t most_items = 200;
constexpr std::size_t most_tasks_of_an_item = 100;
}  // namespace

bool is_carried(std::int64_t votes_for, std::int64_t votes_called, bool needs_two_thirds) {
    return needs_two_thirds ? votes_called > 0 && votes_for * 3 >= votes_called * 2
                            : votes_for * 2 > votes_called;
}

ResolutionItem item_as_it_stands(const KeptResolutionItem& kept, std::span<const tasks::Task> its_tasks) {
    ResolutionItem item{
        kept.id,           kept.resolution_id,   kept.unit_id,      kept.number, kept.text, kept.closed_as,
        kept.carried_over, kept.closed_on,       kept.close_reason, 0,           0,         kept.votes_for,
        kept.votes_called, kept.needs_two_thirds};
    std::int64_t done = 0;
    std::optional<Date> last_day;
    for (const tasks::Task& task : its_tasks) {
        ++item.tasks_total;
        if (task.state == tasks::State::open) continue;
        ++item.tasks_closed;
        done += task.state == tasks::State::done ? 1 : 0;
        const auto day = task.state == tasks::State::done ? task.done_on : task.dropped_on;
        if (day && (!last_day || *day > *last_day)) last_day = day;
    }
    if (item.tasks_closed < item.tasks_total) {
        // Opened again after the decision: what is being worked on is not closed.
        item.state = ItemState::open;
        item.closed_on.reset();
        item.close_reason.clear();
    } else if (kept.closed_as == ItemState::open && done > 0) {
        item.state = ItemState::done;
        item.closed_on = last_day;
    }
    return item;
}

bool was_done_by(const ResolutionItem& item, Date day) {
    return item.state == ItemState::done && item.closed_on && *item.closed_on <= day;
}

namespace {

void check_wording(Problems& problems, const std::string& title, std::int64_t votes_for,
                   std::span<const ResolutionItemToAdopt> items) {
    check_text(problems, "title", title);
    if (items.empty()) problems.push_back({"items", "resolutions.no_items"});
    if (items.size() > most_items) problems.push_back({"items", "resolutions.too_many"});
    if (votes_for < 0) problems.push_back({"votes_for", "resolutions.too_many_votes"});
    for (std::size_t i = 0; i < items.size(); ++i) {
        const ResolutionItemToAdopt& item = items[i];
        const std::string place = "items/" + std::to_string(i) + "/";
        check_text(problems, place + "text", item.text, longest_paragraph);
        if (item.votes_for && *item.votes_for < 0)
            problems.push_back({place + "votes_for", "resolutions.too_many_votes"});
        if (item.tasks.size() > most_tasks_of_an_item)
            problems.push_back({place + "tasks", "resolutions.too_many"});
        std::set<std::pair<CitationKind, CitedId>> cited;
        for (std::size_t j = 0; j < item.citations.size(); ++j)
            if (!cited.insert({item.citations[j].kind, item.citations[j].cited_id}).second)
                problems.push_back({place + "citations/" + std::to_string(j), "resolutions.cited_twice"});
    }
}

}  // namespace

Problems problems_in(const CorrectResolution& request, std::span<const KeptResolutionItem> there) {
    Problems problems;
    check_text(problems, "reason", request.reason);
    check_wording(problems, request.title, request.votes_for, request.items);
    for (std::size_t i = 0; i < there.size(); ++i) {
        const std::string place = "items/" + std::to_string(i);
        if (i >= request.items.size() || request.items[i].id != there[i].id)
            problems.push_back({place, "resolutions.item_missing", {{"text", there[i].text}}});
        else if (!request.items[i].tasks.empty() || !request.items[i].citations.empty())
            problems.push_back({place, "resolutions.only_wording"});
    }
    return problems;
}

LedgerOutcome add_lines(std::vector<LedgerLine>& lines, const ResolutionItemBefore& before,
                        const ResolutionItemToClose* closing, Date day) {
    const auto line_of_item = [&]() -> LedgerLine& {
        LedgerLine& line = lines.emplace_back();
        line.resolution_item_id = before.kept.id;
        line.item_number_text = before.number_text;
        line.item_text = before.kept.text;
        line.carried_over = before.kept.carried_over;
        return line;
    };
    const auto decided =
        closing && closing->state == ItemState::dropped ? LedgerOutcome::dropped : LedgerOutcome::done;
    bool has_open = false;
    bool has_done = false;
    for (std::size_t i = 0; i < before.tasks.size(); ++i) {
        const tasks::Task& task = before.tasks[i];
        LedgerLine& line = line_of_item();
        line.task_id = task.id;
        line.task_title = task.title;
        line.owner_name = before.owner_names[i];
        line.due_on = task.due_on;
        const bool was_done = task.state == tasks::State::done && task.done_on && *task.done_on <= day;
        const bool was_dropped =
            task.state == tasks::State::dropped && task.dropped_on && *task.dropped_on <= day;
        // What was reported after the day of a resolution written down late is not for its ledger.
        const bool is_later = task.state != tasks::State::open && !was_done && !was_dropped;
        line.start_progress = is_later ? 0 : task.progress;
        line.result = is_later ? std::string() : task.result;
        line.start_state = was_done            ? StartState::done
                           : was_dropped       ? StartState::dropped
                           : task.due_on < day ? StartState::late
                                               : StartState::open;
        if (was_done) line.outcome = LedgerOutcome::done;
        else if (was_dropped) line.outcome = LedgerOutcome::dropped;
        else line.outcome = closing ? decided : LedgerOutcome::carried_over;
        if (was_dropped) line.reason = task.drop_reason;
        else if (closing && !was_done) line.reason = closing->reason;
        has_done |= was_done;
        has_open |= !was_done && !was_dropped;
    }
    const bool was_closed =
        before.item.state != ItemState::open && before.item.closed_on && *before.item.closed_on <= day;
    const LedgerOutcome outcome = closing                                   ? decided
                                  : !was_closed                             ? LedgerOutcome::carried_over
                                  : before.item.state == ItemState::dropped ? LedgerOutcome::dropped
                                                                            : LedgerOutcome::done;
    // Its tasks tell it all, but for an item without any, or with nothing left of them but a decision to
    // make.
    if (has_open || (has_done && !closing && outcome == LedgerOutcome::done)) return outcome;
    LedgerLine& line = line_of_item();
    line.start_state = !was_closed                               ? StartState::open
                       : before.item.state == ItemState::dropped ? StartState::dropped
                                                                 : StartState::done;
    line.outcome = outcome;
    line.reason = closing ? closing->reason : was_closed ? before.item.close_reason : std::string();
    return outcome;
}

Problems problems_in(const AdoptResolution& request) {
    Problems problems;
    check_wording(problems, request.title, request.votes_for, request.items);
    std::set<ResolutionItemId> closed;
    for (std::size_t i = 0; i < request.closings.size(); ++i) {
        const ResolutionItemToClose& closing = request.closings[i];
        const std::string place = "closings/" + std::to_string(i) + "/";
        check_text(problems, place + "reason", closing.reason);
        if (closing.state == ItemState::open)
            problems.push_back({place + "state", "resolutions.close_as_done_or_dropped"});
        if (!closed.insert(closing.resolution_item_id).second)
            problems.push_back({place + "resolution_item_id", "resolutions.closed_twice"});
    }
    return problems;
}

bool is_same(const Resolution& there, std::span<const KeptResolutionItem> items,
             const AdoptResolution& request) {
    return there.meeting_id == request.meeting_id && there.title == request.title &&
           there.votes_for == request.votes_for &&
           std::equal(items.begin(), items.end(), request.items.begin(), request.items.end(),
                      [](const KeptResolutionItem& kept, const ResolutionItemToAdopt& asked) {
                          return kept.text == asked.text && kept.votes_for == asked.votes_for;
                      });
}

void put_in_order(std::vector<StoryEntry>& entries) {
    // The order of StoryKind is that of cause and effect within a day.
    std::stable_sort(entries.begin(), entries.end(), [](const StoryEntry& one, const StoryEntry& other) {
        return one.day != other.day ? one.day < other.day : one.kind < other.kind;
    });
}

}  // namespace gw::resolutions
