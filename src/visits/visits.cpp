#include "visits/visits.h"

#include <algorithm>

#include "organisation/tree.h"
#include "platform/checks.h"
#include "platform/db/bulk_rows.h"
#include "platform/json/json.h"
#include "visits/orders_store.h"
#include "visits/visits_rules.h"
#include "visits/visits_store.h"

namespace gw::visits {

namespace {

void require_outsider(const Call& call, UnitId unit_id) {
    if (call.actor.home_unit_id && is_of_unit(*call.tree, call.actor.home_unit_id, unit_id))
        throw Refusal(Reason::forbidden, Problem{"", "visits.own_unit"});
}

AdviceItem get_advice_item(const Call& call, AdviceItemId advice_item_id) {
    auto advice = find_advice_item(call.db, advice_item_id);
    if (!advice) refuse_unknown("advice_item_id");
    return *advice;
}

Finding get_finding(const Call& call, FindingId finding_id) {
    auto finding = find_finding(call.db, finding_id);
    if (!finding) refuse_unknown("finding_id");
    return *finding;
}

AdviceItem keep(const Call& call, const AdviceItem& advice, std::string_view action,
                const std::string& detail) {
    call.db.update("advice_items", advice);
    call.record(action, advice.id, advice.unit_id, detail);
    call.announce("visits", advice.unit_id);
    return advice;
}

Finding keep(const Call& call, const Finding& finding, std::string_view action, const std::string& detail) {
    call.db.update("findings", finding);
    call.record(action, finding.id, finding.unit_id, detail);
    call.announce("visits", finding.unit_id);
    return finding;
}

void require_free_ids(const Call& call, const RecordVisit& request) {
    Problems problems;
    for (std::size_t i = 0; i < request.advice_items.size(); ++i)
        if (request.advice_items[i].id && find_advice_item(call.db, *request.advice_items[i].id))
            problems.push_back({"advice_items/" + std::to_string(i) + "/id", "visits.id_taken"});
    for (std::size_t i = 0; i < request.findings.size(); ++i)
        if (request.findings[i].id && find_finding(call.db, *request.findings[i].id))
            problems.push_back({"findings/" + std::to_string(i) + "/id", "visits.id_taken"});
    if (!problems.empty()) throw Refusal(Reason::conflict, problems);
}

// An order names the unit and the day, and the reader is one of its members.
bool is_on_order(const Call& call, VisitOrderId order_id, const RecordVisit& request) {
    const auto order = find_order(call.db, order_id);
    if (!order || request.visited_on < order->from_on || request.visited_on > order->until_on) return false;
    const auto units = units_of(call.db, order_id);
    const auto members = members_of(call.db, order_id);
    return std::any_of(units.begin(), units.end(),
                       [&](const OrderUnit& each) { return each.unit_id == request.unit_id; }) &&
           std::any_of(members.begin(), members.end(),
                       [&](const OrderMember& each) { return each.account_id == call.actor.account_id; });
}

VisitRecord record_of(const Call& call, const Visit& visit) {
    const auto position = call.tree->find(visit.unit_id);
    return {visit, position ? call.tree->at(*position).name : std::string(),
            advice_items_of(call.db, visit.id), findings_of(call.db, visit.id)};
}

}  // namespace

VisitRecord record(const Call& call, const RecordVisit& request) {
    call.tree->get(request.unit_id);
    // What was written on the visit comes too late: who ordered it may make the order longer.
    if (!call.actor.may("visits.record", request.unit_id) &&
        was_ordered(call.db, call.actor.account_id, request.unit_id, request.visited_on))
        throw Refusal(Reason::forbidden, Problem{"", "visits.order_is_over"});
    call.require("visits.record", request.unit_id);
    require_outsider(call, request.unit_id);
    if (request.id) {
        if (const auto there = find_visit(call.db, *request.id)) {
            const VisitRecord kept = record_of(call, *there);
            if (is_same(kept, request)) return kept;
            throw Refusal(Reason::conflict, Problem{"id", "visits.id_taken"});
        }
    }
    Problems problems = problems_in(request, call.today);
    if (request.order_id && !is_on_order(call, *request.order_id, request))
        problems.push_back({"order_id", "visits.not_on_order"});
    refuse_if(problems);
    require_free_ids(call, request);

    Visit visit;
    visit.id = request.id ? *request.id : call.new_id<VisitId>();
    visit.unit_id = request.unit_id;
    visit.visited_on = request.visited_on;
    visit.kind = request.kind;
    visit.group_name = request.group_name;
    visit.visitors = request.visitors.value_or("");
    visit.order_id = request.order_id;
    visit.meeting_id = request.meeting_id;
    visit.score = request.score;
    visit.strengths = request.strengths.value_or("");
    visit.limits = request.limits.value_or("");
    visit.recorded_by = call.actor.account_id;
    visit.recorded_at = call.now;
    std::vector<AdviceItem> advice_items;
    for (const AdviceToGive& given : request.advice_items) {
        AdviceItem& advice = advice_items.emplace_back();
        advice.id = given.id ? *given.id : call.new_id<AdviceItemId>();
        advice.visit_id = visit.id;
        advice.unit_id = visit.unit_id;
        advice.number = static_cast<std::int64_t>(advice_items.size());
        advice.text = given.text;
        advice.expected_change = given.expected_change;
        advice.check_on = given.check_on;
    }
    std::vector<Finding> findings;
    for (const FindingToNote& noted : request.findings) {
        Finding& finding = findings.emplace_back();
        finding.id = noted.id ? *noted.id : call.new_id<FindingId>();
        finding.visit_id = visit.id;
        finding.unit_id = visit.unit_id;
        finding.number = static_cast<std::int64_t>(findings.size());
        finding.gravity = noted.gravity;
        finding.text = noted.text;
        finding.remedy = noted.remedy;
        finding.due_on = noted.due_on;
    }
    call.db.insert("visits", visit);
    call.db.insert_all("advice_items", std::span<const AdviceItem>(advice_items));
    call.db.insert_all("findings", std::span<const Finding>(findings));
    call.record("visit.recorded", visit.id, visit.unit_id, to_json(request));
    call.announce("visits", visit.unit_id);
    return record_of(call, visit);
}

AdviceItem confirm(const Call& call, const ConfirmAdvice& request) {
    AdviceItem advice = get_advice_item(call, request.advice_item_id);
    call.require("visits.confirm", advice.unit_id);
    require_outsider(call, advice.unit_id);
    if (advice.state != AdviceState::answered)
        throw Refusal(Reason::conflict,
                      Problem{"", "visits.advice_not_answered", {{"state", to_text(advice.state)}}});
    Problems problems;
    check_text(problems, "effect", request.effect, longest_paragraph);
    refuse_if(problems);

    advice.state = AdviceState::confirmed;
    advice.confirmed_by = call.actor.account_id;
    advice.confirmed_on = call.today;
    advice.effect = request.effect;
    return keep(call, advice, "advice.confirmed", to_json(request));
}

AdviceItem withdraw(const Call& call, const WithdrawAdvice& request) {
    AdviceItem advice = get_advice_item(call, request.advice_item_id);
    call.require("visits.record", advice.unit_id);
    require_outsider(call, advice.unit_id);
    if (advice.state == AdviceState::confirmed || advice.state == AdviceState::withdrawn)
        throw Refusal(Reason::conflict,
                      Problem{"", "visits.advice_is_closed", {{"state", to_text(advice.state)}}});
    Problems problems;
    check_text(problems, "reason", request.reason, longest_paragraph);
    refuse_if(problems);

    advice.state = AdviceState::withdrawn;
    advice.effect = request.reason;
    return keep(call, advice, "advice.withdrawn", to_json(request));
}

AdviceItem mark_answered(const Call& call, AdviceItemId advice_item_id, UnitId unit_id,
                         ResolutionItemId item_id, Date day, const std::string& field) {
    const auto found = find_advice_item(call.db, advice_item_id);
    if (!found || found->unit_id != unit_id) refuse_unknown(field);
    AdviceItem advice = *found;
    if (advice.state == AdviceState::withdrawn)
        throw Refusal(Reason::conflict, Problem{field, "visits.advice_was_withdrawn"});
    if (advice.state != AdviceState::open) return advice;

    advice.state = AdviceState::answered;
    advice.answered_by_item_id = item_id;
    advice.answered_on = day;
    return keep(call, advice, "advice.answered", {});
}

Finding report_remedied(const Call& call, const ReportRemedy& request) {
    Finding finding = get_finding(call, request.finding_id);
    call.require("visits.report", finding.unit_id);
    if (finding.state != FindingState::open)
        throw Refusal(Reason::conflict,
                      Problem{"", "visits.finding_not_open", {{"state", to_text(finding.state)}}});
    const Date remedied_on = request.remedied_on.value_or(call.today);
    Problems problems;
    check_text(problems, "remedied_how", request.remedied_how, longest_paragraph);
    check_past_day(problems, "remedied_on", remedied_on, call.today);
    const auto visit = find_visit(call.db, finding.visit_id);
    if (visit && remedied_on < visit->visited_on)
        problems.push_back({"remedied_on", "visits.before_the_visit"});
    refuse_if(problems);

    finding.state = FindingState::remedied;
    finding.remedied_how = request.remedied_how;
    finding.remedied_on = remedied_on;
    return keep(call, finding, "finding.remedied", to_json(request));
}

Finding close(const Call& call, const CloseFinding& request) {
    Finding finding = get_finding(call, request.finding_id);
    call.require("visits.confirm", finding.unit_id);
    require_outsider(call, finding.unit_id);
    if (finding.state != FindingState::remedied)
        throw Refusal(Reason::conflict,
                      Problem{"", "visits.finding_not_remedied", {{"state", to_text(finding.state)}}});
    Problems problems;
    check_text(problems, "closing_note", request.closing_note, longest_paragraph);
    refuse_if(problems);

    finding.state = FindingState::closed;
    finding.closing_note = request.closing_note;
    finding.closed_by = call.actor.account_id;
    finding.closed_on = call.today;
    return keep(call, finding, "finding.closed", to_json(request));
}

VisitRecord show(const Call& call, const VisitKey& request) {
    const auto visit = find_visit(call.db, request.visit_id);
    if (!visit || !call.actor.may("visits.read", visit->unit_id)) refuse_unknown("visit_id");
    return record_of(call, *visit);
}

void add_visits(const Call& call, std::span<const Visit> visits) { add_rows(call.db, "visits", visits); }

void add_advice_items(const Call& call, std::span<const AdviceItem> advice_items) {
    add_rows(call.db, "advice_items", advice_items);
}

void add_findings(const Call& call, std::span<const Finding> findings) {
    add_rows(call.db, "findings", findings);
}

}  // namespace gw::visits
