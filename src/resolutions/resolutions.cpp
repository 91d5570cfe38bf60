#include "resolutions/resolutions.h"

#include <algorithm>
#include <map>
#include <set>

#include "organisation/tree.h"
#include "platform/checks.h"
#include "platform/db/bulk_rows.h"
#include "platform/json/json.h"
#include "resolutions/resolutions_parts.h"
#include "resolutions/resolutions_rules.h"
#include "resolutions/resolutions_store.h"

namespace gw::resolutions {

namespace {

void check_count(const std::string& field, std::int64_t votes_for, bool needs_two_thirds, const Votes& votes,
                 Problems& problems) {
    if (votes_for > votes.present)
        problems.push_back(
            {field, "resolutions.too_many_votes", {{"present", std::to_string(votes.present)}}});
    else if (!is_carried(votes_for, votes.called, needs_two_thirds))
        problems.push_back({field, "resolutions.not_carried", {{"called", std::to_string(votes.called)}}});
}

}  // namespace

Votes votes_in(const Call& call, const meetings::Meeting& meeting) {
    std::set<MemberId> full;
    for (const members::Person& member :
         meetings::expected_members(call.db, meeting.unit_id, meeting.meets_on))
        if (member.stage == members::Stage::full) full.insert(member.id);
    Votes votes;
    for (const meetings::Attendance& attendance : meetings::attendances_of(call.db, meeting.id)) {
        if (!full.contains(attendance.member_id)) continue;
        ++votes.called;
        votes.present += attendance.mark == meetings::Mark::present ? 1 : 0;
    }
    return votes;
}

void check_votes(std::int64_t votes_for, bool needs_two_thirds, std::span<const ResolutionItemToAdopt> items,
                 const Votes& votes, Problems& problems) {
    check_count("votes_for", votes_for, needs_two_thirds, votes, problems);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const bool item_needs_two_thirds = items[i].needs_two_thirds.value_or(false);
        if (!items[i].votes_for && !item_needs_two_thirds) continue;
        check_count("items/" + std::to_string(i) + "/votes_for", items[i].votes_for.value_or(votes_for),
                    item_needs_two_thirds, votes, problems);
    }
}

void check_citations(const Call& call, std::span<const ResolutionItemToAdopt> items,
                     const meetings::Meeting& meeting, Problems& problems) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        for (std::size_t j = 0; j < items[i].citations.size(); ++j) {
            const CitationToAdd& citation = items[i].citations[j];
            bool is_there = false;
            if (citation.kind == CitationKind::contribution) {
                const auto spoken =
                    meetings::find_contribution(call.db, ContributionId{citation.cited_id.number});
                is_there = spoken && spoken->meeting_id == meeting.id;
            } else if (citation.kind == CitationKind::directive) {
                const DirectiveId id{citation.cited_id.number};
                const auto directive = directives::find_directive(call.db, id);
                is_there = directive && directives::is_in_force(*directive, call.today) &&
                           directives::reaches(call, id, meeting.unit_id);
            } else if (citation.kind == CitationKind::resolution_item) {
                const auto item = find_item(call.db, ResolutionItemId{citation.cited_id.number});
                const auto resolution = item ? find_resolution(call.db, item->resolution_id) : std::nullopt;
                is_there =
                    resolution && item->unit_id == meeting.unit_id && resolution->meeting_id != meeting.id;
            } else {
                const auto advice = visits::find_advice_item(call.db, AdviceItemId{citation.cited_id.number});
                is_there = advice && advice->unit_id == meeting.unit_id &&
                           advice->state != visits::AdviceState::withdrawn;
            }
            if (!is_there)
                problems.push_back(
                    {"items/" + std::to_string(i) + "/citations/" + std::to_string(j) + "/cited_id",
                     "resolutions.cannot_cite"});
        }
    }
}

void check_free_ids(const Call& call, std::span<const ResolutionItemToAdopt> items, std::size_t first,
                    Problems& problems) {
    std::set<ResolutionItemId> ids;
    std::set<TaskId> task_ids;
    for (std::size_t i = first; i < items.size(); ++i) {
        const ResolutionItemToAdopt& item = items[i];
        const std::string place = "items/" + std::to_string(i) + "/";
        if (item.id && (!ids.insert(*item.id).second || find_item(call.db, *item.id)))
            problems.push_back({place + "id", "resolutions.id_taken"});
        for (std::size_t j = 0; j < item.tasks.size(); ++j)
            if (item.tasks[j].id &&
                (!task_ids.insert(*item.tasks[j].id).second || tasks::find_task(call.db, *item.tasks[j].id)))
                problems.push_back({place + "tasks/" + std::to_string(j) + "/id", "resolutions.id_taken"});
    }
}

namespace {

tasks::AssignTask assignment(const TaskToGive& given, UnitId unit_id, ResolutionItemId item_id) {
    return {given.id,
            unit_id,
            given.title,
            given.owner_kind,
            given.owner_member_id,
            given.owner_unit_id,
            given.due_on,
            tasks::Origin::resolution_item,
            tasks::OriginId{item_id.number},
            given.answerable_name};
}

// Gives the task; a refusal names the place of the task in the request.
void give(const Call& call, const TaskToGive& given, const KeptResolutionItem& item,
          const std::string& place) {
    const tasks::AssignTask request = assignment(given, item.unit_id, item.id);
    Problems problems = tasks::problems_in(call, request);
    for (Problem& problem : problems) problem.field = place + problem.field;
    refuse_if(problems);
    tasks::assign(call, request);
}

void close(const Call& call, KeptResolutionItem item, const ResolutionItemToClose& closing,
           const std::optional<ResolutionId>& by, Date day) {
    item.closed_as = closing.state;
    item.closed_on = day;
    item.close_reason = closing.reason;
    item.closed_by_resolution_id = by;
    call.db.update("resolution_items", item);
    call.record("resolution_item.closed", item.id, item.unit_id, to_json(closing));
    const auto state = closing.state == ItemState::dropped ? tasks::State::dropped : tasks::State::done;
    tasks::settle(call, tasks::Origin::resolution_item, tasks::OriginId{item.id.number}, state,
                  closing.reason, day);
}

// Closes the items the resolution decides on; counts the others as carried over.
void settle_open_items(const Call& call, const AdoptResolution& request, const Resolution& resolution) {
    const std::vector<KeptResolutionItem> open =
        kept_open_items(call.db, resolution.unit_id, SeenFrom{resolution.adopted_on, resolution.meeting_id});
    Problems problems;
    for (std::size_t i = 0; i < request.closings.size(); ++i) {
        const bool is_open = std::any_of(open.begin(), open.end(), [&](const KeptResolutionItem& item) {
            return item.id == request.closings[i].resolution_item_id;
        });
        if (!is_open)
            problems.push_back(
                {"closings/" + std::to_string(i) + "/resolution_item_id", "resolutions.not_open"});
    }
    refuse_if(problems);
    std::vector<ResolutionItemId> carried;
    for (const KeptResolutionItem& item : open) {
        const auto closing =
            std::find_if(request.closings.begin(), request.closings.end(),
                         [&](const ResolutionItemToClose& one) { return one.resolution_item_id == item.id; });
        if (closing == request.closings.end()) carried.push_back(item.id);
        else close(call, item, *closing, resolution.id, resolution.adopted_on);
    }
    carry_over(call.db, carried);
}

}  // namespace

void keep_items(const Call& call, std::span<const ResolutionItemToAdopt> all, const Resolution& resolution,
                std::size_t first) {
    std::vector<KeptResolutionItem> items;
    std::vector<Citation> citations;
    for (const ResolutionItemToAdopt& asked : all.subspan(first)) {
        KeptResolutionItem& item = items.emplace_back();
        item.id = asked.id ? *asked.id : call.new_id<ResolutionItemId>();
        item.resolution_id = resolution.id;
        item.unit_id = resolution.unit_id;
        item.number = static_cast<std::int64_t>(first + items.size());
        item.text = asked.text;
        item.task_count = static_cast<std::int64_t>(asked.tasks.size());
        item.votes_for = asked.votes_for;
        item.votes_called = resolution.votes_called;
        item.needs_two_thirds = asked.needs_two_thirds.value_or(false);
        for (const CitationToAdd& citation : asked.citations)
            citations.push_back({item.id, citation.kind, citation.cited_id});
    }
    call.db.insert_all("resolution_items", std::span<const KeptResolutionItem>(items));
    call.db.insert_all("citations", std::span<const Citation>(citations));
    for (const Citation& citation : citations)
        if (citation.kind == CitationKind::advice)
            visits::mark_answered(call, AdviceItemId{citation.cited_id.number}, resolution.unit_id,
                                  citation.resolution_item_id, resolution.adopted_on, "cited_id");
        else if (citation.kind == CitationKind::directive)
            directives::mark_concrete(call, DirectiveId{citation.cited_id.number}, resolution.unit_id,
                                      citation.resolution_item_id, resolution.adopted_on);
    for (std::size_t i = 0; i < items.size(); ++i)
        for (std::size_t j = 0; j < all[first + i].tasks.size(); ++j)
            give(call, all[first + i].tasks[j], items[i],
                 "items/" + std::to_string(first + i) + "/tasks/" + std::to_string(j) + "/");
}

ResolutionRecord adopt(const Call& call, const AdoptResolution& request, const numbering::Letters& letters) {
    const auto meeting = meetings::find_meeting(call.db, request.meeting_id);
    if (!meeting) refuse_unknown("meeting_id");
    call.require("resolutions.adopt", meeting->unit_id);
    if (std::any_of(request.items.begin(), request.items.end(),
                    [](const auto& item) { return !item.tasks.empty(); }))
        call.require("tasks.assign", meeting->unit_id);
    if (request.id) {
        if (const auto there = find_resolution(call.db, *request.id)) {
            if (is_same(*there, items_of(call.db, there->id), request)) return record_of(call, *there);
            throw Refusal(Reason::conflict, Problem{"id", "resolutions.id_taken"});
        }
    }
    if (meeting->state != meetings::State::held)
        throw Refusal(Reason::invalid, Problem{"meeting_id", "resolutions.meeting_not_held"});
    const Date adopted_on = request.adopted_on.value_or(meeting->meets_on);
    const Votes votes = votes_in(call, *meeting);
    Problems problems = problems_in(request);
    check_past_day(problems, "adopted_on", adopted_on, call.today);
    if (adopted_on < meeting->meets_on) problems.push_back({"adopted_on", "resolutions.before_the_meeting"});
    check_votes(request.votes_for, request.needs_two_thirds.value_or(false), request.items, votes, problems);
    check_citations(call, request.items, *meeting, problems);
    refuse_if(problems);
    check_free_ids(call, request.items, 0, problems);
    if (!problems.empty()) throw Refusal(Reason::conflict, problems);

    Resolution resolution;
    resolution.id = request.id ? *request.id : call.new_id<ResolutionId>();
    resolution.meeting_id = meeting->id;
    resolution.unit_id = meeting->unit_id;
    const numbering::Number given =
        numbering::give(call, meeting->unit_id, numbering::Kind::resolution, adopted_on, letters);
    resolution.term_begins_on = given.term_begins_on;
    resolution.number = given.number;
    resolution.number_text = given.text;
    resolution.title = request.title;
    resolution.adopted_on = adopted_on;
    resolution.votes_for = request.votes_for;
    resolution.votes_called = votes.called;
    resolution.needs_two_thirds = request.needs_two_thirds.value_or(false);
    resolution.adopted_by = call.actor.account_id;
    resolution.created_at = call.now;
    const std::vector<ResolutionItemBefore> before =
        items_before(call, resolution.unit_id, {resolution.adopted_on, resolution.meeting_id});
    settle_open_items(call, request, resolution);
    call.db.insert("resolutions", resolution);
    keep_ledger(call, resolution, before, request.closings);
    keep_items(call, request.items, resolution, 0);
    call.record("resolution.adopted", resolution.id, resolution.unit_id, to_json(request));
    call.announce("resolutions", resolution.unit_id);
    return record_of(call, resolution);
}

ResolutionItemLine close_item(const Call& call, const ResolutionItemToClose& request) {
    const auto item = find_item(call.db, request.resolution_item_id);
    if (!item) refuse_unknown("resolution_item_id");
    call.require("resolutions.adopt", item->unit_id);
    if (as_they_stand(call.db, std::span<const KeptResolutionItem>(&*item, 1))[0].state != ItemState::open)
        throw Refusal(Reason::conflict, Problem{"", "resolutions.not_open"});
    Problems problems;
    check_text(problems, "reason", request.reason);
    if (request.state == ItemState::open)
        problems.push_back({"state", "resolutions.close_as_done_or_dropped"});
    refuse_if(problems);

    close(call, *item, request, std::nullopt, call.today);
    call.announce("resolutions", item->unit_id);
    return line_of(call, *find_item(call.db, item->id), *find_resolution(call.db, item->resolution_id));
}

tasks::Task give_task(const Call& call, const TaskForResolutionItem& request) {
    auto item = find_item(call.db, request.resolution_item_id);
    if (!item) refuse_unknown("resolution_item_id");
    call.require("tasks.assign", item->unit_id);
    if (item->closed_as != ItemState::open &&
        as_they_stand(call.db, std::span<const KeptResolutionItem>(&*item, 1))[0].state != ItemState::open)
        throw Refusal(Reason::conflict, Problem{"", "resolutions.not_open"});
    const bool is_known = request.task.id && tasks::find_task(call.db, *request.task.id);
    const tasks::Task task = tasks::assign(call, assignment(request.task, item->unit_id, item->id));
    if (is_known) return task;

    ++item->task_count;
    call.db.update("resolution_items", *item);
    call.record("resolution_item.task_given", item->id, item->unit_id);
    call.announce("resolutions", item->unit_id);
    return task;
}

void add_resolutions(const Call& call, std::span<const Resolution> resolutions) {
    add_rows(call.db, "resolutions", resolutions);
    std::map<std::pair<UnitId, Date>, std::int64_t> last_numbers;
    for (const Resolution& resolution : resolutions) {
        std::int64_t& last = last_numbers[{resolution.unit_id, resolution.term_begins_on}];
        last = std::max(last, resolution.number);
    }
    std::vector<numbering::Series> series;
    for (const auto& [key, last] : last_numbers)
        series.push_back({key.first, numbering::Kind::resolution, key.second, last});
    numbering::raise(call.db, series);
}

void add_items(const Call& call, std::span<const KeptResolutionItem> items) {
    add_rows(call.db, "resolution_items", items);
}

void add_citations(const Call& call, std::span<const Citation> citations) {
    add_rows(call.db, "citations", citations);
}

}  // namespace gw::resolutions
