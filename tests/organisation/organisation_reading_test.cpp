#include "organisation/organisation_reading.h"

#include "support/store_for_test.h"
#include "support/world.h"

using namespace gw;
using namespace gw::organisation;
using gw::test::refuses;
using gw::test::World;

namespace {

Date day(int year, unsigned month, unsigned day_of_month) {
    return Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day_of_month}};
}
const Date in_june = day(2024, 6, 1);

template <class Answer>
Answer look(World& world, const Actor& actor, const std::function<Answer(const Call&)>& reading) {
    Answer answer;
    world.read(actor, [&](const Call& call) { answer = reading(call); });
    return answer;
}

UnitTable table(World& world, const Actor& actor, const ListUnits& request) {
    return look<UnitTable>(world, actor,
                           [&](const Call& call) { return read_table(call, world.trees, request); });
}

std::vector<std::string> names(const std::vector<UnitLine>& lines) {
    std::vector<std::string> found;
    for (const UnitLine& line : lines) found.push_back(line.name);
    return found;
}

}  // namespace

TEST_CASE("the page of a unit shows the way down to it") {
    test::for_each_store([](Store& store) {
        World world(store);
        const Actor reader = world.person({"organisation.read"}, world.khau_tinh);
        const auto page = look<UnitPage>(world, reader, [&](const Call& call) {
            return read_unit(call, world.trees, {world.na_lung, {}});
        });
        CHECK(page.name == "Nà Lung");
        CHECK(page.kind_name == "Cell");
        CHECK(page.has_members);
        CHECK(page.child_count == 1);
        REQUIRE(page.path.size() == 4);
        CHECK(page.path[0].name == "Tuyên Quang");
        CHECK(page.path[3].id == world.na_lung);
        CHECK(to_text(page.established_on) == "2020-01-01");
    });
}

TEST_CASE("reading units is refused beyond one's reach, on days nobody means, and where nothing stands") {
    test::for_each_store([](Store& store) {
        World world(store);
        const Actor reader = world.person({"organisation.read"}, world.khau_tinh);
        const auto reading = [&](const Actor& actor, UnitId unit_id, std::optional<Date> as_of) {
            return [&, unit_id, as_of] {
                world.read(actor, [&](const Call& call) { read_unit(call, world.trees, {unit_id, as_of}); });
            };
        };
        CHECK(refuses(reading(reader, world.na_hang, {}), Reason::forbidden, "platform.forbidden"));
        CHECK(refuses(reading(reader, world.phia_trang, {}), Reason::forbidden, "platform.forbidden"));
        CHECK(refuses(reading(world.program, UnitId{9}, {}), Reason::not_found, "platform.not_found"));
        CHECK(refuses(reading(world.program, world.na_lung, day(2019, 1, 1)), Reason::not_found,
                      "platform.not_found"));
        CHECK(refuses(reading(world.program, world.na_lung, day(1024, 1, 1)), Reason::invalid,
                      "checks.day_out_of_range"));
        CHECK(refuses(
            [&] {
                world.read(reader, [&](const Call& call) {
                    read_children(call, world.trees, {world.na_hang, {}});
                });
            },
            Reason::forbidden, "platform.forbidden"));
        CHECK(refuses(
            [&] { world.read(reader, [&](const Call& call) { read_history(call, {world.son_phu}); }); },
            Reason::forbidden, "platform.forbidden"));
        CHECK(refuses([&] { world.read([&](const Call& call) { read_history(call, {UnitId{9}}); }); },
                      Reason::not_found, "platform.not_found"));
    });
}

TEST_CASE("a list holds what the reader may see, and nothing else") {
    test::for_each_store([](Store& store) {
        World world(store);
        CHECK(table(world, world.program, {}).total == 13);
        const Actor reader = world.person({"organisation.read"}, world.khau_tinh);
        const auto seen = table(world, reader, {});
        CHECK(names(seen.units) ==
              std::vector<std::string>{"Khau Tinh", "Nà Lung", "Ban công tác Mặt trận Nà Lung", "Bản Lãng"});
        CHECK(seen.units[1].parent_name == "Khau Tinh");
        CHECK(seen.units[0].child_count == 2);
        CHECK(seen.units[0].descendant_count == 3);
        ListUnits elsewhere;
        elsewhere.within = world.son_phu;
        CHECK(refuses([&] { table(world, reader, elsewhere); }, Reason::forbidden, "platform.forbidden"));
        CHECK(refuses([&] { table(world, world.person({"members.read"}, world.tuyen_quang), {}); },
                      Reason::forbidden, "platform.forbidden"));
    });
}

TEST_CASE("a list is searched without diacritics, narrowed, ordered and read in parts") {
    test::for_each_store([](Store& store) {
        World world(store);
        ListUnits request;
        request.text = "ban lang";
        CHECK(names(table(world, world.program, request).units) == std::vector<std::string>{"Bản Lãng"});
        request.text = "02263-1";
        CHECK(table(world, world.program, request).total == 2);
        request = {};
        request.kind = "cell";
        request.sort = UnitOrder::name;
        request.limit = 2;
        const auto first = table(world, world.program, request);
        CHECK(names(first.units) == std::vector<std::string>{"Bản Lãng", "Chi bộ 1"});
        CHECK(first.total == 5);
        request.after = first.next;
        const auto second = table(world, world.program, request);
        CHECK(names(second.units) == std::vector<std::string>{"Chi bộ 2", "Nà Lung"});
        request.after = second.next;
        const auto third = table(world, world.program, request);
        CHECK(names(third.units) == std::vector<std::string>{"Phia Trang"});
        CHECK_FALSE(third.next);
        request.after = world.na_hang;
        CHECK(
            refuses([&] { table(world, world.program, request); }, Reason::not_found, "platform.not_found"));
        request = {};
        request.kind = "temple";
        CHECK(refuses([&] { table(world, world.program, request); }, Reason::invalid, "platform.not_valid"));
        for (const std::int64_t limit : {std::int64_t{0}, largest_table + 1}) {
            request = {};
            request.limit = limit;
            CHECK(refuses([&] { table(world, world.program, request); }, Reason::invalid,
                          "checks.limit_out_of_range"));
        }
    });
}

TEST_CASE("any day's list is there, and what no longer stands is seen by whoever keeps the unit above it") {
    test::for_each_store([](Store& store) {
        World world(store);
        world.write([&](const Call& call) {
            dissolve(call, {world.ban_lang, in_june, "1"}, {});
            rename(call, {world.na_lung, "Nà Lung mới", in_june, "2"});
        });
        world.go_to(day(2024, 7, 1));
        store.read([&](Db& db) { world.trees.rebuild(db, day(2024, 7, 1)); });
        const Actor keeper = world.person({"organisation.read"}, world.khau_tinh);
        ListUnits request;
        CHECK(table(world, keeper, request).total == 3);
        request.as_of = day(2024, 5, 31);
        const auto before = table(world, keeper, request);
        CHECK(names(before.units) ==
              std::vector<std::string>{"Khau Tinh", "Nà Lung", "Ban công tác Mặt trận Nà Lung", "Bản Lãng"});
        CHECK(to_text(before.as_of) == "2024-05-31");
        const auto page = look<UnitPage>(world, keeper, [&](const Call& call) {
            return read_unit(call, world.trees, {world.ban_lang, day(2024, 5, 31)});
        });
        CHECK(page.dissolved_on == in_june);
        const auto history = look<UnitHistory>(
            world, keeper, [&](const Call& call) { return read_history(call, {world.ban_lang}); });
        REQUIRE(history.periods.size() == 1);
        CHECK(history.periods[0].until_on == in_june);
        CHECK(history.periods[0].parent_name == "Khau Tinh");
        const Actor neighbour = world.person({"organisation.read"}, world.na_lung);
        CHECK(table(world, neighbour, request).total == 2);
        CHECK(refuses(
            [&] {
                world.read(neighbour, [&](const Call& call) {
                    read_unit(call, world.trees, {world.ban_lang, day(2024, 5, 31)});
                });
            },
            Reason::forbidden, "platform.forbidden"));
    });
}

TEST_CASE("the file for a spreadsheet holds every row and no formula") {
    test::for_each_store([](Store& store) {
        World world(store);
        world.write([&](const Call& call) {
            rename(call, {world.na_lung, "=1+\"1\"", day(2024, 5, 4), "1"});
        });
        const auto file = look<Download>(world, world.program, [&](const Call& call) {
            return spreadsheets::download_of(table_of_units(call, world.trees, {}),
                                             spreadsheets::Format::csv);
        });
        CHECK(file.file_name == "units-2024-05-04.csv");
        CHECK(std::count(file.bytes.begin(), file.bytes.end(), '\n') == 14);
        CHECK(file.bytes.find("\"'=1+\"\"1\"\"\"") != std::string::npos);
        CHECK(
            file.bytes.starts_with("\xEF\xBB\xBF"
                                   "code,name,"));
    });
}

TEST_CASE("kinds say below which kinds they may stand") {
    test::for_each_store([](Store& store) {
        World world(store);
        const auto kinds = look<KindList>(world, world.person({}, world.na_lung),
                                          [](const Call& call) { return read_kinds(call); });
        REQUIRE(kinds.kinds.size() == 6);
        CHECK(kinds.kinds[0].key == "province");
        CHECK(kinds.kinds[4].may_stand_below == std::vector<std::string>{"cell", "grassroots"});
        world.read([](const Call& call) {
            CHECK(may_stand_below(call.db, "cell", "grassroots"));
            CHECK_FALSE(may_stand_below(call.db, "grassroots", "cell"));
        });
    });
}
