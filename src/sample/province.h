// Who there is in the sample province: units with their real names, cells, affiliated groups and people.
#pragma once
#include <string>
#include <vector>

#include "members/members.h"
#include "organisation/organisation.h"
#include "platform/ids.h"
#include "sample/dice.h"
#include "sample/sample.h"

namespace gw::sample {

// The day the year of the sample begins, and its last day that has happened.
inline constexpr Date first_day{std::chrono::year{2024}, std::chrono::month{1}, std::chrono::day{1}};
inline constexpr Date last_day{std::chrono::year{2024}, std::chrono::month{12}, std::chrono::day{16}};
inline constexpr std::int64_t year = 2024;
inline constexpr int zone_minutes = 420;

// A day of the sample year.
constexpr Date on(unsigned month, unsigned day) {
    return {std::chrono::year{2024}, std::chrono::month{month}, std::chrono::day{day}};
}

// Ids of the sample are made as if on its first day: the same each time, and older than any that people make.
// Each part of the sample counts for itself, so that parts can be made at the same time.
class SampleIds {
public:
    explicit SampleIds(int part)
        : ids_(seed), moment_{moment_of(first_day, 0, zone_minutes).milliseconds + part} {}
    std::int64_t next() { return ids_.next(moment_); }

private:
    Ids ids_;
    Moment moment_;
};
template <class AnyId>
AnyId next_id(SampleIds& ids) {
    return AnyId{ids.next()};
}

enum class Place { village, office };
enum class Story { none, na_lung, an_tuong_2 };

// The Block's weak branches of the year: weak until spring, then helped. Most recover, some do not, one falls
// back in autumn.
enum class Consolidation { none, recovers, stays_weak, falls_back };

struct Group {
    UnitId id;
    std::string kind;
};

struct Cell {
    UnitId id;
    UnitId parent_id;
    std::string code;
    std::string name;        // "Chi bộ thôn Nà Lung"
    std::string place_name;  // "thôn Nà Lung"
    Place place = Place::village;
    Story story = Story::none;
    int quality = 75;  // 0 to 100: how well the cell works
    Consolidation consolidation = Consolidation::none;
    bool is_consolidated() const { return consolidation != Consolidation::none; }
    bool is_upland = false;
    int district = 0;  // index into Province::districts
    std::size_t first_member = 0;
    std::size_t member_count = 0;
    std::vector<Group> groups;
};

inline constexpr int weak_quality = 18;

// Cells of the Block have codes of their own.
inline bool is_of_block(const Cell& cell) { return cell.code.starts_with("KCQ"); }

struct Province {
    std::vector<organisation::UnitToAdd> units;  // parents before children
    std::vector<Cell> cells;                     // those of a district together
    std::vector<members::Member> members;        // those of a cell together, the secretary first
    std::vector<UnitId> districts;               // the seven, then the Block
    UnitId root, block, na_lung, khau_tinh, an_tuong, an_tuong_2, na_hang;

    const Cell& cell_of(UnitId unit_id) const;
    std::span<const members::Member> members_of(const Cell& cell) const {
        return {members.data() + cell.first_member, cell.member_count};
    }
};

// Kinds of unit, and which may stand below which.
std::vector<organisation::KindRow> unit_kinds();
std::vector<std::pair<std::string, std::string>> kinds_below();

// `units_file` lists districts and communes. The small scale keeps two districts with two communes each, and
// a few organisations of the Block. Ids come from `ids`, the rest from the seed alone.
Province make_province(const std::string& units_file, Scale scale, SampleIds& ids);

// Gives every cell its people; `wanted` of them in all when it is not 0.
void add_people(Province& province, std::int64_t wanted, SampleIds& ids);

}  // namespace gw::sample
