#include "members/members_operations.h"
#include "members/members_store.h"
#include "members/readings.h"
#include "organisation/organisation.h"
#include "organisation/tree.h"
#include "platform/router.h"
#include "platform/texts/texts.h"
#include "spreadsheets/spreadsheets.h"

namespace gw::members {

namespace {

constexpr std::int64_t most_lines = 200;
constexpr std::int64_t most_table_rows = 400'000;
// From this share of all units on, a list walks the names in order instead of unit by unit.
constexpr int large_share = 8;

struct ListMembers {
    std::optional<UnitId>
        within;  // this unit and everything below it; all within the caller's reach when nothing is given
    std::optional<UnitId> unit_id;    // exactly this unit
    std::optional<std::string> text;  // parts of the name, or the whole card number
    std::optional<Stage> stage;
    std::optional<Office> office;
    std::optional<Sort> sort;
    std::optional<std::int64_t> after;  // how many lines to leave out
    std::optional<std::int64_t> limit;  // 50 when absent, 200 at most
};
BOOST_DESCRIBE_STRUCT(ListMembers, (), (within, unit_id, text, stage, office, sort, after, limit))

struct ListedMember {
    MemberId id;
    UnitId unit_id;
    std::string unit_name;
    std::string full_name;
    Stage stage = Stage::full;
    Office office = Office::none;
    Date joined_on{};
    bool is_excused = false;
};
BOOST_DESCRIBE_STRUCT(ListedMember, (),
                      (id, unit_id, unit_name, full_name, stage, office, joined_on, is_excused))

struct MemberList {
    std::vector<ListedMember> members;
    std::int64_t total = 0;
    std::optional<std::int64_t> next_after;
};
BOOST_DESCRIBE_STRUCT(MemberList, (), (members, total, next_after))

std::vector<std::string> words_of(const std::optional<std::string>& text) {
    std::vector<std::string> words;
    const std::string all = folded(text.value_or(""));
    for (std::size_t start = 0; start < all.size();) {
        const auto end = std::min(all.find(' ', start), all.size());
        words.push_back(all.substr(start, end - start));
        start = end + 1;
    }
    if (words.size() > most_words)
        throw Refusal(Reason::invalid,
                      Problem{"text", "members.too_many_words", {{"count", std::to_string(most_words)}}});
    return words;
}

// The member whose card number the text is. A card number stands in the file, so only those who may read the
// file find it; the others are told as little as of a number that nobody has.
std::optional<MemberId> find_by_card(const Call& call, const std::optional<std::string>& text) {
    const std::string_view code = text ? trimmed(*text) : std::string_view();
    const auto member_id = code.empty() ? std::nullopt : find_member_with_code(call.db, code);
    if (!member_id) return std::nullopt;
    const bool may_read = *member_id == call.actor.member_id ||
                          call.actor.may("members.read_file", get_member(call.db, *member_id).unit_id);
    return may_read ? member_id : std::nullopt;
}

// Finding somebody by the card number tells a part of the file, so it is noted as reading the file is.
void note_finding(const Call& call, const ListQuery& query, Readings& readings) {
    if (query.member_id) readings.note(call, get_member(call.db, *query.member_id), Part::file);
}

ListQuery query_of(const Call& call, const ListMembers& request) {
    ListQuery query;
    query.member_id = find_by_card(call, request.text);
    if (!query.member_id) query.words = words_of(request.text);
    query.stage = request.stage;
    query.office = request.office;
    query.day = call.today;
    query.sort = request.sort.value_or(Sort::name);
    const auto selection = organisation::select_units(call, "members.read", request.unit_id, request.within);
    if (request.unit_id) {
        query.unit_id = request.unit_id;
        return query;
    }
    query.takes_all_units = selection.count() >= call.tree->size();
    if (query.takes_all_units) return query;
    query.unit_ids.reserve(static_cast<std::size_t>(selection.count()));
    for (const Reach& range : selection.ranges)
        for (int position = range.first; position < std::min(range.end, call.tree->size()); ++position)
            if (call.tree->kind_of(position).has_members)
                query.unit_ids.push_back(call.tree->at(position).id);
    query.takes_most_units =
        query.sort == Sort::name && static_cast<int>(query.unit_ids.size()) > call.tree->size() / large_share;
    return query;
}

MemberList list(const Call& call, const ListMembers& request, Readings& readings) {
    ListQuery query = query_of(call, request);
    query.limit = std::clamp<std::int64_t>(request.limit.value_or(50), 1, most_lines);
    query.offset = std::max<std::int64_t>(request.after.value_or(0), 0);
    MemberList answer;
    answer.members.reserve(static_cast<std::size_t>(query.limit));
    list_members(call.db, query, [&](const MemberLine& line) {
        const auto position = call.tree->find(line.unit_id);
        answer.members.push_back({line.id, line.unit_id,
                                  position ? call.tree->at(*position).name : std::string(), line.full_name,
                                  line.stage, line.office, line.joined_on, line.is_excused});
    });
    if (!answer.members.empty()) note_finding(call, query, readings);
    const auto count = static_cast<std::int64_t>(answer.members.size());
    // A page that is not full is the last: then the total is known without counting.
    const bool is_last = count < query.limit && (count > 0 || query.offset == 0);
    answer.total = is_last ? query.offset + count : count_listed(call.db, query);
    if (query.offset + count < answer.total) answer.next_after = query.offset + count;
    return answer;
}

spreadsheets::Table table(const Call& call, const ListMembers& request, Readings& readings,
                          const Texts& texts) {
    ListQuery query = query_of(call, request);
    query.limit = most_table_rows;
    const auto text = [&](const std::string& key) { return texts.text(call.language, key); };
    spreadsheets::Table table{text("members.table_file"),
                              {text("members.full_name"), text("members.stage"), text("members.office"),
                               text("members.unit"), text("members.unit_code"), text("members.joined_on")},
                              {}};
    bool has_somebody = false;
    list_members(call.db, query, [&](const MemberLine& line) {
        has_somebody = true;
        const auto position = call.tree->find(line.unit_id);
        table.rows.push_back({line.full_name, text("members.stage." + to_text(line.stage)),
                              text("members.office." + to_text(line.office)),
                              position ? call.tree->at(*position).name : std::string(),
                              position ? call.tree->at(*position).code : std::string(), line.joined_on});
    });
    if (!has_somebody) return table;
    note_finding(call, query, readings);
    for (const Reach& range :
         organisation::select_units(call, "members.read", request.unit_id, request.within).ranges)
        readings.note_list(call, call.tree->at(range.first).id,
                           request.unit_id ? Part::list : Part::list_with_below);
    return table;
}

}  // namespace

void add_routes(Router& router, Readings& readings, const Texts& texts, RoleNames role_names) {
    router.get(
        "/api/members", "Lists members of a unit or of everything below it",
        [&readings](const Call& call, const ListMembers& request) { return list(call, request, readings); });
    spreadsheets::add_table_routes<ListMembers>(
        router, "/api/members/table", "Gives the list of members",
        [&readings, &texts](const Call& call, const ListMembers& request) {
            return table(call, request, readings, texts);
        });
    router.get("/api/members/{member_id}",
               "Reads the file of a member, which is noted unless it is one's own",
               [&readings](const Call& call, const ReadMember& request) {
                   return read_file(call, request, readings);
               });
    router.get("/api/members/{member_id}/readings", "Lists who read the file of a member",
               [role_names](const Call& call, const ListReadingsOfMember& request) {
                   return list_readings(call, request, role_names);
               });
    router.get("/api/units/{unit_id}/readings", "Lists who looked at the files of a unit's members",
               [role_names](const Call& call, const ListReadingsOfUnit& request) {
                   return list_readings(call, request, role_names);
               });
    spreadsheets::add_table_routes<ListReadingsOfUnit>(
        router, "/api/units/{unit_id}/readings", "Gives who looked at the files of a unit's members",
        [role_names, &texts](const Call& call, const ListReadingsOfUnit& request) {
            return table_of_readings(call, request, role_names, texts);
        });
    router.post("/api/members", "Adds a member to a unit", add);
    router.put("/api/members/{member_id}", "Changes the file of a member", change);
    router.post("/api/members/{member_id}/transfer", "Transfers a member to another unit", transfer);
    router.post("/api/members/{member_id}/leaving", "Notes that a member left", leave);
}

}  // namespace gw::members
