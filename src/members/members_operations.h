// What can be done with members, as the routes offer it.
#pragma once
#include "members/members.h"

namespace gw::members {

// Everything kept about one member, for those who may read their file.
struct MemberFile {
    MemberId id;
    UnitId unit_id;
    std::string unit_name;
    std::string code;
    std::string full_name;
    Sex sex = Sex::not_given;
    std::optional<Date> born_on;
    Stage stage = Stage::full;
    Office office = Office::none;
    std::string phone;
    Date joined_on{};
    std::optional<Date> admitted_on;
    std::optional<Date> full_on;
    bool is_excused = false;
    bool is_suspended = false;
    std::int64_t discipline = 0;
    std::optional<Date> left_on;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(MemberFile, (),
                      (id, unit_id, unit_name, code, full_name, sex, born_on, stage, office, phone, joined_on,
                       admitted_on, full_on, is_excused, is_suspended, discipline, left_on, version))

struct ReadMember {
    MemberId member_id;
};
BOOST_DESCRIBE_STRUCT(ReadMember, (), (member_id))

struct AddMember {
    std::optional<MemberId> id;  // made by the caller, or by the server
    UnitId unit_id;
    std::string code;
    std::string full_name;
    std::optional<Sex> sex;
    std::optional<Date> born_on;
    std::optional<Stage> stage;  // full when absent
    std::optional<Office> office;
    std::optional<std::string> phone;
    std::optional<Date> joined_on;  // today when absent
    std::optional<Date> admitted_on;
    std::optional<Date> full_on;
};
BOOST_DESCRIBE_STRUCT(AddMember, (),
                      (id, unit_id, code, full_name, sex, born_on, stage, office, phone, joined_on,
                       admitted_on, full_on))

// All of a member's fields as they shall be; `version` is the one that was read.
struct ChangeMember {
    MemberId member_id;
    std::int64_t version = 0;
    std::string code;
    std::string full_name;
    Sex sex = Sex::not_given;
    std::optional<Date> born_on;
    Stage stage = Stage::full;
    Office office = Office::none;
    std::string phone;
    std::optional<Date> admitted_on;
    std::optional<Date> full_on;
    bool is_excused = false;
    bool is_suspended = false;
    std::int64_t discipline = 0;
};
BOOST_DESCRIBE_STRUCT(ChangeMember, (),
                      (member_id, version, code, full_name, sex, born_on, stage, office, phone, admitted_on,
                       full_on, is_excused, is_suspended, discipline))

struct TransferMember {
    MemberId member_id;
    UnitId unit_id;
    Date on{};  // the first day in the new unit
};
BOOST_DESCRIBE_STRUCT(TransferMember, (), (member_id, unit_id, on))

struct MemberLeaves {
    MemberId member_id;
    Date on{};  // the first day they no longer belong
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(MemberLeaves, (), (member_id, on, reason))

// Refused: forbidden without members.read_file over the unit, unless it is the caller's own file.
MemberFile read_file(const Call& call, const ReadMember& request, Readings& readings);
// Each is refused: forbidden without members.change over the unit (a transfer: over both); not_found; invalid
// with what problems_in finds, when the card number is taken, when the unit is of a kind that has no members.
MemberFile add(const Call& call, const AddMember& request);
// Refused also with conflict when somebody changed the member since `version` was read: says who and when.
MemberFile change(const Call& call, const ChangeMember& request);
// Refused also: into the same unit, not after the day the member joined the present one, in the future, after
// leaving. An office ends with the transfer.
MemberFile transfer(const Call& call, const TransferMember& request);
// Refused also: before the day the member joined the unit, in the future, twice.
MemberFile leave(const Call& call, const MemberLeaves& request);

}  // namespace gw::members
