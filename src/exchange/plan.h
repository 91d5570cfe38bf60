// What bringing in a file would do. Made twice: for the preview, and again inside the transaction of the
// commit.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/columns.h"
#include "exchange/exchange.h"
#include "members/members.h"
#include "organisation/organisation.h"
#include "platform/json/json.h"

namespace gw::exchange {

struct SampleChange {
    std::string field, before, after;
};
BOOST_DESCRIBE_STRUCT(SampleChange, (), (field, before, after))

BOOST_DEFINE_ENUM_CLASS(RowOutcome, added, changed)

struct SampleRow {
    std::int64_t row = 0;
    RowOutcome outcome = RowOutcome::added;
    std::string code, name;
    std::vector<SampleChange> changes;
};
BOOST_DESCRIBE_STRUCT(SampleRow, (), (row, outcome, code, name, changes))

inline constexpr std::size_t most_sample_rows = 20;

// What somebody must be allowed who changes such things one by one: a file opens no other door.
constexpr std::string_view change_permission(Subject subject) {
    return subject == Subject::members ? "members.change" : "organisation.change";
}
inline bool may_bring_in(const Call& call, Subject subject, UnitId unit_id) {
    return call.actor.may("exchange.import", unit_id) && call.actor.may(change_permission(subject), unit_id);
}

// The mistakes of a file, in the order of its rows.
class Mistakes {
public:
    void add(Mistake mistake);
    // True once there are so many that looking on helps nobody.
    bool is_full() const { return list_.size() >= most_mistakes; }
    bool has_row(std::size_t row) const { return rows_.contains(row); }
    std::size_t row_count() const { return rows_.size(); }
    const std::vector<Mistake>& list() const { return list_; }
    // Sorts by row and column; adds the last word when the list is full.
    void finish();

private:
    std::vector<Mistake> list_;
    std::set<std::size_t> rows_;
};

// A row of a file of members, understood as far as it needs no store. Optional: the file has that column.
struct MemberRow {
    std::size_t row = 0;
    std::string code, full_name, unit_code;
    std::optional<members::Sex> sex;
    std::optional<std::optional<Date>> born_on;
    std::optional<members::Stage> stage;
    std::optional<members::Office> office;
    std::optional<std::string> phone;
    std::optional<Date> joined_on;
    std::optional<std::optional<Date>> admitted_on, full_on;
    std::optional<bool> is_excused;
};

struct UnitRow {
    std::size_t row = 0;
    std::string code, name, kind, parent_code;
    std::optional<Date> from_on;
};

// A file as read, whole.
template <class RowOfSubject>
struct FileRows {
    std::vector<RowOfSubject> rows;
    Mistakes mistakes;
    std::optional<Columns> columns;  // none when the file has no header row
    std::size_t row_count = 0;       // below the header
    std::size_t header_row = 0;
};

// Throw UnreadableTable when the bytes are no table.
FileRows<MemberRow> read_member_rows(std::string_view bytes, std::string_view sheet);
FileRows<UnitRow> read_unit_rows(std::string_view bytes, std::string_view sheet);

struct Plan {
    Mistakes mistakes;
    std::size_t row_count = 0;
    std::size_t new_count = 0, changed_count = 0, unchanged_count = 0;
    std::string ignored_columns;
    std::vector<SampleRow> sample;
    std::string fingerprint;  // equal when the same would be done to the same things
};

struct MemberPlan : Plan {
    std::vector<members::Member> to_add, to_change;
};

struct UnitChange {
    UnitId unit_id;
    std::optional<std::string> name;
    std::optional<UnitId> parent_id;
    Date on{};
};

struct UnitPlan : Plan {
    std::vector<organisation::UnitToAdd> to_add;  // parents before their children
    std::vector<UnitChange> to_change;
};

MemberPlan plan_members(const Call& call, const FileRows<MemberRow>& file);
UnitPlan plan_units(const Call& call, const FileRows<UnitRow>& file);

using Progress = std::function<void(std::int64_t done, std::int64_t total)>;
void bring_in(const Call& call, const MemberPlan& plan, const Progress& progress);
// Changes carry the name of the file as their decision number.
void bring_in(const Call& call, const UnitPlan& plan, std::string_view decision_number,
              const Progress& progress);

}  // namespace gw::exchange
