#include <algorithm>
#include <set>

#include "organisation/tree.h"
#include "platform/checks.h"
#include "resolutions/resolutions.h"
#include "resolutions/resolutions_parts.h"
#include "resolutions/resolutions_rules.h"
#include "resolutions/resolutions_store.h"

namespace gw::resolutions {

namespace {

struct Days {
    Date from, until;
};

Days days_of_year(std::int64_t wanted) {
    using std::chrono::day, std::chrono::month, std::chrono::year;
    Problems problems;
    check_year(problems, "year", wanted);
    refuse_if(problems);
    const year given{static_cast<int>(wanted)};
    return {given / month{1} / day{1}, given / month{12} / day{31}};
}

template <class Thing>
LinkId link(Id<Thing> id) {
    return LinkId{id.number};
}

void add_visits_to(std::vector<StoryEntry>& entries, const Call& call, UnitId unit_id, Days days) {
    for (const visits::Visit& visit : visits::visits_of(call.db, unit_id, days.from, days.until))
        entries.push_back({visit.visited_on, StoryKind::visit, link(visit.id), visit.strengths, visit.limits,
                           visit.group_name, visit.score ? std::optional(*visit.score * 1000) : std::nullopt,
                           std::optional<std::int64_t>(100'000), to_text(visit.kind),
                           visit.meeting_id
                               ? std::vector<StoryLink>{{StoryKind::meeting, link(*visit.meeting_id)}}
                               : std::vector<StoryLink>{}});
    for (const visits::AdviceItem& advice : visits::advice_of(call.db, unit_id, days.from, days.until)) {
        const auto visit = visits::find_visit(call.db, advice.visit_id);
        entries.push_back({visit->visited_on,
                           StoryKind::advice,
                           link(advice.id),
                           advice.text,
                           advice.expected_change,
                           visit->group_name,
                           std::nullopt,
                           std::nullopt,
                           to_text(advice.state),
                           {{StoryKind::visit, link(visit->id)}}});
        if (advice.confirmed_on)
            entries.push_back({*advice.confirmed_on,
                               StoryKind::advice_confirmed,
                               link(advice.id),
                               advice.text,
                               advice.effect,
                               "",
                               std::nullopt,
                               std::nullopt,
                               to_text(advice.state),
                               {{StoryKind::advice, link(advice.id)}}});
    }
    for (const findings::Finding& finding :
         findings::findings_of_unit(call, unit_id, days.from, days.until)) {
        const bool is_of_visit = finding.source_kind == findings::SourceKind::visit;
        entries.push_back({finding.noted_on, StoryKind::finding, link(finding.id), finding.text,
                           finding.remedy, finding.source_name, std::nullopt, std::nullopt,
                           to_text(finding.state),
                           is_of_visit ? std::vector<StoryLink>{{StoryKind::visit, link(finding.source_id)}}
                                       : std::vector<StoryLink>{}});
        if (finding.closed_on)
            entries.push_back({*finding.closed_on,
                               StoryKind::finding_closed,
                               link(finding.id),
                               finding.text,
                               finding.closing_note,
                               "",
                               std::nullopt,
                               std::nullopt,
                               to_text(finding.state),
                               {{StoryKind::finding, link(finding.id)}}});
    }
}

void add_meetings_to(std::vector<StoryEntry>& entries, const Call& call, UnitId unit_id, Days days) {
    for (const meetings::Meeting& meeting : meetings::meetings_of(call.db, unit_id, days.from, days.until))
        entries.push_back({meeting.meets_on,
                           StoryKind::meeting,
                           link(meeting.id),
                           meeting.subject,
                           meeting.summary,
                           meeting.chair_id ? member_name(call, *meeting.chair_id) : std::string(),
                           meeting.score_milli,
                           meeting.maximum_milli,
                           meeting.score_class.value_or(to_text(meeting.state)),
                           {}});
}

StoryEntry entry_of(const Call& call, const tasks::Task& task) {
    StoryEntry entry{task.done_on.value_or(task.due_on),
                     StoryKind::task,
                     link(task.id),
                     task.title,
                     task.result,
                     tasks::owner_name(call, task),
                     std::nullopt,
                     std::nullopt,
                     task.is_exceeded ? "exceeded" : to_text(task.state),
                     {}};
    if (task.origin == tasks::Origin::resolution_item && task.origin_id)
        entry.because.push_back({StoryKind::resolution_item, LinkId{task.origin_id->number}});
    return entry;
}

void add_tasks_to(std::vector<StoryEntry>& entries, const Call& call, UnitId unit_id, Days days,
                  const std::set<std::int64_t>& item_ids) {
    for (const tasks::Task& task : tasks::tasks_done(call.db, unit_id, days.from, days.until))
        entries.push_back(entry_of(call, task));
    // What this year decided may be due in the next; it belongs to this year's story while it is open.
    for (const tasks::Task& task : tasks::open_tasks_due_from(call.db, unit_id, days.from)) {
        const bool is_from_this_year = task.origin == tasks::Origin::resolution_item && task.origin_id &&
                                       item_ids.contains(task.origin_id->number);
        if (task.due_on <= days.until || is_from_this_year) entries.push_back(entry_of(call, task));
    }
}

void add_resolutions_to(std::vector<StoryEntry>& entries, const Call& call, UnitId unit_id, Days days,
                        bool with_tasks) {
    std::set<std::int64_t> item_ids;
    for (const Resolution& resolution : resolutions_of(call.db, unit_id, days.from, days.until)) {
        entries.push_back({resolution.adopted_on,
                           StoryKind::resolution,
                           link(resolution.id),
                           resolution.title,
                           resolution.number_text,
                           "",
                           std::nullopt,
                           std::nullopt,
                           "",
                           {{StoryKind::meeting, link(resolution.meeting_id)}}});
        const std::vector<KeptResolutionItem> kept = items_of(call.db, resolution.id);
        const std::vector<ResolutionItem> items = as_they_stand(call.db, kept);
        for (const ResolutionItem& item : items) {
            item_ids.insert(item.id.number);
            StoryEntry entry{item.closed_on.value_or(resolution.adopted_on),
                             StoryKind::resolution_item,
                             link(item.id),
                             item.text,
                             item.close_reason,
                             "",
                             std::nullopt,
                             std::nullopt,
                             to_text(item.state),
                             {{StoryKind::resolution, link(resolution.id)}}};
            for (const Citation& citation : citations_of(call.db, item.id))
                if (citation.kind == CitationKind::advice)
                    entry.because.push_back({StoryKind::advice, LinkId{citation.cited_id.number}});
            entries.push_back(std::move(entry));
        }
    }
    if (with_tasks) add_tasks_to(entries, call, unit_id, days, item_ids);
}

}  // namespace

UnitResolutions list(const Call& call, const ListResolutions& request) {
    call.tree->get(request.unit_id);
    call.require("resolutions.read", request.unit_id);
    const Days days = days_of_year(request.year.value_or(static_cast<int>(call.today.year())));
    std::vector<Resolution> found = request.meeting_id
                                        ? resolutions_of_meeting(call.db, *request.meeting_id)
                                        : resolutions_of(call.db, request.unit_id, days.from, days.until);
    UnitResolutions answer;
    for (auto resolution = found.rbegin(); resolution != found.rend(); ++resolution)
        if (resolution->unit_id == request.unit_id)
            answer.resolutions.push_back(record_of(call, *resolution));
    return answer;
}

ResolutionRecord show(const Call& call, const ResolutionKey& request) {
    const auto resolution = find_resolution(call.db, request.resolution_id);
    if (!resolution || !call.actor.may("resolutions.read", resolution->unit_id))
        refuse_unknown("resolution_id");
    return record_of(call, *resolution);
}

OpenResolutionItems open_items(const Call& call, const OpenItemsKey& request) {
    call.tree->get(request.unit_id);
    call.require("resolutions.read", request.unit_id);
    OpenResolutionItems answer;
    for (const KeptResolutionItem& item : kept_open_items(call.db, request.unit_id))
        if (const auto resolution = find_resolution(call.db, item.resolution_id))
            answer.items.push_back(line_of(call, item, *resolution));
    for (const ResolutionItemBefore& before : items_before(call, request.unit_id, {call.today, {}}))
        if (before.item.state == ItemState::done)
            if (const auto resolution = find_resolution(call.db, before.item.resolution_id))
                answer.done.push_back(line_of(call, before.kept, *resolution));
    return answer;
}

Story story(const Call& call, const StoryKey& request, const std::vector<StorySource>& sources) {
    call.tree->get(request.unit_id);
    call.require("meetings.read", request.unit_id);
    Story story{request.unit_id, request.year.value_or(static_cast<int>(call.today.year())), {}};
    const Days days = days_of_year(story.year);
    add_meetings_to(story.entries, call, request.unit_id, days);
    if (call.actor.may("visits.read", request.unit_id))
        add_visits_to(story.entries, call, request.unit_id, days);
    if (call.actor.may("resolutions.read", request.unit_id))
        add_resolutions_to(story.entries, call, request.unit_id, days,
                           call.actor.may("tasks.read", request.unit_id));
    for (const StorySource& source : sources)
        for (StoryEntry& entry : source(call, request.unit_id, story.year))
            story.entries.push_back(std::move(entry));
    put_in_order(story.entries);
    return story;
}

}  // namespace gw::resolutions
