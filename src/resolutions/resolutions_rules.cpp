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
    if (kept.closed_as != ItemState::open || item.tasks_total == 0 || item.tasks_closed < item.tasks_total)
        return item;
    item.state = done > 0 ? ItemState::done : ItemState::dropped;
    item.closed_on = last_day;
    return item;
}

bool was_done_by(const ResolutionItem& item, Date day) {
    return item.state == ItemState::done && item.closed_on && *item.closed_on <= day;
}

Problems problems_in(const AdoptResolution& request) {
    Problems problems;
    check_text(problems, "title", request.title);
    if (request.items.empty()) problems.push_back({"items", "resolutions.no_items"});
    if (request.items.size() > most_items) problems.push_back({"items", "resolutions.too_many"});
    if (request.votes_for < 0) problems.push_back({"votes_for", "resolutions.too_many_votes"});
    for (std::size_t i = 0; i < request.items.size(); ++i) {
        const ResolutionItemToAdopt& item = request.items[i];
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
