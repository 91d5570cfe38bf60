#include "directives/directives.h"

#include <algorithm>
#include <set>

#include "directives/directives_parts.h"
#include "directives/directives_rules.h"
#include "directives/directives_store.h"
#include "organisation/tree.h"
#include "platform/checks.h"
#include "platform/db/bulk_rows.h"
#include "platform/json/json.h"

namespace gw::directives {

namespace {

constexpr std::size_t most_scopes = 500;

std::vector<Scope> scopes_for(const Call& call, const SendDirective& request, DirectiveId id,
                              Problems& problems) {
    const Reach below = call.tree->reach(call.tree->get(request.unit_id));
    std::set<UnitId> unit_ids(request.unit_ids.begin(), request.unit_ids.end());
    if (request.unit_ids.size() > most_scopes) problems.push_back({"unit_ids", "directives.too_many_units"});
    for (std::size_t i = 0; i < request.unit_ids.size(); ++i) {
        const auto position = call.tree->find(request.unit_ids[i]);
        if (!position || !call.tree->is_within(*position, below))
            problems.push_back({"unit_ids/" + std::to_string(i), "directives.unit_elsewhere"});
    }
    if (unit_ids.empty()) unit_ids.insert(request.unit_id);
    std::vector<Scope> scopes;
    for (const UnitId unit_id : unit_ids) scopes.push_back({id, unit_id});
    return scopes;
}

void announce(const Call& call, UnitId unit_id) { call.announce("directives", unit_id); }

}  // namespace

Directive get_directive(const Call& call, DirectiveId directive_id) {
    auto directive = find_directive(call.db, directive_id);
    if (!directive) refuse_unknown("directive_id");
    return *directive;
}

void require_in_force(const Call& call, const Directive& directive) {
    if (!is_in_force(directive, call.today))
        throw Refusal(Reason::conflict, Problem{"", "directives.not_in_force"});
}

std::optional<Answer> find_valid_answer(const Call& call, DirectiveId directive_id, UnitId unit_id) {
    auto answer = find_answer(call.db, directive_id, unit_id);
    if (answer && answer->kind == AnswerKind::planned &&
        tasks::count_by_unit(call.db, tasks::Origin::directive, tasks::OriginId{directive_id.number}, unit_id)
            .empty())
        return std::nullopt;
    return answer;
}

DirectiveLine send(const Call& call, const SendDirective& request) {
    call.tree->get(request.unit_id);
    call.require("directives.send", request.unit_id);
    if (request.id) {
        if (const auto there = find_directive(call.db, *request.id)) {
            if (is_same(*there, scopes_of(call.db, there->id), request)) return show(call, {there->id});
            throw Refusal(Reason::conflict, Problem{"id", "directives.id_taken"});
        }
    }
    Directive directive;
    directive.id = request.id ? *request.id : call.new_id<DirectiveId>();
    Problems problems = problems_in(request, call.today);
    const std::vector<Scope> scopes = scopes_for(call, request, directive.id, problems);
    if (problems.empty() && reached_units(*call.tree, scopes).empty())
        problems.push_back({"unit_ids", "directives.reaches_nobody"});
    std::optional<Directive> before;
    if (request.supersedes_id) {
        before = find_directive(call.db, *request.supersedes_id);
        if (!before || before->unit_id != request.unit_id || !is_in_force(*before, call.today))
            problems.push_back({"supersedes_id", "directives.cannot_supersede"});
    }
    refuse_if(problems);

    directive.unit_id = request.unit_id;
    directive.kind = request.kind;
    directive.number_text = request.number_text;
    directive.title = request.title;
    directive.summary = request.summary;
    directive.sent_on = call.today;
    directive.concrete_by = request.concrete_by;
    directive.expires_on = request.expires_on;
    directive.sent_by = call.actor.account_id;
    directive.created_at = call.now;
    call.db.insert("directives", directive);
    call.db.insert_all("directive_scopes", std::span<const Scope>(scopes));
    if (before) {
        before->ended_on = call.today;
        before->superseded_by_id = directive.id;
        call.db.update("directives", *before);
        call.record("directive.superseded", before->id, before->unit_id);
    }
    call.record("directive.sent", directive.id, directive.unit_id, to_json(request));
    announce(call, directive.unit_id);
    return line_of(call, directive);
}

DirectiveLine end(const Call& call, const EndDirective& request) {
    Directive directive = get_directive(call, request.directive_id);
    call.require("directives.send", directive.unit_id);
    require_in_force(call, directive);
    Problems problems;
    check_text(problems, "reason", request.reason);
    refuse_if(problems);

    directive.ended_on = call.today;
    directive.end_reason = request.reason;
    call.db.update("directives", directive);
    call.record("directive.ended", directive.id, directive.unit_id, to_json(request));
    announce(call, directive.unit_id);
    return line_of(call, directive);
}

UnitStanding refuse(const Call& call, const RefuseDirective& request) {
    const Directive directive = get_directive(call, request.directive_id);
    call.tree->get(request.unit_id);
    call.require("directives.answer", request.unit_id);
    Problems problems;
    check_text(problems, "reason", request.reason);
    if (directive.kind == Kind::reminder)
        problems.push_back({"directive_id", "directives.reminder_is_discussed"});
    if (!reaches(call, directive.id, request.unit_id))
        problems.push_back({"unit_id", "directives.does_not_reach"});
    refuse_if(problems);
    require_in_force(call, directive);
    if (find_valid_answer(call, directive.id, request.unit_id))
        throw Refusal(Reason::conflict, Problem{"", "directives.already_answered"});

    const Answer answer{directive.id,   request.unit_id, AnswerKind::refused,  std::nullopt,
                        request.reason, call.today,      call.actor.account_id};
    keep_answer(call.db, answer);
    call.record("directive.refused", directive.id, request.unit_id, to_json(request));
    announce(call, request.unit_id);
    return named(call, standing_of(directive, &answer, nullptr, call.today), request.unit_id);
}

void mark_concrete(const Call& call, DirectiveId directive_id, UnitId unit_id, ResolutionItemId item_id,
                   Date day) {
    const auto there = find_valid_answer(call, directive_id, unit_id);
    if (there && there->kind != AnswerKind::refused) return;
    keep_answer(call.db,
                {directive_id, unit_id, AnswerKind::concrete, item_id, "", day, call.actor.account_id});
    call.record("directive.made_concrete", directive_id, unit_id);
    announce(call, unit_id);
}

void add_directives(const Call& call, std::span<const Directive> directives, std::span<const Scope> scopes,
                    std::span<const Answer> answers, std::span<const DirectiveUrge> urges) {
    add_rows(call.db, "directives", directives);
    add_rows(call.db, "directive_scopes", scopes);
    add_rows(call.db, "directive_answers", answers);
    add_rows(call.db, "directive_urges", urges);
}

}  // namespace gw::directives
