#include "papers/papers_facts.h"

#include <unordered_map>

#include "meetings/scores.h"
#include "organisation/tree.h"
#include "papers/papers_rules.h"

namespace gw::papers {

namespace {

// People as they were on the day, also those who have left since.
class People {
public:
    People(Db& db, UnitId unit_id, Date day) : db_(db) {
        for (members::Person& person : members::people_of(db, unit_id, day)) {
            const MemberId id = person.id;
            people_.emplace(id, std::move(person));
        }
    }
    const members::Person& of(MemberId member_id) {
        const auto [found, is_unknown] = people_.try_emplace(member_id);
        if (is_unknown)
            if (const auto member = members::find_member(db_, member_id)) {
                found->second.full_name = member->full_name;
                found->second.stage = member->stage;
            }
        return found->second;
    }

private:
    Db& db_;
    std::unordered_map<MemberId, members::Person> people_;
};

std::vector<LedgerFact> ledger_facts(const Call& call, const meetings::Meeting& meeting,
                                     const std::optional<ResolutionId>& resolution_id) {
    using resolutions::LedgerOutcome, resolutions::StartState;
    std::vector<LedgerFact> facts;
    for (const resolutions::LedgerLine& line : resolutions::ledger_of_meeting(call, meeting, resolution_id)) {
        LedgerFact& fact = facts.emplace_back();
        fact.text = line.task_title.empty() ? line.item_text : line.task_title;
        fact.owner_name = line.owner_name;
        fact.carried_over = line.carried_over;
        fact.was_late = line.start_state == StartState::late;
        const bool was_open = fact.was_late || line.start_state == StartState::open;
        if (was_open) fact.start_progress = line.start_progress;
        fact.is_done = line.outcome == LedgerOutcome::done || line.start_state == StartState::done;
        fact.is_dropped = line.outcome == LedgerOutcome::dropped || line.start_state == StartState::dropped;
        fact.result = line.result;
        if (!line.reason.empty()) fact.result += (fact.result.empty() ? "" : "\n") + line.reason;
    }
    return facts;
}

ResolutionFact resolution_fact(const Call& call, const meetings::Meeting& meeting,
                               const resolutions::ResolutionRecord& record) {
    const resolutions::Resolution& resolution = record.resolution;
    ResolutionFact fact{resolution.id,
                        resolution.number_text,
                        resolution.title,
                        resolution.adopted_on,
                        resolution.votes_for,
                        resolution.votes_called,
                        resolution.needs_two_thirds,
                        {},
                        ledger_facts(call, meeting, resolution.id)};
    for (const resolutions::ResolutionItemLine& line : record.items) {
        DecisionFact& item = fact.items.emplace_back();
        item.text = line.item.text;
        item.votes_for = line.item.votes_for;
        item.needs_two_thirds = line.item.needs_two_thirds;
        // Whoever moved the task since gave it another day by a change of its own; the paper keeps what is
        // known when it is approved.
        for (const tasks::TaskLine& task : line.tasks)
            item.tasks.push_back({task.task.title, task.owner_name, task.task.due_on});
    }
    return fact;
}

ScoreFacts score_facts(const meetings::MeetingScore& score) {
    ScoreFacts facts{score.rulebook, score.class_name, score.points_milli, score.maximum_milli, {}};
    for (const meetings::CriterionScore& criterion : score.criteria)
        facts.criteria.push_back({criterion.group_name, criterion.name,
                                  criterion.points_from != meetings::PointsFrom::not_asked,
                                  criterion.points_from != meetings::PointsFrom::waiting,
                                  criterion.points_from == meetings::PointsFrom::self, criterion.points_milli,
                                  criterion.maximum_milli});
    return facts;
}

void add_unit(const Call& call, UnitId unit_id, Facts& facts) {
    const int position = call.tree->get(unit_id);
    const organisation::TreeUnit& unit = call.tree->at(position);
    facts.unit_name = unit.name;
    facts.unit_kind = call.tree->kind_of(position).key;
    if (unit.parent >= 0) facts.upper_name = call.tree->at(unit.parent).name;
    facts.top_name = call.tree->at(0).name;
    facts.place_name = place_in(unit.parent >= 0 ? facts.upper_name : facts.unit_name);
}

}  // namespace

MeetingFacts facts_of(const Call& call, const meetings::Meeting& meeting, const Setting& setting) {
    MeetingFacts known{meeting, {}};
    Facts& facts = known.facts;
    add_unit(call, meeting.unit_id, facts);
    facts.meeting_kind = meeting.kind;
    facts.subject = meeting.subject;
    facts.place = meeting.place;
    facts.summary = meeting.summary;
    facts.has_thematic_part = meeting.has_thematic_part;
    facts.meets_on = meeting.meets_on;
    facts.unit_members = meeting.unit_members;
    if (meeting.started_at && meeting.ended_at) {
        const Moment midnight = moment_of(meeting.meets_on, 0, setting.meetings.zone_minutes);
        facts.started_minute = (meeting.started_at->milliseconds - midnight.milliseconds) / 60'000;
        facts.minutes = (meeting.ended_at->milliseconds - meeting.started_at->milliseconds) / 60'000;
    }
    People people(call.db, meeting.unit_id, meeting.meets_on);
    for (const meetings::Attendance& attendance : meetings::attendances_of(call.db, meeting.id)) {
        const members::Person& person = people.of(attendance.member_id);
        facts.roll.push_back({attendance.member_id, person.full_name, person.stage == members::Stage::full,
                              person.office, attendance.mark, attendance.reason});
    }
    const Signers signers = signers_of(meeting.chair_id, meeting.minute_taker_id, facts.roll);
    if (!signers.chairs.empty()) {
        facts.chair_name = signers.chairs.front().full_name;
        facts.chair_office = signers.chairs.front().office;
    }
    if (meeting.minute_taker_id) facts.second_name = people.of(*meeting.minute_taker_id).full_name;
    else if (signers.seconds.size() == 1) facts.second_name = signers.seconds.front().full_name;
    const meetings::MeetingRecord record = meetings::show(call, {meeting.id}, setting.meetings);
    facts.documents_sent_on = meeting.documents_sent_on;
    facts.documents_came_late = record.documents_came_late;
    for (const meetings::AgendaItem& item : record.agenda) facts.agenda.push_back(item.text);
    for (const meetings::SpokenContribution& spoken : record.contributions)
        facts.contributions.push_back(
            {spoken.speaker_name, spoken.contribution.about, spoken.contribution.text});
    for (const resolutions::ResolutionRecord& adopted : resolutions::records_of_meeting(call, meeting.id))
        facts.resolutions.push_back(resolution_fact(call, meeting, adopted));
    facts.ledger = facts.resolutions.empty() ? ledger_facts(call, meeting, std::nullopt)
                                             : facts.resolutions.front().ledger;
    if (meeting.score_milli)
        facts.score.push_back(score_facts(meetings::score(call, {meeting.id}, setting.meetings)));
    return known;
}

std::vector<PaperOfMeeting> papers_of(const MeetingFacts& known) {
    std::vector<PaperOfMeeting> papers = {{Kind::minutes, {}}};
    for (const ResolutionFact& resolution : known.facts.resolutions)
        papers.push_back({Kind::resolution, resolution.id});
    if (known.facts.resolutions.empty()) papers.push_back({Kind::conclusion, {}});
    if (!known.facts.score.empty()) papers.push_back({Kind::score_sheet, {}});
    return papers;
}

Facts facts_for(const MeetingFacts& known, const PaperOfMeeting& paper) {
    Facts facts = known.facts;
    facts.kind = paper.kind;
    if (paper.kind == Kind::resolution)
        std::erase_if(facts.resolutions,
                      [&](const ResolutionFact& one) { return one.id != paper.resolution_id; });
    if (paper.kind == Kind::resolution) facts.ledger = facts.resolutions.front().ledger;
    // What a paper does not tell does not outdate it.
    if (paper.kind != Kind::score_sheet && paper.kind != Kind::resolution) facts.score.clear();
    if (paper.kind == Kind::resolution)
        for (ScoreFacts& score : facts.score) score.criteria.clear();
    if (paper.kind == Kind::score_sheet) {
        facts.agenda.clear();
        facts.contributions.clear();
        facts.ledger.clear();
        facts.resolutions.clear();
        facts.summary.clear();
    }
    if (paper.kind == Kind::conclusion) facts.contributions.clear();
    if (paper.kind != Kind::minutes) {
        facts.documents_sent_on.reset();
        facts.documents_came_late = false;
    }
    return facts;
}

}  // namespace gw::papers
