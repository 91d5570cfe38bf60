#include "findings/findings.h"

#include <set>

#include "findings/findings_access.h"
#include "findings/findings_rules.h"
#include "findings/findings_store.h"
#include "members/members.h"
#include "organisation/tree.h"
#include "platform/checks.h"
#include "platform/db/bulk_rows.h"
#include "platform/json/json.h"

namespace gw::findings {

namespace {

// What was said of a person, who has to remedy it, and what is not told yet, is not for the readers of the
// audit trail.
template <class Request>
std::string detail_of(const Finding& finding, const Request& request) {
    const bool is_personal = finding.about_member_id || finding.owner_member_id;
    return is_personal || !finding.told_on ? std::string() : to_json(request);
}

void add_step(const Call& call, const Finding& finding, StepKind kind, Date day, const std::string& text,
              const Source* source = nullptr) {
    Step step;
    step.id = call.new_id<FindingStepId>();
    step.finding_id = finding.id;
    step.kind = kind;
    step.day = day;
    step.text = text;
    if (source) {
        step.source_kind = source->kind;
        step.source_id = source->id;
    }
    step.said_by = call.actor.account_id;
    step.said_by_name = call.actor.name;
    step.said_at = call.now;
    call.db.insert("finding_steps", step);
}

void keep(const Call& call, const Finding& finding, std::string_view action, const std::string& detail) {
    call.db.update("findings", finding);
    call.record(action, finding.id, finding.unit_id, detail);
    call.announce("visits", finding.unit_id);
}

void require_judge(const Call& call, const Finding& finding) {
    if (call.actor.home_unit_id && is_of_unit(*call.tree, call.actor.home_unit_id, finding.unit_id))
        throw Refusal(Reason::forbidden, Problem{"", "findings.own_unit"});
    if (call.actor.member_id && finding.owner_member_id == call.actor.member_id)
        throw Refusal(Reason::forbidden, Problem{"", "findings.own_finding"});
    if (has_reported(call, finding)) throw Refusal(Reason::forbidden, Problem{"", "findings.own_report"});
    if (!may_judge(call, finding)) call.require("findings.check", finding.unit_id);
}

Finding made_of(const Call& call, const Source& source, const FindingToNote& note, std::int64_t number) {
    Finding finding;
    finding.id = note.id ? *note.id : call.new_id<FindingId>();
    finding.source_kind = source.kind;
    finding.source_id = source.id;
    finding.source_name = source.name;
    finding.unit_id = source.unit_id;
    finding.number = number;
    finding.gravity = note.gravity;
    finding.text = note.text;
    finding.about_member_id = note.about_member_id;
    finding.rule_directive_id = note.rule_directive_id;
    finding.rule_edition = note.rule_edition.value_or("");
    finding.rule_criterion = note.rule_criterion.value_or("");
    finding.rule_text = note.rule_text.value_or("");
    finding.cause = note.cause.value_or("");
    finding.remedy = note.remedy;
    finding.owner_member_id = note.owner_member_id;
    finding.due_on = note.due_on;
    finding.noted_on = source.day;
    finding.told_on = source.told_on;
    finding.deciding_unit_id = source.deciding_unit_id;
    return finding;
}

void come_back(const Call& call, const Source& source, const FindingToNote& note) {
    Finding finding = reopened(*find_finding(call.db, *note.again_of_id), source.day, note.due_on);
    finding.gravity = std::max(finding.gravity, note.gravity);
    finding.remedy = note.remedy;
    // What an inspection saw again is not told before its conclusion either.
    finding.told_on = source.told_on;
    if (source.deciding_unit_id) finding.deciding_unit_id = source.deciding_unit_id;
    add_step(call, finding, StepKind::came_back, source.day, note.text, &source);
    keep(call, finding, "finding.came_back", {});
}

}  // namespace

Problems problems_in(const Call& call, const Source& source, std::span<const FindingToNote> notes,
                     const std::string& place) {
    Problems problems;
    for (std::size_t i = 0; i < notes.size(); ++i) {
        const FindingToNote& note = notes[i];
        const std::string here = place + std::to_string(i) + "/";
        for (const Problem& problem : problems_in(note, source.day, here)) problems.push_back(problem);
        const auto check_member = [&](const std::optional<MemberId>& member_id, const char* field) {
            if (!member_id) return;
            const auto member = members::find_member(call.db, *member_id);
            if (!member || !is_of_unit(*call.tree, member->unit_id, source.unit_id))
                problems.push_back({here + field, "findings.member_elsewhere"});
        };
        check_member(note.about_member_id, "about_member_id");
        check_member(note.owner_member_id, "owner_member_id");
        if (!note.again_of_id) continue;
        const auto earlier = find_finding(call.db, *note.again_of_id);
        if (!earlier || earlier->unit_id != source.unit_id || !is_readable(call, *earlier))
            problems.push_back({here + "again_of_id", "findings.no_earlier_one"});
        else if (!may_come_back(*earlier, source.day))
            problems.push_back({here + "again_of_id", "findings.cannot_come_back"});
        else if (earlier->about_member_id != note.about_member_id)
            problems.push_back({here + "again_of_id", "findings.about_somebody_else"});
    }
    return problems;
}

Problems taken_ids(Db& db, std::span<const FindingToNote> notes, const std::string& place) {
    Problems problems;
    std::set<FindingId> named;
    for (std::size_t i = 0; i < notes.size(); ++i)
        if (notes[i].id && (!named.insert(*notes[i].id).second || find_finding(db, *notes[i].id)))
            problems.push_back({place + std::to_string(i) + "/id", "findings.id_taken"});
    return problems;
}

void note(const Call& call, const Source& source, std::span<const FindingToNote> notes) {
    if (notes.empty()) return;
    keep_inspectors(call.db, source);
    std::int64_t number = last_number(call.db, source.kind, source.id);
    for (const FindingToNote& each : notes) {
        if (each.again_of_id) {
            come_back(call, source, each);
            continue;
        }
        const Finding finding = made_of(call, source, each, ++number);
        call.db.insert("findings", finding);
        add_step(call, finding, StepKind::noted, source.day, "", &source);
        call.record("finding.noted", finding.id, finding.unit_id, detail_of(finding, each));
    }
    call.announce("visits", source.unit_id);
}

void tell(const Call& call, SourceKind kind, SourceId source_id) {
    for (const Finding& finding : tell_findings(call.db, kind, source_id, call.today)) {
        call.record("finding.told", finding.id, finding.unit_id);
        call.announce("visits", finding.unit_id);
    }
}

std::vector<FindingToNote> without_personal(std::span<const FindingToNote> notes) {
    std::vector<FindingToNote> kept;
    for (const FindingToNote& each : notes)
        if (!each.about_member_id && !each.owner_member_id) kept.push_back(each);
    return kept;
}

Finding report_remedied(const Call& call, const ReportRemedy& request) {
    Finding finding = get_readable(call, request.finding_id);
    if (!may_report(call, finding)) throw Refusal(Reason::forbidden, Problem{"", "platform.forbidden"});
    if (finding.state != State::open)
        throw Refusal(Reason::conflict,
                      Problem{"", "findings.not_open", {{"state", to_text(finding.state)}}});
    const Date remedied_on = request.remedied_on.value_or(call.today);
    Problems problems;
    check_text(problems, "remedied_how", request.remedied_how, longest_paragraph);
    check_past_day(problems, "remedied_on", remedied_on, call.today);
    if (remedied_on < finding.reopened_on.value_or(finding.noted_on))
        problems.push_back({"remedied_on", "findings.before_noted"});
    refuse_if(problems);

    finding.state = State::remedied;
    finding.remedied_how = request.remedied_how;
    finding.remedied_on = remedied_on;
    add_step(call, finding, StepKind::remedied, remedied_on, request.remedied_how);
    keep(call, finding, "finding.remedied", detail_of(finding, request));
    return finding;
}

Finding close(const Call& call, const CloseFinding& request, const Setting& setting) {
    Finding finding = get_readable(call, request.finding_id);
    require_judge(call, finding);
    if (finding.state != State::remedied)
        throw Refusal(Reason::conflict,
                      Problem{"", "findings.not_remedied", {{"state", to_text(finding.state)}}});
    const Date first_day = check_from(finding, setting.days_until_check);
    if (call.today < first_day)
        throw Refusal(Reason::conflict, Problem{"", "findings.too_early", {{"day", to_text(first_day)}}});
    Problems problems;
    check_text(problems, "closing_note", request.closing_note, longest_paragraph);
    refuse_if(problems);

    finding.state = State::closed;
    finding.closing_note = request.closing_note;
    finding.closed_by = call.actor.account_id;
    finding.closed_on = call.today;
    add_step(call, finding, StepKind::closed, call.today, request.closing_note);
    keep(call, finding, "finding.closed", detail_of(finding, request));
    return finding;
}

Finding reopen(const Call& call, const ReopenFinding& request) {
    const Finding before = get_readable(call, request.finding_id);
    require_judge(call, before);
    if (before.state == State::open) throw Refusal(Reason::conflict, Problem{"", "findings.is_open"});
    if (before.state == State::closed && !may_come_back(before, call.today))
        throw Refusal(Reason::conflict, Problem{"", "findings.closed_long_ago"});
    Problems problems;
    check_text(problems, "reason", request.reason, longest_paragraph);
    check_day(problems, "due_on", request.due_on);
    if (request.due_on < call.today) problems.push_back({"due_on", "findings.day_is_over"});
    refuse_if(problems);

    const Finding finding = reopened(before, call.today, request.due_on);
    const bool came_back = before.state == State::closed;
    add_step(call, finding, came_back ? StepKind::came_back : StepKind::not_effective, call.today,
             request.reason);
    keep(call, finding, came_back ? "finding.came_back" : "finding.not_effective",
         detail_of(finding, request));
    return finding;
}

FindingRecord answer(const Call& call, const AnswerFinding& request, const Setting& setting) {
    const Finding finding = get_readable(call, request.finding_id);
    if (!may_answer(call, finding)) throw Refusal(Reason::forbidden, Problem{"", "platform.forbidden"});
    Problems problems;
    check_text(problems, "text", request.text, longest_paragraph);
    refuse_if(problems);

    add_step(call, finding, StepKind::answered, call.today, request.text);
    call.record("finding.answered", finding.id, finding.unit_id, detail_of(finding, request));
    call.announce("visits", finding.unit_id);
    return show(call, {finding.id}, setting);
}

void add_findings(const Call& call, std::span<const Finding> findings) {
    add_rows(call.db, "findings", findings);
    std::vector<Step> steps;
    const auto add = [&](const Finding& finding, StepKind kind, Date day, const std::string& text,
                         const std::string& name) {
        Step& step = steps.emplace_back();
        step.id = call.new_id<FindingStepId>();
        step.finding_id = finding.id;
        step.kind = kind;
        step.day = day;
        step.text = text;
        if (kind == StepKind::noted) {
            step.source_kind = finding.source_kind;
            step.source_id = finding.source_id;
        }
        step.said_by_name = name;
        step.said_at = moment_of(day, 12 * 60, 0);
    };
    for (const Finding& finding : findings) {
        add(finding, StepKind::noted, finding.noted_on, "", finding.source_name);
        const auto position = call.tree->find(finding.unit_id);
        if (finding.remedied_on)
            add(finding, StepKind::remedied, *finding.remedied_on, finding.remedied_how,
                position ? call.tree->at(*position).name : std::string());
        if (finding.closed_on)
            add(finding, StepKind::closed, *finding.closed_on, finding.closing_note, finding.source_name);
    }
    add_rows(call.db, "finding_steps", std::span<const Step>(steps));
}

}  // namespace gw::findings
