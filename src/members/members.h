// Members: the people of a unit, with the least that is needed about each.
//
// Words: a member's *stage* is candidate, probationary or full; an *office* is what they do in their unit;
// *excused* members count in no rate; a *file* is everything kept about one member, and a *reading* is
// somebody else's look into it, into the proof of the member's class, or at a list that they took as a file.
// Search compares folded names: "nguyen" finds "Nguyễn".
#pragma once
#include <map>
#include <memory>
#include <set>
#include <span>
#include <unordered_map>

#include "platform/call.h"

namespace gw {
class Router;
class Texts;
}  // namespace gw

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
    std::int64_t discipline =
        0;  // this year: 0 none, 1 reprimand, 2 warning, 3 removed from office or heavier
    std::optional<Date> left_on;  // the first day they no longer belong
    std::int64_t version = 1;
    auto operator<=>(const Member&) const = default;
};
BOOST_DESCRIBE_STRUCT(Member, (),
                      (id, unit_id, code, full_name, folded_name, sex, born_on, stage, office, phone,
                       joined_on, admitted_on, full_on, is_excused, is_suspended, discipline, left_on,
                       version))

// What other capabilities need to know of a unit's people: everyone who belonged to it on `day`, by office
// then name.
std::vector<Member> members_of(Db& db, UnitId unit_id, Date day);
// The same people with no more than a roll call needs, so that recording a meeting stays quick.
struct Person {
    MemberId id;
    std::string full_name;
    std::string folded_name;
    Stage stage = Stage::full;
    Office office = Office::none;
    bool is_excused = false;
    bool is_suspended = false;
};
BOOST_DESCRIBE_STRUCT(Person, (), (id, full_name, folded_name, stage, office, is_excused, is_suspended))
std::vector<Person> people_of(Db& db, UnitId unit_id, Date day);
// To which a member belongs or ever belonged, in no promised order.
std::vector<UnitId> units_of(Db& db, MemberId member_id);
// Everyone who belonged to some unit on `day`, with the unit and office of that day, by id.
std::vector<Member> members_on(Db& db, Date day);
std::optional<Member> find_member(Db& db, MemberId member_id);
// The member, or a not_found refusal on `field`.
Member get_member(Db& db, MemberId member_id, std::string_view field = "member_id");

// Probation lasts these months after admission; then the unit votes on the recognition as a full member.
inline constexpr int probation_months = 12;
// Probationary members of the unit whose probation ends on `until` or earlier, the longest waiting first;
// without those who are suspended.
struct ProbationEnd {
    MemberId id;
    std::string full_name;
    Date ends_on{};
};
Date end_of_probation(Date admitted_on);
std::vector<ProbationEnd> probations_ending(Db& db, UnitId unit_id, Date until);

// Everything wrong with a member as it would be kept, by field: empty or overlong texts, born in the future
// or under 15 years before admission, full before admitted, days in the future, a stage that its days
// contradict.
Problems problems_in(const Member& member, Date today);

// How many belong to a unit today.
struct MemberCounts {
    std::int64_t full = 0, probationary = 0, candidates = 0, excused = 0;
};
MemberCounts count_members(Db& db, UnitId unit_id, Date day);
// Of the units in `only`, of all when it is empty.
std::unordered_map<UnitId, MemberCounts> count_members_by_unit(Db& db, Date day,
                                                               std::span<const UnitId> only = {});
// A cell needs three full members; one with fewer is flagged.
inline constexpr std::int64_t fewest_full_members = 3;
inline bool has_too_few_full_members(const MemberCounts& counts) { return counts.full < fewest_full_members; }

// For exchange and sample: many members at once, already checked; the caller writes the audit entry. Folded
// names are made here.
void add_members(const Call& call, std::span<const Member> members);
// The same for members that exist: `id` says which; the version is counted up.
void change_members(const Call& call, std::span<const Member> members);
// The members with these card numbers, by card number.
std::unordered_map<std::string, Member> members_by_code(Db& db, std::span<const std::string> codes);

BOOST_DEFINE_ENUM_CLASS(Part, file, class_proof, list, list_with_below)

// What one reader saw of one member on one day, or which list they took. Findings and inspections about a
// member are no part of it: their readers are few by rule, and a line about them would tell the unit of what
// is for the member alone.
struct Reading {
    UnitId unit_id;      // the member's on that day; of a list the one it was taken of
    MemberId member_id;  // 0 for a list
    Part part = Part::file;
    Date day{};
    AccountId reader_account_id;
    std::string reader_name;
    MemberId reader_member_id;  // 0 when the reader is no member
    UnitId reader_unit_id;      // where the reader came from
    std::string role_key;       // through which they could, over ground_unit_id
    std::string because;        // without a role: what gave it, for people
    UnitId ground_unit_id;
    Moment first_at;
    Moment last_at;
    std::int64_t times = 0;
};
BOOST_DESCRIBE_STRUCT(Reading, (),
                      (unit_id, member_id, part, day, reader_account_id, reader_name, reader_member_id,
                       reader_unit_id, role_key, because, ground_unit_id, first_at, last_at, times))

// For the sample: many at once.
void add_readings(Db& db, std::span<const Reading> readings);

// Readings are gathered in memory and written at most once a second and at stop, so that reading stays quick.
// Give it a place in main() that ends before the store does.
class Readings {
public:
    explicit Readings(Store& store);
    ~Readings();  // writes what waits
    // The actor sees a part of a member's file, by members.read_file. One's own is not noted, nor what the
    // program does.
    void note(const Call& call, const Member& member, Part part);
    // The actor takes the list of a unit's people, or also of those below it, by members.read.
    void note_list(const Call& call, UnitId unit_id, Part part);
    // Writes what waits and returns when it is durable.
    void write_now();
    // Ends the writing thread after a last write. Safe to call twice.
    void stop();

private:
    void add(const Call& call, Reading reading, std::string_view permission);
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

// The names of roles by key, for readers of a language.
using RoleNames = std::function<std::map<std::string, std::string>(Db&, std::string_view language)>;

// Permissions: members.read (lists: name, stage, office, unit), members.read_file (everything about one),
// members.change, and members.read_readings (who looked), each over the member's unit. One's own file, and
// who read it, may always be seen.
void add_routes(Router& router, Readings& readings, const Texts& texts, RoleNames role_names);

}  // namespace gw::members
