#include "members/members.h"

#include "members/members_operations.h"
#include "members/members_store.h"
#include "organisation/tree.h"
#include "platform/json/json.h"

namespace gw::members {

namespace {

constexpr std::size_t longest_reason = 500;  // characters

std::string unit_name(const Call& call, UnitId unit_id) {
    const auto position = call.tree->find(unit_id);
    return position ? call.tree->at(*position).name : std::string();
}

MemberFile file_of(const Call& call, const Member& m) {
    return {m.id,         m.unit_id,    unit_name(call, m.unit_id),
            m.code,       m.full_name,  m.sex,
            m.born_on,    m.stage,      m.office,
            m.phone,      m.joined_on,  m.admitted_on,
            m.full_on,    m.is_excused, m.is_suspended,
            m.discipline, m.left_on,    m.version};
}

Member get_changeable(const Call& call, MemberId member_id) {
    const Member member = get_member(call.db, member_id);
    call.require("members.change", member.unit_id);
    return member;
}

void check_unit(const Call& call, UnitId unit_id, Problems& problems) {
    const int position = call.tree->get(unit_id);
    if (!call.tree->kind_of(position).has_members)
        problems.push_back({"unit_id", "members.unit_has_no_members"});
}

void check_code(const Call& call, const Member& member, Problems& problems) {
    const auto owner = find_member_with_code(call.db, member.code);
    if (owner && *owner != member.id) problems.push_back({"code", "members.code_taken"});
}

// Which fields changed, without their values: the trail is read by more people than the file.
std::string changed_fields(const Member& before, const Member& after) {
    std::string fields;
    each_field(before, [&](const char* name, const auto& old_value) {
        each_field(after, [&](const char* other_name, const auto& new_value) {
            if constexpr (std::is_same_v<decltype(old_value), decltype(new_value)>) {
                const std::string_view field = name;
                if (field != other_name || field == "version" || field == "folded_name" ||
                    old_value == new_value)
                    return;
                fields += (fields.empty() ? "\"" : ",\"") + std::string(field) + "\"";
            }
        });
    });
    return "{\"fields\":[" + fields + "]}";
}

std::string clock_text(Moment moment) {
    const auto minute_of_day = moment.milliseconds / 60'000 % (24 * 60);
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return to_text(day_of(moment, 0)) + " " + two(minute_of_day / 60) + ":" + two(minute_of_day % 60) +
           " UTC";
}

[[noreturn]] void refuse_stale(const Call& call, MemberId member_id) {
    const auto last = last_change(call.db, member_id);
    throw Refusal(Reason::conflict, Problem{"version",
                                            "members.changed_meanwhile",
                                            {{"by", last.changed_by}, {"at", clock_text(last.changed_at)}}});
}

void write(const Call& call, Member& member) {
    const std::int64_t read_version = member.version++;
    if (!update_member(call, member, read_version)) refuse_stale(call, member.id);
    call.announce("members", member.unit_id);
}

}  // namespace

Member get_member(Db& db, MemberId member_id, std::string_view field) {
    auto member = find_member(db, member_id);
    if (!member) refuse_unknown(std::string(field));
    return *member;
}

MemberFile read_file(const Call& call, const ReadMember& request, Readings& readings) {
    const Member member = get_member(call.db, request.member_id);
    if (member.id != call.actor.member_id) {
        call.require("members.read_file", member.unit_id);
        readings.note(call, member, Part::file);
    }
    return file_of(call, member);
}

MemberFile add(const Call& call, const AddMember& request) {
    call.require("members.change", request.unit_id);
    Member member;
    member.id = request.id.value_or(call.new_id<MemberId>());
    member.unit_id = request.unit_id;
    member.code = trimmed(request.code);
    member.full_name = trimmed(request.full_name);
    member.sex = request.sex.value_or(Sex::not_given);
    member.born_on = request.born_on;
    member.stage = request.stage.value_or(Stage::full);
    member.office = request.office.value_or(Office::none);
    member.phone = trimmed(request.phone.value_or(""));
    member.joined_on = request.joined_on.value_or(call.today);
    member.admitted_on = request.admitted_on;
    member.full_on = request.full_on;
    Problems problems = problems_in(member, call.today);
    check_unit(call, member.unit_id, problems);
    check_code(call, member, problems);
    if (find_member(call.db, member.id)) problems.push_back({"id", "members.id_taken"});
    refuse_if(problems);

    add_members(call, std::span<const Member>(&member, 1));
    call.record("member.added", member.id, member.unit_id);
    return file_of(call, member);
}

MemberFile change(const Call& call, const ChangeMember& request) {
    const Member before = get_changeable(call, request.member_id);
    if (before.version != request.version) refuse_stale(call, before.id);
    Member member = before;
    member.code = trimmed(request.code);
    member.full_name = trimmed(request.full_name);
    member.folded_name = folded(member.full_name);
    member.sex = request.sex;
    member.born_on = request.born_on;
    member.stage = request.stage;
    member.office = request.office;
    member.phone = trimmed(request.phone);
    member.admitted_on = request.admitted_on;
    member.full_on = request.full_on;
    member.is_excused = request.is_excused;
    member.is_suspended = request.is_suspended;
    member.discipline = request.discipline;
    Problems problems = problems_in(member, call.today);
    check_code(call, member, problems);
    refuse_if(problems);

    write(call, member);
    call.record("member.changed", member.id, member.unit_id, changed_fields(before, member));
    return file_of(call, member);
}

MemberFile transfer(const Call& call, const TransferMember& request) {
    Member member = get_changeable(call, request.member_id);
    call.require("members.change", request.unit_id);
    Problems problems;
    check_unit(call, request.unit_id, problems);
    if (request.unit_id == member.unit_id) problems.push_back({"unit_id", "members.same_unit"});
    if (member.left_on) problems.push_back({"member_id", "members.has_left"});
    if (request.on <= member.joined_on)
        problems.push_back({"on", "members.transfer_before_joined", {{"day", to_text(member.joined_on)}}});
    if (request.on > call.today) problems.push_back({"on", "members.day_in_future"});
    refuse_if(problems);

    const UnitId old_unit_id = member.unit_id;
    add_stay(call.db, member, request.on);
    member.unit_id = request.unit_id;
    member.joined_on = request.on;
    member.office = Office::none;
    write(call, member);
    call.announce("members", old_unit_id);
    const std::string detail =
        "{\"from_unit_id\":\"" + to_text(old_unit_id) + "\",\"on\":\"" + to_text(request.on) + "\"}";
    call.record("member.transferred", member.id, member.unit_id, detail);
    call.record("member.transferred_away", member.id, old_unit_id,
                "{\"to_unit_id\":\"" + to_text(member.unit_id) + "\"}");
    return file_of(call, member);
}

MemberFile leave(const Call& call, const MemberLeaves& request) {
    Member member = get_changeable(call, request.member_id);
    Problems problems;
    if (member.left_on) problems.push_back({"member_id", "members.has_left"});
    if (request.on < member.joined_on) problems.push_back({"on", "members.left_before_joined"});
    if (request.on > call.today) problems.push_back({"on", "members.day_in_future"});
    if (trimmed(request.reason).empty()) problems.push_back({"reason", "members.required"});
    else if (character_count(request.reason) > longest_reason)
        problems.push_back({"reason", "members.too_long", {{"characters", std::to_string(longest_reason)}}});
    refuse_if(problems);

    member.left_on = request.on;
    write(call, member);
    std::string detail = "{\"on\":\"" + to_text(request.on) + "\",\"reason\":";
    write_json(detail, std::string(trimmed(request.reason)));
    call.record("member.left", member.id, member.unit_id, detail + "}");
    return file_of(call, member);
}

void add_members(const Call& call, std::span<const Member> members) {
    std::vector<Member> rows(members.begin(), members.end());
    for (Member& row : rows)
        if (row.folded_name.empty()) row.folded_name = folded(row.full_name);
    insert_members(call, rows);
    std::set<UnitId> units;
    for (const Member& row : rows) units.insert(row.unit_id);
    for (const UnitId unit_id : units) call.announce("members", unit_id);
}

void change_members(const Call& call, std::span<const Member> members) {
    for (const Member& given : members) {
        Member member = given;
        member.folded_name = folded(member.full_name);
        const Member before = get_member(call.db, member.id);
        if (before.unit_id != member.unit_id) {
            if (before.joined_on < member.joined_on) add_stay(call.db, before, member.joined_on);
            call.announce("members", before.unit_id);
        }
        write(call, member);
    }
}

}  // namespace gw::members
