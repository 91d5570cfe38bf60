#include <algorithm>
#include <map>
#include <set>

#include "members/members.h"
#include "organisation/tree.h"
#include "platform/checks.h"
#include "resolutions/resolutions.h"
#include "resolutions/resolutions_parts.h"
#include "resolutions/resolutions_rules.h"
#include "resolutions/resolutions_store.h"

namespace gw::resolutions {

namespace {

std::vector<ResolutionItemLine> lines_citing(const Call& call, CitationKind kind, CitedId cited_id) {
    std::vector<ResolutionItemLine> lines;
    for (const Citation& citation : citations_to(call.db, kind, cited_id)) {
        const auto item = find_item(call.db, citation.resolution_item_id);
        const auto resolution = item ? find_resolution(call.db, item->resolution_id) : std::nullopt;
        if (resolution) lines.push_back(line_of(call, *item, *resolution));
    }
    return lines;
}

}  // namespace

std::string unit_name(const Call& call, UnitId unit_id) {
    const auto position = call.tree->find(unit_id);
    return position ? call.tree->at(*position).name : std::string();
}

std::string member_name(const Call& call, MemberId member_id) {
    const auto member = members::find_member(call.db, member_id);
    return member ? member->full_name : std::string();
}

std::vector<ResolutionItem> as_they_stand(Db& db, std::span<const KeptResolutionItem> kept) {
    std::vector<tasks::OriginId> ids;
    for (const KeptResolutionItem& item : kept) ids.push_back(tasks::OriginId{item.id.number});
    std::map<std::int64_t, std::vector<tasks::Task>> by_item;
    for (tasks::Task& task : tasks::tasks_from(db, tasks::Origin::resolution_item, ids)) {
        const std::int64_t item = task.origin_id->number;
        by_item[item].push_back(std::move(task));
    }
    std::vector<ResolutionItem> items;
    for (const KeptResolutionItem& item : kept)
        items.push_back(item_as_it_stands(item, by_item[item.id.number]));
    return items;
}

std::vector<KeptResolutionItem> kept_open_items(Db& db, UnitId unit_id,
                                                const std::optional<SeenFrom>& seen_from) {
    std::vector<ResolutionItemId> at_work;
    std::set<std::int64_t> settled;
    for (const tasks::OriginStanding& origin :
         tasks::origins_of(db, unit_id, tasks::Origin::resolution_item)) {
        if (origin.has_open) at_work.push_back(ResolutionItemId{origin.origin_id.number});
        else if (origin.has_done) settled.insert(origin.origin_id.number);
    }
    std::vector<KeptResolutionItem> items = undecided_items(db, unit_id, at_work, seen_from);
    std::erase_if(items, [&](const KeptResolutionItem& item) { return settled.contains(item.id.number); });
    return items;
}

std::vector<ResolutionItem> open_items_of(Db& db, UnitId unit_id) {
    return as_they_stand(db, kept_open_items(db, unit_id));
}

std::optional<CitedSentence> find_sentence(const Call& call, CitationKind kind, CitedId cited_id) {
    if (kind == CitationKind::contribution) {
        const auto spoken = meetings::find_contribution(call.db, ContributionId{cited_id.number});
        const auto meeting = spoken ? meetings::find_meeting(call.db, spoken->meeting_id) : std::nullopt;
        if (!meeting) return std::nullopt;
        return CitedSentence{
            kind,        cited_id,    spoken->text, member_name(call, spoken->member_id), meeting->meets_on,
            meeting->id, std::nullopt};
    }
    if (kind == CitationKind::directive) {
        const auto directive = directives::find_directive(call.db, DirectiveId{cited_id.number});
        if (!directive) return std::nullopt;
        const std::string number = directive->number_text.empty() ? "" : directive->number_text + ": ";
        return CitedSentence{kind,
                             cited_id,
                             number + directive->title,
                             unit_name(call, directive->unit_id),
                             directive->sent_on,
                             std::nullopt,
                             std::nullopt};
    }
    if (kind == CitationKind::resolution_item) {
        const auto item = find_item(call.db, ResolutionItemId{cited_id.number});
        const auto resolution = item ? find_resolution(call.db, item->resolution_id) : std::nullopt;
        if (!resolution) return std::nullopt;
        return CitedSentence{kind,
                             cited_id,
                             item->text,
                             resolution->number_text,
                             resolution->adopted_on,
                             resolution->meeting_id,
                             std::nullopt};
    }
    const auto advice = visits::find_advice_item(call.db, AdviceItemId{cited_id.number});
    const auto visit = advice ? visits::find_visit(call.db, advice->visit_id) : std::nullopt;
    if (!visit) return std::nullopt;
    return CitedSentence{kind,         cited_id, advice->text, visit->group_name, visit->visited_on,
                         std::nullopt, visit->id};
}

ResolutionItemLine line_of(const Call& call, const KeptResolutionItem& kept, const Resolution& resolution) {
    const tasks::OriginId id{kept.id.number};
    const auto its_tasks = tasks::tasks_from(call.db, tasks::Origin::resolution_item, std::span(&id, 1));
    ResolutionItemLine line{item_as_it_stands(kept, its_tasks),
                            resolution.number_text,
                            resolution.adopted_on,
                            resolution.meeting_id,
                            {},
                            {}};
    for (const Citation& citation : citations_of(call.db, kept.id))
        if (auto sentence = find_sentence(call, citation.kind, citation.cited_id))
            line.citations.push_back(*std::move(sentence));
    for (const tasks::Task& task : its_tasks) line.tasks.push_back(tasks::line_of(call, task));
    return line;
}

ResolutionRecord record_of(const Call& call, const Resolution& resolution) {
    ResolutionRecord record{resolution, unit_name(call, resolution.unit_id), {}};
    for (const KeptResolutionItem& item : items_of(call.db, resolution.id))
        record.items.push_back(line_of(call, item, resolution));
    return record;
}

Trail trail(const Call& call, const tasks::TaskKey& request) {
    Trail trail{tasks::show(call, request), std::nullopt, std::nullopt, {}};
    const tasks::Task& task = trail.task.task;
    if ((task.origin == tasks::Origin::advice || task.origin == tasks::Origin::directive) && task.origin_id) {
        const auto kind =
            task.origin == tasks::Origin::advice ? CitationKind::advice : CitationKind::directive;
        if (auto sentence = find_sentence(call, kind, CitedId{task.origin_id->number}))
            trail.sentences.push_back(*std::move(sentence));
    }
    if (task.origin != tasks::Origin::resolution_item || !task.origin_id) return trail;
    const auto kept = find_item(call.db, ResolutionItemId{task.origin_id->number});
    if (!kept) return trail;
    trail.item = as_they_stand(call.db, std::span(&*kept, 1))[0];
    trail.resolution = find_resolution(call.db, kept->resolution_id);
    for (const Citation& citation : citations_of(call.db, kept->id))
        if (auto sentence = find_sentence(call, citation.kind, citation.cited_id))
            trail.sentences.push_back(*std::move(sentence));
    return trail;
}

Outcome contribution_outcome(const Call& call, const ContributionKey& request) {
    const auto spoken = meetings::find_contribution(call.db, request.contribution_id);
    const auto meeting = spoken ? meetings::find_meeting(call.db, spoken->meeting_id) : std::nullopt;
    if (!meeting || !call.actor.may("resolutions.read", meeting->unit_id)) refuse_unknown("contribution_id");
    const CitedId id{request.contribution_id.number};
    return {*find_sentence(call, CitationKind::contribution, id),
            lines_citing(call, CitationKind::contribution, id)};
}

Outcome advice_outcome(const Call& call, const AdviceItemKey& request) {
    const auto advice = visits::find_advice_item(call.db, request.advice_item_id);
    if (!advice || !call.actor.may("resolutions.read", advice->unit_id)) refuse_unknown("advice_item_id");
    const CitedId id{request.advice_item_id.number};
    return {*find_sentence(call, CitationKind::advice, id), lines_citing(call, CitationKind::advice, id)};
}

OwnWords own_words(const Call& call, const OwnWordsKey& request) {
    if (!call.actor.member_id) return {};
    const std::size_t size = page_size(request.limit);
    std::vector<meetings::Contribution> spoken =
        meetings::contributions_by(call.db, call.actor.member_id,
                                   members::units_of(call.db, call.actor.member_id), request.after, size + 1);
    OwnWords answer;
    if (spoken.size() > size) {
        spoken.pop_back();
        answer.next = spoken.back().id;
    }
    for (const meetings::Contribution& contribution : spoken) {
        const CitedId id{contribution.id.number};
        if (auto sentence = find_sentence(call, CitationKind::contribution, id))
            answer.words.push_back(
                {*std::move(sentence), lines_citing(call, CitationKind::contribution, id)});
    }
    return answer;
}

std::vector<meetings::AgendaProposal> agenda_of_open_items(const Call& call, UnitId unit_id, Date day) {
    std::vector<meetings::AgendaProposal> proposals;
    for (const KeptResolutionItem& item : kept_open_items(call.db, unit_id, SeenFrom{day, {}}))
        proposals.push_back({item.text, meetings::SourceKind::open_item, meetings::SourceId{item.id.number}});
    return proposals;
}

std::vector<meetings::AgendaProposal> agenda_of_advice(const Call& call, UnitId unit_id, Date day) {
    std::vector<meetings::AgendaProposal> proposals;
    for (const visits::AdviceItem& advice : visits::open_advice_of(call.db, unit_id, day))
        proposals.push_back(
            {advice.text, meetings::SourceKind::advice, meetings::SourceId{advice.id.number}});
    return proposals;
}

std::optional<meetings::Results> results_of_last(const Call& call, UnitId unit_id, Date day) {
    const std::vector<Resolution> last = last_resolutions(call.db, unit_id, day);
    if (last.empty()) return std::nullopt;
    meetings::Results results;
    for (const Resolution& resolution : last) {
        for (const ResolutionItem& item : as_they_stand(call.db, items_of(call.db, resolution.id))) {
            ++results.total;
            results.done += was_done_by(item, day) ? 1 : 0;
        }
    }
    return results;
}

std::vector<directives::UnitWork> items_citing(const Call& call, DirectiveId directive_id) {
    std::map<UnitId, directives::Work> units;
    for (const ResolutionItem& item : as_they_stand(
             call.db, items_citing(call.db, CitationKind::directive, CitedId{directive_id.number}))) {
        if (item.state == ItemState::dropped) continue;
        directives::Work& work = units[item.unit_id];
        ++work.total;
        work.done += item.state == ItemState::done ? 1 : 0;
    }
    std::vector<directives::UnitWork> list;
    for (const auto& [unit_id, work] : units) list.push_back({unit_id, work});
    return list;
}

bool is_cited(const Call& call, ContributionId contribution_id) {
    return !citations_to(call.db, CitationKind::contribution, {contribution_id.number}).empty();
}

std::optional<meetings::VisitorScore> visitor_score(const Call& call, MeetingId meeting_id) {
    const auto meeting = meetings::find_meeting(call.db, meeting_id);
    // A visit to another unit may name the meeting by mistake; its points are not for this one.
    const auto visit =
        meeting ? visits::find_visit_of_meeting(call.db, meeting->unit_id, meeting_id) : std::nullopt;
    if (!visit || !visit->score) return std::nullopt;
    return meetings::VisitorScore{visit->group_name, visit->visited_on, *visit->score * 1000};
}

}  // namespace gw::resolutions
