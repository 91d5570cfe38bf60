// Who looked at what is kept of a unit's people: the rows, and what the unit and each member see of them.
// Private to members.
#pragma once
#include "members/members.h"
#include "spreadsheets/spreadsheets.h"

namespace gw::members {

// The unit sees this many days back.
inline constexpr int readings_days = 366;

struct ListReadingsOfUnit {
    UnitId unit_id;
    std::optional<MemberId> member_id = {};  // only looks at this member
    std::optional<bool> from_outside = {};   // only by people who come from elsewhere
    std::optional<std::int64_t> after = {};  // how many lines to leave out
    std::optional<std::int64_t> limit = {};  // 50 when absent, 200 at most
};
BOOST_DESCRIBE_STRUCT(ListReadingsOfUnit, (), (unit_id, member_id, from_outside, after, limit))

struct ListReadingsOfMember {
    MemberId member_id;
    std::optional<std::int64_t> after = {};
    std::optional<std::int64_t> limit = {};
};
BOOST_DESCRIBE_STRUCT(ListReadingsOfMember, (), (member_id, after, limit))

struct ReadingLine {
    Date day{};
    Moment first_at;
    Moment last_at;
    std::int64_t times = 0;
    Part part = Part::file;
    std::optional<MemberId> member_id;  // none for a list
    std::string member_name;
    UnitId unit_id;  // of a list: the one it was taken of
    std::string unit_name;
    AccountId reader_account_id;
    std::string reader_name;
    Office reader_office = Office::none;  // today
    std::string reader_unit_name;
    bool is_from_outside = false;
    std::string role_name;  // through which they could, over ground_unit_name
    std::string because;    // without a role: what gave it
    std::string ground_unit_name;
};
BOOST_DESCRIBE_STRUCT(ReadingLine, (),
                      (day, first_at, last_at, times, part, member_id, member_name, unit_id, unit_name,
                       reader_account_id, reader_name, reader_office, reader_unit_name, is_from_outside,
                       role_name, because, ground_unit_name))

struct ReadingPage {
    std::vector<ReadingLine> readings;  // the newest first
    std::optional<std::int64_t> next_after;
};
BOOST_DESCRIBE_STRUCT(ReadingPage, (), (readings, next_after))

// Of the last 366 days: looks at files of people who belonged to the unit at that time, and lists taken of
// the unit or of one above it with everything below. Refused: forbidden without members.read_readings over
// the unit, not_found for an unknown unit.
ReadingPage list_readings(const Call& call, const ListReadingsOfUnit& request, const RoleNames& role_names);
// Looks at one member's file, whenever they were. Refused: forbidden without members.read_readings over the
// member's unit unless the file is the reader's own, not_found.
ReadingPage list_readings(const Call& call, const ListReadingsOfMember& request, const RoleNames& role_names);
// The same as the first for a spreadsheet, up to 10,000 lines.
spreadsheets::Table table_of_readings(const Call& call, const ListReadingsOfUnit& request,
                                      const RoleNames& role_names, const Texts& texts);

struct ReadingQuery {
    std::optional<UnitId> unit_id;
    std::vector<UnitId> units_above;  // lists that were taken of them hold the unit too
    std::optional<MemberId> member_id;
    std::vector<UnitId> not_from;  // leaves out readers who came from these
    std::optional<Date> since;
    std::int64_t offset = 0;
    std::int64_t limit = 50;
};
std::vector<Reading> find_readings(Db& db, const ReadingQuery& query);
// Adds to the row of that day when there is one.
void add_reading(Db& db, const Reading& reading);

}  // namespace gw::members
