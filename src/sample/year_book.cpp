#include "sample/year_book.h"

#include <algorithm>

namespace gw::sample {

namespace {

Date days_later(Date day, int days) { return date_of(day_number(day) + days); }

Moment evening_of(Date day) { return moment_of(day, 21 * 60 + 30, zone_minutes); }

std::string resolution_number(std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number) + "-NQ/CB";
}

}  // namespace

YearBook::YearBook(Batch& batch, SampleIds& ids, const Cell& cell, std::span<const members::Member> people,
                   AccountId recorded_by, AccountId checked_by)
    : batch_(batch),
      ids_(ids),
      cell_(cell),
      people_(people),
      recorded_by_(recorded_by),
      checked_by_(checked_by),
      excused_running_(people.size()),
      first_advice_(batch.advice_items.size()) {}

std::vector<std::size_t> YearBook::expected_on(Date day) const {
    std::vector<std::size_t> expected;
    for (std::size_t i = 0; i < people_.size(); ++i)
        if (people_[i].joined_on <= day && !people_[i].is_excused && !people_[i].is_suspended)
            expected.push_back(i);
    return expected;
}

std::vector<ContributionId> YearBook::hold(const HeldMeeting& held) {
    meetings::Meeting meeting;
    meeting.id = next_id<MeetingId>(ids_);
    meeting.unit_id = cell_.id;
    meeting.kind = meetings::Kind::regular;
    meeting.subject = held.subject;
    meeting.planned_for = moment_of(held.day, held.start_minute, zone_minutes);
    meeting.meets_on = held.day;
    meeting.place = held.place;
    meeting.has_thematic_part = held.has_thematic_part;
    meeting.state = meetings::State::held;
    meeting.started_at = meeting.planned_for;
    meeting.ended_at = moment_of(held.day, held.start_minute + held.minutes, zone_minutes);
    if (held.documents_days_before)
        meeting.documents_sent_on = days_later(held.day, -*held.documents_days_before);
    if (held.published_after_days) meeting.published_on = days_later(held.day, *held.published_after_days);
    meeting.summary = held.summary;
    meeting.recorded_by = recorded_by_;
    meeting.created_at = moment_of(days_later(held.day, -5), 8 * 60, zone_minutes);

    const std::vector<std::size_t> expected = expected_on(held.day);
    std::vector<meetings::Attendance> roll;
    for (const std::size_t member : expected) {
        const auto absence = std::find_if(held.absences.begin(), held.absences.end(),
                                          [&](const Absence& a) { return a.member == member; });
        const bool is_there = absence == held.absences.end();
        const meetings::Mark mark = is_there ? meetings::Mark::present : absence->mark;
        roll.push_back({meeting.id, people_[member].id, mark, is_there ? "" : absence->reason});
        int& running = excused_running_[member];
        running = mark == meetings::Mark::excused ? running + 1 : 0;
        if (running > 3) ++meeting.running_excused_count;
        if (mark == meetings::Mark::present) {
            ++meeting.members_present;
            if (!meeting.chair_id) meeting.chair_id = people_[member].id;
            else if (!meeting.minute_taker_id) meeting.minute_taker_id = people_[member].id;
        } else if (mark == meetings::Mark::excused) ++meeting.excused_count;
        else ++meeting.unexcused_count;
    }
    meeting.members_expected = static_cast<std::int64_t>(roll.size());
    std::sort(roll.begin(), roll.end(),
              [](const auto& left, const auto& right) { return left.member_id < right.member_id; });
    batch_.attendances.insert(batch_.attendances.end(), roll.begin(), roll.end());
    for (const members::Member& person : people_) {
        if (person.joined_on > held.day) continue;
        ++meeting.unit_members;
        meeting.has_committee |= person.office == members::Office::deputy_secretary ||
                                 person.office == members::Office::committee_member;
    }

    std::vector<ContributionId> spoken;
    std::vector<std::size_t> speakers;
    for (const Speech& speech : held.speeches) {
        spoken.push_back(next_id<ContributionId>(ids_));
        batch_.contributions.push_back({spoken.back(), meeting.id, people_[speech.member].id,
                                        static_cast<std::int64_t>(spoken.size()), speech.text});
        if (std::find(speakers.begin(), speakers.end(), speech.member) == speakers.end())
            speakers.push_back(speech.member);
    }
    meeting.speaker_count = static_cast<std::int64_t>(speakers.size());
    std::int64_t number = 0;
    for (const AgendaLine& line : held.agenda) {
        meetings::AgendaItem item{
            next_id<AgendaItemId>(ids_), meeting.id, ++number, line.text, line.source_kind, std::nullopt};
        if (line.source_id) item.source_id = meetings::SourceId{line.source_id};
        batch_.agenda_items.push_back(std::move(item));
    }
    if (!last_items_.empty()) {
        meeting.results_total = static_cast<std::int64_t>(last_items_.size());
        meeting.results_done = std::count_if(last_items_.begin(), last_items_.end(), [&](std::size_t item) {
            return items_[item].done_on && *items_[item].done_on <= held.day;
        });
    }
    if (last_items_.empty() && held.earlier_results) {
        meeting.results_total = held.earlier_results->first;
        meeting.results_done = held.earlier_results->second;
    }
    batch_.held.push_back(std::move(meeting));
    batch_.self_marks.push_back({batch_.held.back().id, held.marks});
    has_met_ = true;
    return spoken;
}

void YearBook::cancel(Date day, int start_minute, const std::string& subject, const std::string& reason) {
    meetings::Meeting meeting;
    meeting.id = next_id<MeetingId>(ids_);
    meeting.unit_id = cell_.id;
    meeting.subject = subject;
    meeting.planned_for = moment_of(day, start_minute, zone_minutes);
    meeting.meets_on = day;
    meeting.state = meetings::State::cancelled;
    meeting.cancel_reason = reason;
    meeting.created_at = moment_of(days_later(day, -5), 8 * 60, zone_minutes);
    batch_.not_held.push_back(std::move(meeting));
}

void YearBook::plan(Date day, int start_minute, const std::string& subject, const std::string& place,
                    const std::vector<std::string>& agenda) {
    meetings::Meeting meeting;
    meeting.id = next_id<MeetingId>(ids_);
    meeting.unit_id = cell_.id;
    meeting.subject = subject;
    meeting.planned_for = moment_of(day, start_minute, zone_minutes);
    meeting.meets_on = day;
    meeting.place = place;
    meeting.created_at = moment_of(on(12, 10), 8 * 60, zone_minutes);
    std::int64_t number = 0;
    for (const std::string& text : agenda)
        batch_.agenda_items.push_back({next_id<AgendaItemId>(ids_), meeting.id, ++number, text,
                                       meetings::SourceKind::own, std::nullopt});
    batch_.not_held.push_back(std::move(meeting));
}

void YearBook::adopt(const std::string& title, const std::vector<Decision>& decided) {
    const meetings::Meeting& meeting = batch_.held.back();
    for (const Standing& item : items_) {
        resolutions::KeptResolutionItem& kept = batch_.resolution_items[item.index];
        const bool is_open = !item.done_on || *item.done_on > meeting.meets_on;
        kept.carried_over += is_open;
        // What this resolution told of it: the next ledger begins where this one ended.
        kept.ledger_outcome =
            is_open ? resolutions::LedgerOutcome::carried_over : resolutions::LedgerOutcome::done;
    }

    resolutions::Resolution resolution;
    resolution.id = next_id<ResolutionId>(ids_);
    resolution.meeting_id = meeting.id;
    resolution.unit_id = cell_.id;
    // Nobody has named a day on which a term began, so that the year is one.
    resolution.term_begins_on = on(1, 1);
    resolution.number = ++resolution_count_;
    resolution.number_text = resolution_number(resolution.number);
    resolution.title = title;
    resolution.adopted_on = meeting.meets_on;
    for (const std::size_t member : expected_on(meeting.meets_on))
        resolution.votes_called += people_[member].stage == members::Stage::full;
    resolution.votes_for =
        std::max(resolution.votes_called / 2 + 1,
                 resolution.votes_called - meeting.excused_count - meeting.unexcused_count);
    resolution.adopted_by = recorded_by_;
    resolution.created_at = evening_of(meeting.meets_on);

    last_items_.clear();
    std::int64_t number = 0;
    for (const Decision& decision : decided) {
        resolutions::KeptResolutionItem item;
        item.id = next_id<ResolutionItemId>(ids_);
        item.resolution_id = resolution.id;
        item.unit_id = cell_.id;
        item.number = ++number;
        item.text = decision.text;
        item.task_count = static_cast<std::int64_t>(decision.tasks.size());
        item.votes_called = resolution.votes_called;
        Standing open{batch_.resolution_items.size(), std::nullopt};
        if (decision.closed_on) {
            item.closed_as = resolutions::ItemState::done;
            item.closed_on = decision.closed_on;
            item.close_reason = decision.close_reason;
            open.done_on = decision.closed_on;
        }
        for (const ContributionId id : decision.contributions)
            batch_.citations.push_back(
                {item.id, resolutions::CitationKind::contribution, resolutions::CitedId{id.number}});
        for (const AdviceItemId id : decision.advice_items) {
            batch_.citations.push_back(
                {item.id, resolutions::CitationKind::advice, resolutions::CitedId{id.number}});
            visits::AdviceItem& advice = advice_item(id);
            if (advice.state != visits::AdviceState::open) continue;
            advice.state = visits::AdviceState::answered;
            advice.answered_by_item_id = item.id;
            advice.answered_on = meeting.meets_on;
        }
        bool is_every_task_done = !decision.tasks.empty();
        Date last_done = meeting.meets_on;
        for (const GivenTask& given : decision.tasks) {
            tasks::Task task = task_of(given, tasks::Origin::resolution_item, meeting.meets_on);
            task.origin_id = tasks::OriginId{item.id.number};
            if (given.done_on) last_done = std::max(last_done, *given.done_on);
            else is_every_task_done = false;
            batch_.tasks.push_back(std::move(task));
        }
        if (is_every_task_done && !open.done_on) open.done_on = last_done;
        last_items_.push_back(items_.size());
        items_.push_back(open);
        batch_.resolution_items.push_back(std::move(item));
    }
    batch_.resolutions.push_back(std::move(resolution));
}

tasks::Task YearBook::task_of(const GivenTask& given, tasks::Origin origin, Date created_on) {
    tasks::Task task;
    task.id = next_id<TaskId>(ids_);
    task.unit_id = cell_.id;
    task.title = given.title;
    task.owner_kind = given.member ? tasks::OwnerKind::member : tasks::OwnerKind::unit;
    if (given.member) task.owner_member_id = people_[*given.member].id;
    else task.owner_unit_id = given.group;
    task.due_on = given.due_on;
    task.origin = origin;
    task.result = given.result;
    task.created_at = evening_of(created_on);
    if (given.done_on) {
        task.state = tasks::State::done;
        task.progress = 100;
        task.is_exceeded = given.is_exceeded;
        task.done_on = given.done_on;
        task.checked_by = checked_by_;
        task.checked_on =
            days_later(*given.done_on, 2) <= last_day ? days_later(*given.done_on, 2) : last_day;
    } else {
        task.progress = given.progress;
    }
    return task;
}

std::vector<AgendaLine> YearBook::open_items_on(Date day) const {
    std::vector<AgendaLine> lines;
    for (const Standing& item : items_) {
        const resolutions::KeptResolutionItem& kept = batch_.resolution_items[item.index];
        if (!item.done_on || *item.done_on > day)
            lines.push_back({kept.text, meetings::SourceKind::open_item, kept.id.number});
    }
    return lines;
}

void YearBook::register_task(const GivenTask& given) {
    batch_.tasks.push_back(task_of(given, tasks::Origin::registration, on(1, 10)));
}

visits::Visit& YearBook::visit(Date day, visits::Kind kind, std::string group_name, AccountId recorded_by) {
    visits::Visit visit;
    visit.id = next_id<VisitId>(ids_);
    visit.unit_id = cell_.id;
    visit.visited_on = day;
    visit.kind = kind;
    visit.group_name = std::move(group_name);
    visit.recorded_by = recorded_by;
    visit.recorded_at = evening_of(day);
    batch_.visits.push_back(std::move(visit));
    return batch_.visits.back();
}

void YearBook::score_as_visitor(const std::string& group_name, AccountId scored_by, const std::string& note,
                                std::vector<meetings::Figure> figures) {
    const meetings::Meeting& meeting = last_meeting();
    const auto sheet_id = next_id<VisitorSheetId>(ids_);
    batch_.visitor_sheets.push_back({sheet_id, meeting.id, meeting.unit_id, group_name, note, scored_by,
                                     meeting.ended_at.value_or(meeting.planned_for)});
    for (meetings::Figure& figure : figures)
        batch_.figures.push_back(
            {meeting.id, sheet_id, figure.criterion, figure.points_milli, figure.reason.value_or("")});
}

void YearBook::see_otherwise(const std::string& criterion, std::int64_t points_milli,
                             const std::string& reason) {
    batch_.figures.push_back({last_meeting().id, {}, criterion, points_milli, reason});
}

void YearBook::name_meeting_of_visit() { batch_.visits.back().meeting_id = batch_.held.back().id; }

AdviceItemId YearBook::advise(const std::string& text, const std::string& expected_change, Date check_on) {
    const visits::Visit& visit = batch_.visits.back();
    visits::AdviceItem item;
    item.id = next_id<AdviceItemId>(ids_);
    item.visit_id = visit.id;
    item.unit_id = cell_.id;
    item.number = 1 + std::count_if(batch_.advice_items.begin() + static_cast<std::ptrdiff_t>(first_advice_),
                                    batch_.advice_items.end(), [&](const visits::AdviceItem& other) {
                                        return other.visit_id == visit.id;
                                    });
    item.text = text;
    item.expected_change = expected_change;
    item.check_on = check_on;
    batch_.advice_items.push_back(std::move(item));
    return batch_.advice_items.back().id;
}

visits::AdviceItem& YearBook::advice_item(AdviceItemId advice_item_id) {
    return *std::find_if(batch_.advice_items.begin() + static_cast<std::ptrdiff_t>(first_advice_),
                         batch_.advice_items.end(),
                         [&](const visits::AdviceItem& item) { return item.id == advice_item_id; });
}

void YearBook::confirm_advice(AdviceItemId advice_item_id, AccountId confirmed_by, Date day,
                              const std::string& effect) {
    visits::AdviceItem& item = advice_item(advice_item_id);
    item.state = visits::AdviceState::confirmed;
    item.confirmed_by = confirmed_by;
    item.confirmed_on = day;
    item.effect = effect;
}

void YearBook::refuse_advice(AdviceItemId advice_item_id, Date day, const std::string& reason) {
    visits::AdviceItem& item = advice_item(advice_item_id);
    item.state = visits::AdviceState::refused;
    item.refusal_reason = reason;
    item.refused_on = day;
}

findings::Finding& YearBook::find_fault(findings::Gravity gravity, const std::string& text,
                                        const std::string& remedy, Date due_on) {
    const visits::Visit& visit = batch_.visits.back();
    findings::Finding finding;
    finding.id = next_id<FindingId>(ids_);
    finding.source_id = findings::SourceId{visit.id.number};
    finding.source_name = visit.group_name;
    finding.noted_on = finding.told_on.emplace(visit.visited_on);
    finding.unit_id = cell_.id;
    finding.number = !batch_.findings.empty() && batch_.findings.back().source_id.number == visit.id.number
                         ? batch_.findings.back().number + 1
                         : 1;
    finding.gravity = gravity;
    finding.text = text;
    finding.remedy = remedy;
    finding.due_on = due_on;
    batch_.findings.push_back(std::move(finding));
    return batch_.findings.back();
}

}  // namespace gw::sample
