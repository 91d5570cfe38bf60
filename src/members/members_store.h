// The rows of members and their stays.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "members/members.h"

namespace gw::members {

// Who changed a member last, and when.
struct LastChange {
    Moment changed_at;
    std::string changed_by;
};
BOOST_DESCRIBE_STRUCT(LastChange, (), (changed_at, changed_by))

std::optional<MemberId> find_member_with_code(Db& db, std::string_view code);
LastChange last_change(Db& db, MemberId member_id);
// Writes all fields; false when the row's version is no longer `expected_version`.
bool update_member(const Call& call, const Member& member, std::int64_t expected_version);
void insert_members(const Call& call, std::span<const Member> members);
// Notes that a stay in a unit ended on `until_on`.
void add_stay(Db& db, const Member& member, Date until_on);

// A line of a list: what everybody with members.read may see.
struct MemberLine {
    MemberId id;
    UnitId unit_id;
    std::string full_name;
    Stage stage = Stage::full;
    Office office = Office::none;
    Date joined_on{};
    bool is_excused = false;
};
BOOST_DESCRIBE_STRUCT(MemberLine, (), (id, unit_id, full_name, stage, office, joined_on, is_excused))

BOOST_DEFINE_ENUM_CLASS(Sort, name, stage, office, joined_on)

struct ListQuery {
    std::optional<UnitId> unit_id;  // exactly this unit
    std::vector<UnitId> unit_ids;   // or these, when unit_id is empty
    bool takes_all_units = false;   // unit_ids are not looked at
    bool takes_most_units = false;  // unit_ids are a large part of all: walk the names instead of the units
    std::optional<MemberId> member_id;  // nobody but this one, whatever the words
    std::vector<std::string> words;     // folded; each must stand somewhere in the folded name
    std::optional<Stage> stage;
    std::optional<Office> office;
    Date day{};
    Sort sort = Sort::name;
    std::int64_t offset = 0;
    std::int64_t limit = 50;
};
inline constexpr std::size_t most_words = 4;

void list_members(Db& db, const ListQuery& query, const std::function<void(const MemberLine&)>& visit);
std::int64_t count_listed(Db& db, const ListQuery& query);

}  // namespace gw::members
