// Members: the people of a unit, with the least that is needed about each.
//
// Words: a member's *stage* is candidate, probationary or full; an *office* is what they do in their unit;
// *excused* members count in no rate. Search compares folded names: "nguyen" finds "Nguyễn".
#pragma once
#include "platform/call.h"

namespace gw {
class Router;
}

namespace gw::members {

BOOST_DEFINE_ENUM_CLASS(Stage, candidate, probationary, full)
BOOST_DEFINE_ENUM_CLASS(Office, none, secretary, deputy_secretary, committee_member)
BOOST_DEFINE_ENUM_CLASS(Sex, not_given, female, male)

struct Member {
    MemberId id;
    UnitId unit_id;
    std::string code;  // number of the member's card, unique
    std::string full_name;
    std::string folded_name;
    Sex sex = Sex::not_given;
    std::optional<Date> born_on;
    Stage stage = Stage::full;
    Office office = Office::none;
    std::string phone;
    Date joined_on{};                 // the unit
    std::optional<Date> admitted_on;  // ceremony: probation starts
    std::optional<Date> full_on;      // recognised as full member
    bool is_excused = false;          // from meetings and work: counts in no rate
    bool is_suspended = false;
    std::int64_t discipline = 0;      // this year: 0 none, 1 reprimand, 2 warning, 3 removed from office or heavier
    std::optional<Date> left_on;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Member, (), (id, unit_id, code, full_name, folded_name, sex, born_on, stage, office, phone, joined_on,
                                   admitted_on, full_on, is_excused, is_suspended, discipline, left_on, version))

// What other capabilities need to know of a unit's people: everyone who belonged to it on `day`, by office then name.
std::vector<Member> members_of(Db& db, UnitId unit_id, Date day);
std::optional<Member> find_member(Db& db, MemberId member_id);
// The member, or a not_found refusal on `field`.
Member get_member(Db& db, MemberId member_id, std::string_view field = "member_id");
// For exchange and sample: many members at once, already checked; the caller writes the audit entry.
void add_members(const Call& call, std::span<const Member> members);

void add_routes(Router& router);

}  // namespace gw::members
