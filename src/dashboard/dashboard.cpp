#include "dashboard/dashboard.h"

#include <algorithm>
#include <map>

#include "classification/classification.h"
#include "consolidation/consolidation.h"
#include "inspections/inspections.h"
#include "meetings/meetings.h"
#include "obstacles/obstacles.h"
#include "tasks/tasks.h"
#include "visits/visits.h"

namespace gw::dashboard {

namespace {

constexpr std::int64_t most_of_a_kind = 40;
constexpr std::size_t most_needs = 60;
constexpr int most_of_a_kind_when_long = 15;  // so that much of one kind hides no other
constexpr int small_organisation = 60;        // units, with those below
constexpr int unit_of_few_cells = 60;         // an upper reader sees single cells only up to so many of them

using NeededId = Id<struct NeededThing>;

class Needs {
public:
    explicit Needs(const Call& call) : call_(call) {}

    // Late is what has a day that is over, unless said otherwise.
    template <class Thing>
    void add(NeedKind kind, Id<Thing> id, UnitId unit_id, std::string text, std::optional<Date> day,
             std::optional<bool> is_late = {}) {
        const auto position = call_.tree->find(unit_id);
        all_.push_back({kind, NeededId{id.number}, unit_id, position ? call_.tree->at(*position).name : "",
                        std::move(text), day, is_late.value_or(day && *day < call_.today)});
    }

    std::vector<Need> in_order() {
        std::stable_sort(all_.begin(), all_.end(), [](const Need& a, const Need& b) {
            if (a.is_late != b.is_late) return a.is_late;
            if (a.day.has_value() != b.day.has_value()) return a.day.has_value();
            return a.day < b.day;
        });
        return std::move(all_);
    }

private:
    const Call& call_;
    std::vector<Need> all_;
};

void add_tasks(const Call& call, Needs& needs) {
    if (!call.actor.member_id) return;
    tasks::ListTasks mine;
    mine.owner = tasks::Whose::me;
    mine.state = tasks::State::open;
    mine.limit = most_of_a_kind;
    for (const auto& line : tasks::list(call, mine).tasks)
        needs.add(NeedKind::task, line.task.id, line.task.unit_id, line.task.title, line.task.due_on);
}

// What a group was given, for whoever speaks for it.
void add_group_tasks(const Call& call, UnitId unit_id, int position, Needs& needs) {
    if (call.tree->kind_of(position).is_judged || !call.actor.may("tasks.report", unit_id)) return;
    tasks::ListTasks given;
    given.owner_unit_id = unit_id;
    given.state = tasks::State::open;
    given.limit = most_of_a_kind;
    for (const auto& line : tasks::list(call, given).tasks)
        needs.add(NeedKind::unit_task, line.task.id, line.task.unit_id, line.task.title, line.task.due_on);
}

// Late tasks of a cell or a small organisation, for whoever sees to them; a larger one reads its figures.
void add_late_tasks(const Call& call, UnitId unit_id, int position, Needs& needs) {
    const Reach reach = call.tree->reach(position);
    if (reach.end - reach.first > small_organisation || !call.actor.may("tasks.assign", unit_id)) return;
    tasks::ListTasks late;
    late.within = unit_id;
    late.late = true;
    late.state = tasks::State::open;
    late.limit = most_of_a_kind;
    for (const auto& line : tasks::list(call, late).tasks)
        if (!line.is_mine)
            needs.add(NeedKind::unit_task, line.task.id, line.task.unit_id, line.task.title,
                      line.task.due_on);
}

// Meetings of the reader's own unit: a secretary's next steps.
std::optional<Date> add_meetings(const Call& call, UnitId unit_id, Needs& needs) {
    std::optional<Date> next;
    if (!call.actor.may("meetings.read", unit_id)) return next;
    const bool records = call.actor.may("meetings.record", unit_id);
    meetings::ListMeetings recent;
    recent.unit_id = unit_id;
    recent.from = date_of(day_number(call.today) - 60);
    recent.limit = most_of_a_kind;
    for (const auto& line : meetings::list(call, recent).meetings) {
        const meetings::Meeting& meeting = line.meeting;
        if (meeting.state == meetings::State::planned && meeting.meets_on >= call.today) {
            if (!next || meeting.meets_on < *next) next = meeting.meets_on;
            needs.add(NeedKind::meeting_to_hold, meeting.id, unit_id, meeting.subject, meeting.meets_on);
        }
        if (!records) continue;
        if (meeting.state == meetings::State::planned && meeting.meets_on < call.today)
            needs.add(NeedKind::meeting_to_record, meeting.id, unit_id, meeting.subject, meeting.meets_on);
        if (meeting.state == meetings::State::held && !meeting.score_class)
            needs.add(NeedKind::meeting_to_score, meeting.id, unit_id, meeting.subject, std::nullopt);
        if (meeting.state == meetings::State::held && !meeting.published_on)
            needs.add(NeedKind::meeting_to_publish, meeting.id, unit_id, meeting.subject,
                      date_of(day_number(meeting.meets_on) + 2));
    }
    return next;
}

void add_advice(const Call& call, UnitId unit_id, Needs& needs) {
    if (!call.actor.may("visits.read", unit_id)) return;
    auto add_of = [&](visits::AdviceState state, NeedKind kind) {
        visits::ListAdvice request;
        request.within = unit_id;
        request.state = state;
        request.limit = most_of_a_kind;
        for (const auto& line : visits::list_advice(call, request).advice_items)
            needs.add(kind, line.advice_item.id, line.advice_item.unit_id, line.advice_item.text,
                      line.advice_item.check_on);
    };
    // The unit answers by a resolution; whoever visits confirms the effect.
    if (call.actor.may("resolutions.adopt", unit_id))
        add_of(visits::AdviceState::open, NeedKind::advice_to_answer);
    if (call.actor.may("visits.confirm", unit_id))
        add_of(visits::AdviceState::answered, NeedKind::advice_to_confirm);
}

void add_findings(const Call& call, const findings::Setting& setting, Needs& needs) {
    for (const findings::Waiting& waiting : findings::waiting_for(call, setting))
        needs.add(waiting.owing == findings::Owing::remedy ? NeedKind::finding_to_remedy
                                                           : NeedKind::finding_to_close,
                  waiting.id, waiting.unit_id, waiting.text, waiting.due_on, waiting.is_late);
}

NeedKind kind_of(inspections::Owing owing) {
    switch (owing) {
        case inspections::Owing::report: return NeedKind::inspection_report;
        case inspections::Owing::decision: return NeedKind::inspection_decision;
        case inspections::Owing::closing: return NeedKind::inspection_closing;
        default: return NeedKind::inspection_paper;
    }
}

void add_inspections(const Call& call, Needs& needs) {
    for (const inspections::Waiting& waiting : inspections::waiting_for(call)) {
        const NeededId id{waiting.inspection_id ? waiting.inspection_id->number : waiting.line_id->number};
        needs.add(kind_of(waiting.owing), id, waiting.unit_id, waiting.theme, waiting.due_on,
                  waiting.is_late);
    }
}

void add_obstacles(const Call& call, Needs& needs) {
    for (const obstacles::Waiting& waiting : obstacles::waiting_for(call))
        needs.add(waiting.owing == obstacles::Owing::answer ? NeedKind::obstacle_to_answer
                                                            : NeedKind::obstacle_to_confirm,
                  waiting.id, waiting.unit_id, waiting.text, waiting.due_on);
}

NeedKind kind_of(consolidation::Owing owing) {
    switch (owing) {
        case consolidation::Owing::decision: return NeedKind::weak_unit_decision;
        case consolidation::Owing::plan: return NeedKind::weak_unit_plan;
        case consolidation::Owing::measure: return NeedKind::weak_unit_measure;
        case consolidation::Owing::note: return NeedKind::weak_unit_note;
        default: return NeedKind::weak_unit_leaving;
    }
}

void add_consolidation(const Call& call, Needs& needs) {
    for (const consolidation::Waiting& waiting : consolidation::waiting_for(call))
        needs.add(kind_of(waiting.owing), waiting.id, waiting.unit_id, waiting.text, waiting.due_on);
}

// For whoever reads an upper unit: what is directly below and needs a look.
void add_units_below(const Call& call, UnitId unit_id, Figures& figures, Needs& needs) {
    if (!call.actor.may("dashboard.read", unit_id)) return;
    const Date month_ends = date_of(day_number(call.today.year() / call.today.month() / std::chrono::last));
    int shown = 0;
    for (const auto& [below_id, row] : figures.below(unit_id)) {
        const auto position = call.tree->find(below_id);
        if (!position || ++shown > unit_of_few_cells) continue;
        const std::string& name = call.tree->at(*position).name;
        // Of larger units the page of attention tells; a whole district is not weak for one cell in it.
        if (!call.tree->kind_of(*position).has_members) continue;
        if (row.meetings_this_month == 0)
            needs.add(NeedKind::unit_without_meeting, below_id, below_id, name, month_ends);
        if (row.weak_on_list > 0) needs.add(NeedKind::weak_unit, below_id, below_id, name, std::nullopt);
    }
}

void shorten(std::vector<Need>& needs) {
    if (needs.size() <= most_needs) return;
    std::map<NeedKind, int> count;
    std::erase_if(needs, [&](const Need& need) { return ++count[need.kind] > most_of_a_kind_when_long; });
    if (needs.size() > most_needs) needs.resize(most_needs);
}

}  // namespace

Today today(const Call& call, Figures& figures, const findings::Setting& setting) {
    Today page;
    page.today = call.today;
    Needs needs(call);
    add_tasks(call, needs);
    const UnitId home = call.actor.home_unit_id;
    if (const auto position = call.tree->find(home)) {
        page.unit_id = home;
        page.unit_name = call.tree->at(*position).name;
        if (call.actor.may("dashboard.read", home)) page.figures = figures.of(home);
        add_group_tasks(call, home, *position, needs);
        add_late_tasks(call, home, *position, needs);
        page.next_meeting_on = add_meetings(call, home, needs);
        add_advice(call, home, needs);
        add_findings(call, setting, needs);
        add_obstacles(call, needs);
        add_inspections(call, needs);
        add_consolidation(call, needs);
        add_units_below(call, home, figures, needs);
    }
    page.needs = needs.in_order();
    page.need_count = static_cast<std::int64_t>(page.needs.size());
    shorten(page.needs);
    return page;
}

UnitDashboard unit_dashboard(const Call& call, const UnitKey& request, Figures& figures) {
    const int position = call.tree->get(request.unit_id);
    call.require("dashboard.read", request.unit_id);
    UnitDashboard page;
    page.unit_id = request.unit_id;
    page.name = call.tree->at(position).name;
    page.counted_on = call.today;
    const auto total = figures.of(request.unit_id);
    if (!total) refuse_unknown("unit_id");
    page.figures = *total;
    return page;
}

UnitRows rows_below(const Call& call, const UnitKey& request, Figures& figures) {
    call.tree->get(request.unit_id);
    call.require("dashboard.read", request.unit_id);
    UnitRows page;
    for (auto& [below_id, row] : figures.below(request.unit_id)) {
        const auto below = call.tree->find(below_id);
        if (!below) continue;
        const auto& unit = call.tree->at(*below);
        page.rows.push_back({below_id, unit.code, unit.name, call.tree->kind_of(*below).key, row});
    }
    return page;
}

}  // namespace gw::dashboard
