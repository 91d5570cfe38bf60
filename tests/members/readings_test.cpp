// Who looked at the files of a unit's people, as the unit and the member see it.
#include "members/readings.h"

#include "members/members_operations.h"
#include "platform/texts/texts.h"
#include "support/store_for_test.h"
#include "support/world.h"

namespace gw::members {

namespace {

using std::chrono::day, std::chrono::month, std::chrono::year;
using test::refuses;

struct Village {
    explicit Village(Store& store) : world(store), readings(store) {
        an = person_of(world.na_lung, "1", "Hoàng Thị An");
        binh = person_of(world.na_lung, "2", "Ma Văn Bình");
        elsewhere = person_of(world.ban_lang, "3", "Lý Thị Chi");
        secretary =
            world.person({"members.read", "members.read_file", "members.read_readings"}, world.na_lung, an);
        secretary.name = "Hoàng Thị An";
        neighbour = world.person({"members.read_readings"}, world.ban_lang);
        above = world.person({"members.read", "members.read_file"}, world.khau_tinh);
        above.name = "Văn phòng xã";
        above.ground = [this](std::string_view, UnitId) {
            return Ground{"commune_office", "", world.khau_tinh};
        };
        by_order = world.person({"members.read", "members.read_file"}, world.tuyen_quang);
        by_order.name = "Đoàn công tác";
        by_order.ground = [this](std::string_view, UnitId) { return Ground{"", "47-QĐ", world.na_lung}; };
    }

    MemberId person_of(UnitId unit_id, const char* code, const char* name) {
        Member member;
        member.id = MemberId{world.ids.next(world.now)};
        member.unit_id = unit_id;
        member.code = code;
        member.full_name = name;
        member.office = Office::secretary;
        member.joined_on = year{2020} / month{2} / day{1};
        world.write([&](const Call& call) { add_members(call, std::span(&member, 1)); });
        return member.id;
    }
    void look(const Actor& actor, MemberId member_id) {
        world.read(actor, [&](const Call& call) { read_file(call, {member_id}, readings); });
    }
    void take_list(const Actor& actor, UnitId unit_id, Part part) {
        world.read(actor, [&](const Call& call) { readings.note_list(call, unit_id, part); });
    }
    ReadingPage seen(const Actor& actor, ListReadingsOfUnit request) {
        readings.write_now();
        ReadingPage page;
        world.read(actor, [&](const Call& call) { page = list_readings(call, request, names); });
        return page;
    }
    ReadingPage seen(const Actor& actor, MemberId member_id) {
        readings.write_now();
        ReadingPage page;
        world.read(actor, [&](const Call& call) {
            page = list_readings(call, ListReadingsOfMember{member_id}, names);
        });
        return page;
    }

    test::World world;
    Readings readings;
    RoleNames names = [](Db&, std::string_view) {
        return std::map<std::string, std::string>{{"commune_office", "Office of the commune"}};
    };
    MemberId an, binh, elsewhere;
    Actor secretary, neighbour, above, by_order;
};

}  // namespace

TEST_CASE("the unit sees who looked at its members' files, when, and what let them, the newest first") {
    test::for_each_store([](Store& store) {
        Village village(store);
        village.world.go_to(year{2024} / month{5} / day{2});
        village.look(village.secretary, village.an);  // her own
        village.look(village.secretary, village.binh);
        village.world.go_to(year{2024} / month{5} / day{3});
        village.look(village.above, village.binh);
        village.look(village.above, village.elsewhere);
        village.world.go_to(year{2024} / month{5} / day{4});
        village.look(village.by_order, village.an);
        village.look(village.by_order, village.an);

        const auto page = village.seen(village.secretary, {village.world.na_lung});
        REQUIRE(page.readings.size() == 3);
        CHECK(!page.next_after);
        const ReadingLine& order = page.readings[0];
        CHECK(order.reader_name == "Đoàn công tác");
        CHECK(order.member_name == "Hoàng Thị An");
        CHECK(order.member_id == village.an);
        CHECK(order.times == 2);
        CHECK(order.because == "47-QĐ");
        CHECK(order.role_name.empty());
        CHECK(order.ground_unit_name == "Nà Lung");
        CHECK(order.is_from_outside);
        const ReadingLine& office = page.readings[1];
        CHECK(office.day == year{2024} / month{5} / day{3});
        CHECK(office.role_name == "Office of the commune");
        CHECK(office.reader_unit_name == "Khau Tinh");
        CHECK(office.reader_office == Office::none);
        CHECK(office.part == Part::file);
        const ReadingLine& own = page.readings[2];
        CHECK(!own.is_from_outside);
        CHECK(own.reader_office == Office::secretary);
        CHECK(own.reader_unit_name == "Nà Lung");

        ListReadingsOfUnit narrow{village.world.na_lung};
        narrow.from_outside = true;
        CHECK(village.seen(village.secretary, narrow).readings.size() == 2);
        narrow.member_id = village.binh;
        CHECK(village.seen(village.secretary, narrow).readings.size() == 1);

        ListReadingsOfUnit first{village.world.na_lung};
        first.limit = 2;
        const auto part = village.seen(village.secretary, first);
        CHECK(part.readings.size() == 2);
        CHECK(part.next_after == 2);
        first.after = part.next_after;
        const auto rest = village.seen(village.secretary, first);
        REQUIRE(rest.readings.size() == 1);
        CHECK(rest.readings[0].member_name == "Ma Văn Bình");
        CHECK(!rest.next_after);
    });
}

TEST_CASE("only who may see the looks at a unit's files sees them, and nothing of another unit") {
    test::for_each_store([](Store& store) {
        Village village(store);
        village.look(village.above, village.binh);
        village.look(village.above, village.elsewhere);
        const auto page = village.seen(village.neighbour, {village.world.ban_lang});
        REQUIRE(page.readings.size() == 1);
        CHECK(page.readings[0].member_name == "Lý Thị Chi");
        ListReadingsOfUnit of_neighbour{village.world.ban_lang};
        of_neighbour.member_id = village.binh;
        CHECK(village.seen(village.neighbour, of_neighbour).readings.empty());
        const Texts texts(std::string(GROUNDWORK_SOURCE_DIR) + "/messages");
        for (const Actor& actor : {village.neighbour, village.above, nobody()}) {
            CHECK(refuses([&] { village.seen(actor, {village.world.na_lung}); }, Reason::forbidden,
                          "platform.forbidden"));
            CHECK(
                refuses([&] { village.seen(actor, village.binh); }, Reason::forbidden, "platform.forbidden"));
            CHECK(refuses(
                [&] {
                    village.world.read(actor, [&](const Call& call) {
                        table_of_readings(call, {village.world.na_lung}, village.names, texts);
                    });
                },
                Reason::forbidden, "platform.forbidden"));
        }
        CHECK(refuses([&] { village.seen(village.secretary, {UnitId{77}}); }, Reason::not_found,
                      "platform.not_found"));
        CHECK(refuses([&] { village.seen(village.secretary, MemberId{77}); }, Reason::not_found,
                      "platform.not_found"));
        const Actor self = village.world.person({}, village.world.na_lung, village.binh);
        CHECK(village.seen(self, village.binh).readings.size() == 1);
    });
}

TEST_CASE("a list taken as a file stands with its unit, and with those below when it held them") {
    test::for_each_store([](Store& store) {
        Village village(store);
        village.world.go_to(year{2024} / month{5} / day{2});
        village.take_list(village.by_order, village.world.na_lung, Part::list);
        village.world.go_to(year{2024} / month{5} / day{3});
        village.take_list(village.above, village.world.khau_tinh, Part::list_with_below);
        village.world.go_to(year{2024} / month{5} / day{4});
        village.take_list(village.above, village.world.khau_tinh, Part::list);
        village.take_list(village.above, village.world.son_phu, Part::list_with_below);

        const auto page = village.seen(village.secretary, {village.world.na_lung});
        REQUIRE(page.readings.size() == 2);
        CHECK(page.readings[0].part == Part::list_with_below);
        CHECK(page.readings[0].unit_name == "Khau Tinh");
        CHECK(page.readings[0].is_from_outside);
        CHECK(!page.readings[0].member_id);
        CHECK(page.readings[1].part == Part::list);
        CHECK(village.seen(village.neighbour, {village.world.ban_lang}).readings.size() == 1);
        ListReadingsOfUnit of_member{village.world.na_lung};
        of_member.member_id = village.an;
        CHECK(village.seen(village.secretary, of_member).readings.empty());
    });
}

TEST_CASE("looks older than a year leave the unit's list, and a member who moved on leaves theirs behind") {
    test::for_each_store([](Store& store) {
        Village village(store);
        village.world.go_to(year{2023} / month{5} / day{3});
        village.look(village.above, village.an);
        village.world.go_to(year{2024} / month{5} / day{1});
        village.look(village.above, village.binh);
        village.world.go_to(year{2024} / month{5} / day{3});
        CHECK(village.seen(village.secretary, {village.world.na_lung}).readings.size() == 2);
        village.world.go_to(year{2024} / month{5} / day{4});
        CHECK(village.seen(village.secretary, {village.world.na_lung}).readings.size() == 1);
        CHECK(village.seen(village.secretary, village.an).readings.size() == 1);

        village.world.write([&](const Call& call) {
            transfer(call, {village.binh, village.world.ban_lang, call.today});
        });
        village.look(village.above, village.binh);
        CHECK(village.seen(village.secretary, {village.world.na_lung}).readings.size() == 1);
        const auto after = village.seen(village.neighbour, {village.world.ban_lang});
        REQUIRE(after.readings.size() == 1);
        CHECK(after.readings[0].day == year{2024} / month{5} / day{4});
    });
}

TEST_CASE("who looked comes as a table, harmless in a spreadsheet") {
    test::for_each_store([](Store& store) {
        Village village(store);
        village.above.name = "=HYPERLINK(1)";
        village.look(village.above, village.binh);
        village.readings.write_now();
        const Texts texts(std::string(GROUNDWORK_SOURCE_DIR) + "/messages");
        village.world.read(village.secretary, [&](const Call& call) {
            const auto table = table_of_readings(call, {village.world.na_lung}, village.names, texts);
            REQUIRE(table.rows.size() == 1);
            CHECK(table.rows[0].size() == table.headings.size());
            const Download file = spreadsheets::download_of(table, spreadsheets::Format::csv);
            CHECK(file.file_name == "file-readings.csv");
            CHECK(file.bytes.find("2024-05-04,1,the member's file,Ma Văn Bình,'=HYPERLINK(1),,Khau Tinh,"
                                  "Office of the commune,Khau Tinh") != std::string::npos);
        });
    });
}

}  // namespace gw::members
