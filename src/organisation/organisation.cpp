#include "organisation/organisation.h"

#include "organisation/organisation_store.h"
#include "platform/checks.h"
#include "platform/json/json.h"

namespace gw::organisation {

namespace {

constexpr std::size_t longest_code = 60;  // characters; also of a decision number
constexpr std::string_view change_permission = "organisation.change";

// A unit that waits to be established, or is dissolved, stands nowhere in today's tree: then whoever may
// change the unit above it may change it.
void require_change(const Call& call, UnitId unit_id) {
    while (!call.tree->find(unit_id)) {
        const auto period = find_last_period(call.db, unit_id);
        if (!period || !period->parent_id) break;
        unit_id = *period->parent_id;
    }
    call.require(change_permission, unit_id);
}

// The unit and its last period, which a change starts from.
struct Standing {
    UnitRow unit;
    PeriodRow period;
};

Standing get_standing(const Call& call, UnitId unit_id, std::string_view field = "unit_id") {
    const auto unit = find_unit_row(call.db, unit_id);
    const auto period = find_last_period(call.db, unit_id);
    if (!unit || !period) refuse_unknown(std::string(field));
    return {*unit, *period};
}

void refuse_dissolved(const UnitRow& unit) {
    if (unit.dissolved_on)
        throw Refusal(
            Reason::conflict,
            Problem{"unit_id", "organisation.is_dissolved", {{"day", to_text(*unit.dissolved_on)}}});
}

void check_effective_day(Problems& problems, Date day, const PeriodRow& last) {
    check_day(problems, "effective_on", day);
    if (day < last.from_on)
        problems.push_back(
            {"effective_on", "organisation.before_last_period", {{"day", to_text(last.from_on)}}});
}

// The unit above must stand on the day and must not be about to go.
void check_parent(Problems& problems, const Standing& parent, Date day) {
    if (parent.unit.dissolved_on)
        problems.push_back(
            {"parent_id", "organisation.parent_is_dissolved", {{"day", to_text(*parent.unit.dissolved_on)}}});
    else if (day < parent.unit.established_on)
        problems.push_back({"effective_on",
                            "organisation.parent_stands_later",
                            {{"day", to_text(parent.unit.established_on)}}});
}

void check_kind(const Call& call, Problems& problems, std::string_view kind, std::string_view parent_kind) {
    if (!has_kind(call.db, kind)) problems.push_back({"kind", "platform.not_valid"});
    else if (!may_stand_below(call.db, kind, parent_kind))
        problems.push_back({"parent_id",
                            "organisation.kind_may_not_stand_there",
                            {{"kind", std::string(kind)}, {"parent_kind", std::string(parent_kind)}}});
}

bool stands_below(Db& db, UnitId unit_id, UnitId above, Date day) {
    std::optional<UnitId> next = unit_id;
    while (next) {
        if (*next == above) return true;
        const auto period = find_period_on(db, *next, day);
        next = period ? period->parent_id : std::nullopt;
    }
    return false;
}

// Changes already decided for later days can close a circle too.
bool would_close_circle(Db& db, UnitId unit_id, UnitId parent_id, Date day) {
    if (stands_below(db, parent_id, unit_id, day)) return true;
    const std::vector<Date> later = change_days_after(db, day);
    return std::any_of(later.begin(), later.end(),
                       [&](Date other) { return stands_below(db, parent_id, unit_id, other); });
}

// Lets the last period end and the changed one begin; on the first day of the last period it is changed in
// place.
void put_period(const Call& call, const PeriodRow& last, PeriodRow changed, Date day,
                const std::string& decision_number) {
    if (day == last.from_on) {
        if (!last.decision_number.empty())
            changed.decision_number = last.decision_number + "; " + decision_number;
        else changed.decision_number = decision_number;
        update_period(call.db, changed);
    } else {
        changed.id = call.new_id<PeriodId>();
        changed.from_on = day;
        changed.decision_number = decision_number;
        begin_period(call.db, last, changed);
    }
    count_change(call.db);
}

std::string detail_of(const PeriodRow& period, std::string_view decision_number, Date day) {
    std::string detail = "{\"name\":";
    json::append_text(detail, period.name);
    detail += ",\"parent_id\":";
    write_json(detail, period.parent_id);
    detail += ",\"decision_number\":";
    json::append_text(detail, decision_number);
    detail += ",\"effective_on\":";
    write_json(detail, day);
    return detail + "}";
}

Unit get_unit_on(Db& db, UnitId unit_id, Date day) {
    auto unit = find_unit_on(db, unit_id, day);
    if (!unit) refuse_unknown("unit_id");
    return *std::move(unit);
}

}  // namespace

Unit establish(const Call& call, const EstablishUnit& request) {
    const Standing parent = get_standing(call, request.parent_id, "parent_id");
    require_change(call, request.parent_id);
    const std::string code(trimmed(request.code)), name(trimmed(request.name)),
        decision_number(trimmed(request.decision_number));
    Problems problems;
    check_text(problems, "code", code, longest_code);
    check_text(problems, "name", name);
    check_text(problems, "decision_number", decision_number, longest_code);
    check_day(problems, "effective_on", request.effective_on);
    check_parent(problems, parent, request.effective_on);
    check_kind(call, problems, request.kind, parent.period.kind);
    if (find_unit_with_code(call.db, code))
        problems.push_back({"code", "organisation.code_taken", {{"code", code}}});
    refuse_if(problems);
    const UnitId id = request.id && *request.id ? *request.id : call.new_id<UnitId>();
    if (find_unit_row(call.db, id)) throw Refusal(Reason::conflict, Problem{"id", "organisation.id_taken"});

    const PeriodRow period{call.new_id<PeriodId>(), id,   request.effective_on, {},
                           request.parent_id,       name, folded(name),         request.kind,
                           decision_number};
    add_unit(call.db, {id, code, request.effective_on, {}}, period);
    count_change(call.db);
    call.record("unit.established", id, id, detail_of(period, decision_number, request.effective_on));
    call.announce("units", id);
    return get_unit_on(call.db, id, request.effective_on);
}

Unit rename(const Call& call, const RenameUnit& request) {
    const Standing standing = get_standing(call, request.unit_id);
    require_change(call, request.unit_id);
    refuse_dissolved(standing.unit);
    const std::string name(trimmed(request.name)), decision_number(trimmed(request.decision_number));
    Problems problems;
    check_text(problems, "name", name);
    check_text(problems, "decision_number", decision_number, longest_code);
    check_effective_day(problems, request.effective_on, standing.period);
    refuse_if(problems);

    PeriodRow changed = standing.period;
    changed.name = name;
    changed.folded_name = folded(name);
    put_period(call, standing.period, changed, request.effective_on, decision_number);
    call.record("unit.renamed", request.unit_id, request.unit_id,
                detail_of(changed, decision_number, request.effective_on));
    call.announce("units", request.unit_id);
    return get_unit_on(call.db, request.unit_id, request.effective_on);
}

Unit move(const Call& call, const MoveUnit& request) {
    const Standing standing = get_standing(call, request.unit_id);
    const Standing parent = get_standing(call, request.parent_id, "parent_id");
    require_change(call, request.unit_id);
    require_change(call, request.parent_id);
    refuse_dissolved(standing.unit);
    if (!standing.period.parent_id)
        throw Refusal(Reason::invalid, Problem{"unit_id", "organisation.root_stays"});
    require_change(call, *standing.period.parent_id);
    const std::string decision_number(trimmed(request.decision_number));
    Problems problems;
    check_text(problems, "decision_number", decision_number, longest_code);
    check_effective_day(problems, request.effective_on, standing.period);
    check_parent(problems, parent, request.effective_on);
    check_kind(call, problems, standing.period.kind, parent.period.kind);
    if (request.parent_id == *standing.period.parent_id)
        problems.push_back({"parent_id", "organisation.stands_there_already"});
    else if (would_close_circle(call.db, request.unit_id, request.parent_id, request.effective_on))
        problems.push_back({"parent_id", "organisation.below_itself"});
    refuse_if(problems);

    PeriodRow changed = standing.period;
    changed.parent_id = request.parent_id;
    put_period(call, standing.period, changed, request.effective_on, decision_number);
    call.record("unit.moved", request.unit_id, request.unit_id,
                detail_of(changed, decision_number, request.effective_on));
    call.announce("units", request.unit_id);
    return get_unit_on(call.db, request.unit_id, request.effective_on);
}

Unit dissolve(const Call& call, const DissolveUnit& request, const CountPeople& count_people) {
    const Standing standing = get_standing(call, request.unit_id);
    require_change(call, request.unit_id);
    refuse_dissolved(standing.unit);
    if (!standing.period.parent_id)
        throw Refusal(Reason::invalid, Problem{"unit_id", "organisation.root_stays"});
    require_change(call, *standing.period.parent_id);
    const std::string decision_number(trimmed(request.decision_number));
    Problems problems;
    check_text(problems, "decision_number", decision_number, longest_code);
    check_effective_day(problems, request.effective_on, standing.period);
    if (request.effective_on == standing.period.from_on)
        problems.push_back({"effective_on",
                            "organisation.dissolved_on_first_day",
                            {{"day", to_text(standing.period.from_on)}}});
    if (has_units_below_from(call.db, request.unit_id, request.effective_on))
        problems.push_back({"unit_id", "organisation.has_units_below"});
    const std::int64_t people = count_people ? count_people(call, request.unit_id, request.effective_on) : 0;
    if (people > 0)
        problems.push_back({"unit_id", "organisation.has_members", {{"count", std::to_string(people)}}});
    refuse_if(problems);

    end_unit(call.db, request.unit_id, request.effective_on);
    count_change(call.db);
    call.record("unit.dissolved", request.unit_id, request.unit_id,
                detail_of(standing.period, decision_number, request.effective_on));
    call.announce("units", request.unit_id);
    return get_unit_on(call.db, request.unit_id, date_of(day_number(request.effective_on) - 1));
}

void add_units(const Call& call, std::span<const UnitToAdd> units) {
    add_unit_rows(call, units);
    count_change(call.db);
    call.announce("units");
}

void add_kinds(const Call& call, std::span<const KindRow> kinds,
               std::span<const std::pair<std::string, std::string>> kind_below_parent) {
    for (const KindRow& kind : kinds) put_kind(call.db, kind);
    for (const auto& [kind, parent_kind] : kind_below_parent) put_kind_below(call.db, {kind, parent_kind});
    count_change(call.db);
    call.announce("units");
}

}  // namespace gw::organisation
