#include <algorithm>

#include "members/readings.h"
#include "organisation/tree.h"
#include "platform/texts/texts.h"

namespace gw::members {

namespace {

constexpr std::int64_t most_lines = 200;
constexpr std::int64_t most_table_rows = 10'000;

ReadingQuery query_of(const Call& call, const ListReadingsOfUnit& request) {
    const int position = call.tree->get(request.unit_id);
    call.require("members.read_readings", request.unit_id);
    ReadingQuery query;
    query.unit_id = request.unit_id;
    query.member_id = request.member_id;
    query.since = date_of(day_number(call.today) - readings_days);
    for (int above = call.tree->at(position).parent; above >= 0; above = call.tree->at(above).parent)
        query.units_above.push_back(call.tree->at(above).id);
    if (request.from_outside.value_or(false))
        for (int each = position; each < call.tree->reach(position).end; ++each)
            query.not_from.push_back(call.tree->at(each).id);
    return query;
}

// Gives readings their names, looking each member up once.
class Naming {
public:
    // From outside of `unit_id`, or of the unit whose member was looked at.
    Naming(const Call& call, const RoleNames& role_names, std::optional<UnitId> unit_id)
        : call_(call), role_names_(role_names(call.db, call.language)), unit_id_(unit_id) {}

    ReadingLine line_of(const Reading& reading) {
        ReadingLine line;
        line.day = reading.day;
        line.first_at = reading.first_at;
        line.last_at = reading.last_at;
        line.times = reading.times;
        line.part = reading.part;
        if (reading.member_id) line.member_id = reading.member_id;
        line.member_name = member(reading.member_id).full_name;
        line.unit_id = reading.unit_id;
        line.unit_name = unit_name(reading.unit_id);
        line.reader_account_id = reading.reader_account_id;
        line.reader_name = reading.reader_name;
        const Member& reader = member(reading.reader_member_id);
        if (reader.unit_id == reading.reader_unit_id) line.reader_office = reader.office;
        line.reader_unit_name = unit_name(reading.reader_unit_id);
        line.is_from_outside = is_from_outside(reading);
        const auto role = role_names_.find(reading.role_key);
        line.role_name = role == role_names_.end() ? reading.role_key : role->second;
        line.because = reading.because;
        line.ground_unit_name = unit_name(reading.ground_unit_id);
        return line;
    }

private:
    const Member& member(MemberId member_id) {
        const auto [place, is_first] = members_.try_emplace(member_id);
        if (is_first && member_id) place->second = find_member(call_.db, member_id).value_or(Member{});
        return place->second;
    }
    std::string unit_name(UnitId unit_id) const {
        const auto position = call_.tree->find(unit_id);
        return position ? call_.tree->at(*position).name : std::string();
    }
    bool is_from_outside(const Reading& reading) const {
        const auto home = call_.tree->find(reading.reader_unit_id);
        const auto unit = call_.tree->find(unit_id_.value_or(reading.unit_id));
        return !home || !unit || !call_.tree->is_within(*home, call_.tree->reach(*unit));
    }

    const Call& call_;
    std::map<std::string, std::string> role_names_;
    std::optional<UnitId> unit_id_;
    std::unordered_map<MemberId, Member> members_;
};

ReadingPage page_of(const Call& call, ReadingQuery query, const std::optional<std::int64_t>& after,
                    const std::optional<std::int64_t>& limit, const RoleNames& role_names) {
    const std::int64_t wanted = std::clamp<std::int64_t>(limit.value_or(50), 1, most_lines);
    query.offset = std::max<std::int64_t>(after.value_or(0), 0);
    query.limit = wanted + 1;
    auto readings = find_readings(call.db, query);
    ReadingPage page;
    if (static_cast<std::int64_t>(readings.size()) > wanted) {
        readings.pop_back();
        page.next_after = query.offset + wanted;
    }
    Naming naming(call, role_names, query.unit_id);
    for (const Reading& reading : readings) page.readings.push_back(naming.line_of(reading));
    return page;
}

}  // namespace

ReadingPage list_readings(const Call& call, const ListReadingsOfUnit& request, const RoleNames& role_names) {
    return page_of(call, query_of(call, request), request.after, request.limit, role_names);
}

ReadingPage list_readings(const Call& call, const ListReadingsOfMember& request,
                          const RoleNames& role_names) {
    const Member member = get_member(call.db, request.member_id);
    if (member.id != call.actor.member_id) call.require("members.read_readings", member.unit_id);
    ReadingQuery query;
    query.member_id = member.id;
    return page_of(call, query, request.after, request.limit, role_names);
}

spreadsheets::Table table_of_readings(const Call& call, const ListReadingsOfUnit& request,
                                      const RoleNames& role_names, const Texts& texts) {
    const auto text = [&](const std::string& key) { return texts.text(call.language, "members." + key); };
    ReadingQuery query = query_of(call, request);
    query.limit = most_table_rows;
    spreadsheets::Table table{
        text("readings_file"),
        {text("reading_day"), text("reading_times"), text("reading_what"), text("reading_of"), text("reader"),
         text("reader_office"), text("reader_unit"), text("reading_ground"), text("reading_ground_unit")},
        {}};
    Naming naming(call, role_names, request.unit_id);
    for (const Reading& reading : find_readings(call.db, query)) {
        const ReadingLine line = naming.line_of(reading);
        table.rows.push_back({line.day, line.times, text("reading." + to_text(line.part)),
                              line.member_id ? line.member_name : line.unit_name, line.reader_name,
                              line.reader_office == Office::none
                                  ? std::string()
                                  : text("office." + to_text(line.reader_office)),
                              line.reader_unit_name, line.role_name.empty() ? line.because : line.role_name,
                              line.ground_unit_name});
    }
    return table;
}

}  // namespace gw::members
