#include "consolidation/consolidation.h"

#include <algorithm>
#include <set>

#include "consolidation/consolidation_parts.h"
#include "consolidation/consolidation_rules.h"
#include "consolidation/consolidation_store.h"
#include "members/members.h"
#include "platform/checks.h"
#include "platform/json/json.h"

namespace gw::consolidation {

namespace {

[[noreturn]] void refuse_state(std::string key) {
    throw Refusal(Reason::conflict, Problem{"", std::move(key)});
}

[[noreturn]] void refuse_person(std::string key) {
    throw Refusal(Reason::forbidden, Problem{"", std::move(key)});
}

// The case, to those who may read it.
Case get_case(const Call& call, ConsolidationId case_id) {
    const auto about = find_case(call.db, case_id);
    if (!about || (!call.actor.may("consolidation.read", about->unit_id) && !is_helper(call, *about)))
        refuse_unknown("case_id");
    return *about;
}

void require_decider(const Call& call, const Case& about) {
    const auto above = unit_above(call, about.unit_id);
    if (!above) refuse_state("consolidation.nobody_above");
    call.require("consolidation.decide", *above);
}

void tell(const Call& call, const Setting& setting, const Case& about, Telling telling) {
    if (setting.tell) setting.tell(call, about, telling, {});
}

void require_text(const std::string& field, const std::string& text) {
    Problems problems;
    check_text(problems, field, text);
    refuse_if(problems);
}

Problems problems_in_causes(const Call& call, const PlanCase& request) {
    Problems problems;
    std::set<std::string> causes, remedies;
    for (const Cause& cause : all_causes(call.db)) causes.insert(cause.key);
    for (const Remedy& remedy : all_remedies(call.db)) remedies.insert(remedy.key);
    std::set<std::string> named;
    for (std::size_t i = 0; i < request.cause_keys.size(); ++i)
        if (!causes.contains(request.cause_keys[i]) || !named.insert(request.cause_keys[i]).second)
            problems.push_back({"cause_keys/" + std::to_string(i), "consolidation.unknown_cause"});
    for (std::size_t i = 0; i < request.measures.size(); ++i)
        if (const auto& key = request.measures[i].remedy_key; key && !remedies.contains(*key))
            problems.push_back(
                {"measures/" + std::to_string(i) + "/remedy_key", "consolidation.unknown_remedy"});
    return problems;
}

void check_measures(const Call& call, const PlanCase& request, std::span<const Measure> before,
                    Problems& problems) {
    if (request.measures.size() > 50) problems.push_back({"measures", "consolidation.too_many"});
    std::set<MeasureId> named;
    for (std::size_t i = 0; i < request.measures.size(); ++i) {
        const PlannedMeasure& measure = request.measures[i];
        const std::string field = "measures/" + std::to_string(i);
        check_text(problems, field + "/text", measure.text);
        check_text(problems, field + "/owner_name", measure.owner_name);
        check_day(problems, field + "/due_on", measure.due_on);
        const auto known = std::find_if(before.begin(), before.end(), [&](const Measure& one) {
            return measure.id && one.id == *measure.id;
        });
        const bool is_there = known != before.end();
        if (measure.id && (!is_there || known->done_on || !named.insert(*measure.id).second))
            problems.push_back({field + "/id", "consolidation.unknown_measure"});
        if (measure.due_on < call.today && (!is_there || known->due_on != measure.due_on))
            problems.push_back({field + "/due_on", "consolidation.day_is_past"});
    }
}

void check_helper(const Call& call, const Case& about, const PlanCase& request, Problems& problems) {
    check_length(problems, "group_name", request.group_name);
    if (!request.helper_member_id) return;
    const auto helper = members::find_member(call.db, *request.helper_member_id);
    const auto home = helper ? call.tree->find(helper->unit_id) : std::nullopt;
    const auto unit = call.tree->find(about.unit_id);
    if (!home) problems.push_back({"helper_member_id", "platform.not_found"});
    else if (unit && call.tree->is_within(*home, call.tree->reach(*unit)))
        problems.push_back({"helper_member_id", "consolidation.helper_of_unit"});
}

}  // namespace

void add_step(const Call& call, const Case& about, Act act, const std::string& text) {
    const std::vector<Step> before = steps_of(call.db, about.id);
    Step step;
    step.case_id = about.id;
    step.number = static_cast<std::int64_t>(before.size()) + 1;
    step.act = act;
    step.text = std::string(trimmed(text));
    step.acted_on = call.today;
    if (call.actor.account_id != AccountId{}) step.account_id = call.actor.account_id;
    step.by_name = call.actor.name_for_people();
    call.db.insert("consolidation_steps", step);
    call.record("weak_unit." + to_text(act), about.id, about.unit_id, to_json(step));
    call.announce("consolidation", about.unit_id);
}

Causes list_causes(const Call& call, const Nothing&) { return {all_causes(call.db), all_remedies(call.db)}; }

Causes add_cause(const Call& call, const Cause& request) {
    call.require("consolidation.decide", call.tree->at(0).id);
    Problems problems;
    check_text(problems, "name_vi", request.name_vi);
    check_text(problems, "name_en", request.name_en);
    check_text(problems, "name_hi", request.name_hi);
    const bool is_word = !request.key.empty() && request.key.size() <= 40 &&
                         std::all_of(request.key.begin(), request.key.end(),
                                     [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
    if (!is_word) problems.push_back({"key", "consolidation.key_is_no_word"});
    refuse_if(problems);
    for (const Cause& cause : all_causes(call.db))
        if (cause.key == request.key)
            throw Refusal(Reason::conflict, Problem{"key", "consolidation.key_taken"});
    call.db.insert("consolidation_causes", request);
    call.record("weak_unit.cause_added", ConsolidationId{}, call.tree->at(0).id, to_json(request));
    return list_causes(call, {});
}

CaseStory propose(const Call& call, const ProposeUnit& request, const Setting& setting) {
    call.tree->get(request.unit_id);
    call.require("consolidation.propose", request.unit_id);
    if (request.id)
        if (const auto before = find_case(call.db, *request.id)) {
            if (before->unit_id != request.unit_id || before->proposed_by != call.actor.account_id)
                throw Refusal(Reason::conflict, Problem{"id", "consolidation.id_taken"});
            return story_of(call, *before, setting);
        }
    Problems problems;
    check_text(problems, "reason", request.reason);
    if (!unit_above(call, request.unit_id)) problems.push_back({"unit_id", "consolidation.nobody_above"});
    refuse_if(problems);
    if (find_running(call.db, request.unit_id)) refuse_state("consolidation.has_a_case");

    Case about;
    about.id = request.id ? *request.id : call.new_id<ConsolidationId>();
    about.unit_id = request.unit_id;
    about.proposed_on = call.today;
    about.proposed_by = call.actor.account_id;
    call.db.insert("consolidation_cases", about);
    const UnitId only[] = {about.unit_id};
    add_signs(call.db, about.id, call.today, find_signs(call, only, setting)[about.unit_id]);
    add_step(call, about, Act::propose, request.reason);
    tell(call, setting, about, Telling::proposed);
    return story_of(call, about, setting);
}

CaseStory decide(const Call& call, const DecideCase& request, const Setting& setting) {
    Case about = get_case(call, request.case_id);
    require_decider(call, about);
    require_text("reason", request.reason);
    if (about.state != State::proposed) refuse_state("consolidation.not_proposed");
    about.state = request.is_put ? State::open : State::not_put;
    if (request.is_put) about.entered_on = call.today;
    call.db.update("consolidation_cases", about);
    add_step(call, about, request.is_put ? Act::put : Act::not_put, request.reason);
    tell(call, setting, about, request.is_put ? Telling::put : Telling::not_put);
    return story_of(call, about, setting);
}

CaseStory plan(const Call& call, const PlanCase& request, const Setting& setting) {
    Case about = get_case(call, request.case_id);
    call.require("consolidation.help", about.unit_id);
    if (about.state != State::open) refuse_state("consolidation.not_on_list");
    if (request.version && *request.version != about.version)
        throw Refusal(Reason::conflict, Problem{"version", "consolidation.plan_changed_meanwhile"});
    const std::vector<Measure> before = measures_of(call.db, about.id);
    const bool has_exit_conditions = !exit_conditions_of(call.db, about.id).empty();
    Problems problems = problems_in_causes(call, request);
    check_measures(call, request, before, problems);
    check_helper(call, about, request, problems);
    if (request.exit_conditions.size() > 20)
        problems.push_back({"exit_conditions", "consolidation.too_many"});
    for (std::size_t i = 0; i < request.exit_conditions.size(); ++i)
        for (Problem& problem :
             problems_in(request.exit_conditions[i], "exit_conditions/" + std::to_string(i)))
            problems.push_back(std::move(problem));
    if (!has_exit_conditions && request.exit_conditions.empty())
        problems.push_back({"exit_conditions", "platform.required"});
    refuse_if(problems);
    if (has_exit_conditions && !request.exit_conditions.empty())
        refuse_state("consolidation.exit_conditions_are_set");

    const bool is_helper_new = request.helper_member_id != about.helper_member_id;
    about.helper_member_id = request.helper_member_id;
    about.group_name = std::string(trimmed(request.group_name));
    ++about.version;
    call.db.update("consolidation_cases", about);
    keep_causes(call.db, about.id, request.cause_keys);
    remove_open_measures(call.db, about.id);
    std::vector<Measure> measures;
    for (const PlannedMeasure& one : request.measures)
        measures.push_back({one.id ? *one.id : call.new_id<MeasureId>(),
                            about.id,
                            std::string(trimmed(one.text)),
                            one.remedy_key,
                            std::string(trimmed(one.owner_name)),
                            one.due_on,
                            {},
                            {}});
    call.db.insert_all("consolidation_measures", std::span<const Measure>(measures));
    std::vector<ExitCondition> items;
    for (const SetExitCondition& one : request.exit_conditions) {
        ExitCondition item;
        item.id = call.new_id<ExitConditionId>();
        item.case_id = about.id;
        item.kind = one.kind;
        item.target = one.target;
        item.months = one.months;
        item.text = std::string(trimmed(one.text));
        items.push_back(std::move(item));
    }
    call.db.insert_all("consolidation_exit_conditions", std::span<const ExitCondition>(items));
    call.record("weak_unit.planned", about.id, about.unit_id, to_json(request));
    call.announce("consolidation", about.unit_id);
    if (is_helper_new && about.helper_member_id) tell(call, setting, about, Telling::helper_named);
    return story_of(call, about, setting);
}

CaseStory note(const Call& call, const ReasonedCase& request, const Setting& setting) {
    const Case about = get_case(call, request.case_id);
    if (!is_helper(call, about)) call.require("consolidation.help", about.unit_id);
    Problems problems;
    check_text(problems, "reason", request.reason, longest_paragraph);
    refuse_if(problems);
    if (about.state != State::open && about.state != State::watched)
        refuse_state("consolidation.not_on_list");
    add_step(call, about, Act::note, request.reason);
    return story_of(call, about, setting);
}

CaseStory report(const Call& call, const ReportMeasure& request, const Setting& setting) {
    const Case about = get_case(call, request.case_id);
    if (!call.actor.may("consolidation.help", about.unit_id))
        call.require("consolidation.report", about.unit_id);
    std::vector<Measure> measures = measures_of(call.db, about.id);
    const auto measure = std::find_if(measures.begin(), measures.end(),
                                      [&](const Measure& one) { return one.id == request.measure_id; });
    if (measure == measures.end()) refuse_unknown("measure_id");
    require_text("result", request.result);
    if (about.state != State::open && about.state != State::watched)
        refuse_state("consolidation.not_on_list");
    if (measure->done_on) refuse_state("consolidation.done_already");
    measure->done_on = call.today;
    measure->result = std::string(trimmed(request.result));
    call.db.update("consolidation_measures", *measure);
    call.record("weak_unit.measure_done", about.id, about.unit_id, to_json(*measure));
    call.announce("consolidation", about.unit_id);
    return story_of(call, about, setting);
}

CaseStory accept(const Call& call, const AcceptCondition& request, const Setting& setting) {
    const Case about = get_case(call, request.case_id);
    call.require("consolidation.accept", about.unit_id);
    if (is_helper(call, about)) refuse_person("consolidation.helper_accepts");
    if (is_of_unit(call, about.unit_id)) refuse_person("consolidation.unit_accepts");
    std::vector<ExitCondition> items = exit_conditions_of(call.db, about.id);
    const auto item = std::find_if(items.begin(), items.end(), [&](const ExitCondition& one) {
        return one.id == request.exit_condition_id;
    });
    if (item == items.end()) refuse_unknown("exit_condition_id");
    if (about.state != State::open) refuse_state("consolidation.not_on_list");
    if (item->accepted_on) refuse_state("consolidation.accepted_already");
    Problems problems;
    check_length(problems, "note", request.note);
    const auto figure = figure_of(call, about, *item, measures_of(call.db, about.id));
    if (is_met(*item, figure) == false && trimmed(request.note).empty())
        problems.push_back({"note", "consolidation.note_when_not_met"});
    refuse_if(problems);
    item->accepted_on = call.today;
    item->accepted_by = call.actor.account_id;
    item->accepted_by_name = call.actor.name;
    item->note = std::string(trimmed(request.note));
    call.db.update("consolidation_exit_conditions", *item);
    call.record("weak_unit.accepted", about.id, about.unit_id, to_json(*item));
    call.announce("consolidation", about.unit_id);
    return story_of(call, about, setting);
}

CaseStory leave(const Call& call, const ReasonedCase& request, const Setting& setting) {
    Case about = get_case(call, request.case_id);
    require_decider(call, about);
    require_text("reason", request.reason);
    if (about.state != State::open) refuse_state("consolidation.not_on_list");
    const std::vector<ExitCondition> items = exit_conditions_of(call.db, about.id);
    const bool are_accepted = std::all_of(
        items.begin(), items.end(), [](const ExitCondition& item) { return item.accepted_on.has_value(); });
    if (items.empty() || !are_accepted) refuse_state("consolidation.not_all_accepted");
    about.state = State::watched;
    about.left_on = call.today;
    about.watch_until = months_after(call.today, setting.watch_months);
    call.db.update("consolidation_cases", about);
    add_step(call, about, Act::leave, request.reason);
    tell(call, setting, about, Telling::left);
    return story_of(call, about, setting);
}

CaseStory relapse(const Call& call, const ReasonedCase& request, const Setting& setting) {
    Case about = get_case(call, request.case_id);
    require_decider(call, about);
    require_text("reason", request.reason);
    if (about.state != State::watched) refuse_state("consolidation.not_watched");
    about.state = State::open;
    about.left_on.reset();
    about.watch_until.reset();
    ++about.relapse_count;
    call.db.update("consolidation_cases", about);
    for (ExitCondition item : exit_conditions_of(call.db, about.id)) {
        item.accepted_on.reset();
        item.accepted_by.reset();
        item.accepted_by_name.clear();
        item.note.clear();
        call.db.update("consolidation_exit_conditions", item);
    }
    add_step(call, about, Act::relapse, request.reason);
    tell(call, setting, about, Telling::relapsed);
    return story_of(call, about, setting);
}

std::int64_t settle(const Call& call, const Setting& setting) {
    std::int64_t closed = 0;
    for (Case about : watches_over(call.db, call.today)) {
        about.state = State::closed;
        about.closed_on = date_of(day_number(*about.watch_until) + 1);
        call.db.update("consolidation_cases", about);
        add_step(call, about, Act::close, "");
        tell(call, setting, about, Telling::closed);
        ++closed;
    }
    return closed;
}

}  // namespace gw::consolidation
