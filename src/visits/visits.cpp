#include "visits/visits.h"

#include <algorithm>
#include <set>

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

AdviceItem keep(const Call& call, const AdviceItem& advice, std::string_view action,
                const std::string& detail) {
    call.db.update("advice_items", advice);
    call.record(action, advice.id, advice.unit_id, detail);
    call.announce("visits", advice.unit_id);
    return advice;
}

void require_free_ids(const Call& call, const RecordVisit& request) {
    Problems problems;
    std::set<AdviceItemId> named;
    for (std::size_t i = 0; i < request.advice_items.size(); ++i) {
        const auto& id = request.advice_items[i].id;
        if (id && (!named.insert(*id).second || find_advice_item(call.db, *id)))
            problems.push_back({"advice_items/" + std::to_string(i) + "/id", "visits.id_taken"});
    }
    for (const Problem& problem : findings::taken_ids(call.db, request.findings, "findings/"))
        problems.push_back(problem);
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
            advice_items_of(call.db, visit.id), findings_of(call, visit.id)};
}

findings::Source source_of(const Call& call, const Visit& visit) {
    findings::Source source;
    source.kind = findings::SourceKind::visit;
    source.id = findings::SourceId{visit.id.number};
    source.name = visit.group_name;
    source.unit_id = visit.unit_id;
    source.day = source.told_on.emplace(visit.visited_on);
    if (call.actor.home_unit_id) source.deciding_unit_id = call.actor.home_unit_id;
    if (call.actor.account_id) source.inspectors = {call.actor.account_id};
    return source;
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
    const findings::Source source = source_of(call, visit);
    Problems problems = problems_in(request, call.today);
    if (request.order_id && !is_on_order(call, *request.order_id, request))
        problems.push_back({"order_id", "visits.not_on_order"});
    for (const Problem& problem : findings::problems_in(call, source, request.findings, "findings/"))
        problems.push_back(problem);
    refuse_if(problems);
    require_free_ids(call, request);

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
        advice.weight = given.weight.value_or(Weight::medium);
    }
    call.db.insert("visits", visit);
    call.db.insert_all("advice_items", std::span<const AdviceItem>(advice_items));
    RecordVisit for_the_trail = request;
    for_the_trail.findings = findings::without_personal(request.findings);
    call.record("visit.recorded", visit.id, visit.unit_id, to_json(for_the_trail));
    findings::note(call, source, request.findings);
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

AdviceItem refuse_advice(const Call& call, const RefuseAdvice& request) {
    AdviceItem advice = get_advice_item(call, request.advice_item_id);
    call.require("visits.report", advice.unit_id);
    if (advice.state != AdviceState::open)
        throw Refusal(Reason::conflict,
                      Problem{"", "visits.advice_not_open", {{"state", to_text(advice.state)}}});
    if (advice.refused_on) throw Refusal(Reason::conflict, Problem{"", "visits.refused_once"});
    Problems problems;
    check_text(problems, "reason", request.reason, longest_paragraph);
    refuse_if(problems);

    advice.state = AdviceState::refused;
    advice.refusal_reason = request.reason;
    advice.refused_by = call.actor.account_id;
    advice.refused_on = call.today;
    return keep(call, advice, "advice.refused", to_json(request));
}

AdviceItem reply_to_refusal(const Call& call, const ReplyToRefusal& request) {
    AdviceItem advice = get_advice_item(call, request.advice_item_id);
    call.require("visits.record", advice.unit_id);
    require_outsider(call, advice.unit_id);
    if (advice.state != AdviceState::refused)
        throw Refusal(Reason::conflict,
                      Problem{"", "visits.advice_not_refused", {{"state", to_text(advice.state)}}});
    if (advice.refused_by == call.actor.account_id)
        throw Refusal(Reason::forbidden, Problem{"", "visits.own_refusal"});
    Problems problems;
    if (request.decision == RefusalReply::keep_open)
        check_text(problems, "reply", request.reply, longest_paragraph);
    else check_length(problems, "reply", request.reply, longest_paragraph);
    refuse_if(problems);

    const bool is_accepted = request.decision == RefusalReply::accept;
    advice.state = is_accepted ? AdviceState::refusal_accepted : AdviceState::open;
    advice.refusal_reply = request.reply;
    advice.replied_by = call.actor.account_id;
    advice.replied_on = call.today;
    return keep(call, advice, is_accepted ? "advice.refusal_accepted" : "advice.kept_open", to_json(request));
}

AdviceItem withdraw(const Call& call, const WithdrawAdvice& request) {
    AdviceItem advice = get_advice_item(call, request.advice_item_id);
    call.require("visits.record", advice.unit_id);
    require_outsider(call, advice.unit_id);
    if (advice.state == AdviceState::confirmed || advice.state == AdviceState::withdrawn ||
        advice.state == AdviceState::refusal_accepted)
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
    if (advice.state != AdviceState::open && advice.state != AdviceState::refused) return advice;

    advice.state = AdviceState::answered;
    advice.answered_by_item_id = item_id;
    advice.answered_on = day;
    return keep(call, advice, "advice.answered", {});
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

}  // namespace gw::visits
