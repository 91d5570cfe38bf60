#include <fstream>

#include "exchange/exchange.h"
#include "exchange/workbook_for_test.h"
#include "members/members.h"
#include "organisation/tree.h"
#include "platform/jobs/jobs.h"
#include "platform/texts/texts.h"
#include "support/store_for_test.h"
#include "support/world.h"

namespace gw::exchange {

namespace {

using std::chrono::day, std::chrono::month, std::chrono::year;
using test::for_each_store, test::refuses, test::World;

const std::string header =
    "code,full_name,unit_code,born_on,stage,office,sex,phone,joined_on,admitted_on,full_on,is_excused\n";

// Imports into a world as one person, without a server.
struct Door {
    explicit Door(Store& store)
        : world(store),
          actor(world.person({"exchange.import", "members.change", "organisation.change"}, world.na_hang)) {}

    Import preview_of(const std::string& bytes, Subject subject = Subject::members) {
        return preview_as(actor, bytes, subject);
    }
    Import preview_as(const Actor& who, const std::string& bytes, Subject subject = Subject::members) {
        Import import;
        world.read(who, [&](const Call& call) { import = preview(call, subject, "list.csv", "", bytes); });
        return import;
    }
    // "row column key" of each mistake.
    std::vector<std::string> mistakes_in(const Import& import) {
        std::vector<std::string> all;
        world.read(actor, [&](const Call& call) {
            for (const Mistake& mistake : mistakes_of(call.db, import.id, 0, 100))
                all.push_back(std::to_string(mistake.row) + " " + mistake.column_letter + " " + mistake.key);
        });
        return all;
    }
    std::vector<std::string> mistakes_of_row(const std::string& row) {
        return mistakes_in(preview_of(header + row + "\n"));
    }
    void bring_in(const Import& import) {
        world.read(actor,
                   [&](const Call& call) { commit(call, import.id, [](std::int64_t, std::int64_t) {}); });
        world.announcements.deliver();
    }
    Import look(const Import& import) {
        Import found;
        world.read([&](const Call& call) {
            found = *call.db.one<Import>("SELECT * FROM imports WHERE id = :id", {{"id", import.id}});
        });
        return found;
    }
    std::int64_t member_count() {
        std::int64_t count = 0;
        world.read([&](const Call& call) { count = call.db.count("SELECT COUNT(*) FROM members"); });
        return count;
    }

    World world;
    Actor actor;
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("members come in from CSV: new, changed, unchanged; the same file twice changes nothing") {
    for_each_store([](Store& store) {
        Door door(store);
        const std::string file =
            "\xEF\xBB\xBF"
            "Số thẻ;Họ và tên;Mã đơn vị;Ngày sinh;Giai đoạn;Chức vụ;Quê quán\r\n"
            "08.1;Nguyễn Văn Đức;02263-1;17/4/1980;chính thức;Bí thư;Na Hang\r\n"
            "08.2;Hoàng Thị Én;02263-2;1990-02-28;dự bị;;\r\n";
        const Import first = door.preview_of(file);
        CHECK(door.mistakes_in(first).empty());
        CHECK(first.state == ImportState::ready);
        CHECK(first.row_count == 2);
        CHECK(first.new_count == 2);
        CHECK(first.ignored_columns == "Quê quán");
        CHECK(first.sample.find("Nguyễn Văn Đức") != std::string::npos);
        CHECK(door.member_count() == 0);

        const auto entries = door.world.audit_count();
        door.bring_in(first);
        CHECK(door.world.audit_count() == entries + 1);
        CHECK(door.look(first).state == ImportState::committed);
        door.world.read([&](const Call& call) {
            const auto members = members::members_of(call.db, door.world.na_lung, call.today);
            REQUIRE(members.size() == 1);
            CHECK(members[0].full_name == "Nguyễn Văn Đức");
            CHECK(members[0].folded_name == "nguyen van duc");
            CHECK(members[0].office == members::Office::secretary);
            CHECK(members[0].born_on == year{1980} / month{4} / day{17});
            const auto detail = call.db.one<std::string>(
                "SELECT detail FROM audit_entries WHERE action = 'import.committed'");
            CHECK(detail->find(first.sha256) != std::string::npos);
            CHECK(detail->find("list.csv") != std::string::npos);
        });

        const Import again = door.preview_of(file);
        CHECK(again.unchanged_count == 2);
        CHECK(again.new_count + again.changed_count == 0);
        door.bring_in(again);
        CHECK(door.member_count() == 2);

        const Import changed = door.preview_of(
            "code,full_name,unit_code\n08.1,Nguyễn Văn Đức,02263-2\n08.2,Hoàng Thị Én,02263-2\n");
        CHECK(changed.changed_count == 1);
        CHECK(changed.unchanged_count == 1);
        CHECK(changed.sample.find(R"({"field":"unit_code","before":"02263-1","after":"02263-2"})") !=
              std::string::npos);
        door.bring_in(changed);
        door.world.read([&](const Call& call) {
            CHECK(members::members_of(call.db, door.world.na_lung, call.today).empty());
            const auto members = members::members_of(call.db, door.world.ban_lang, call.today);
            REQUIRE(members.size() == 2);
            // What the file does not speak of stays.
            CHECK(members[0].office == members::Office::secretary);
            CHECK(members[0].born_on == year{1980} / month{4} / day{17});
        });
    });
}

TEST_CASE("members come in from a workbook") {
    for_each_store([](Store& store) {
        Door door(store);
        const Import import = door.preview_of(
            test::workbook_of({{"Họ và tên", "Mã chi bộ", "Số thẻ"}, {"Lý A Sủng", "02263-1", "08.7"}}));
        CHECK(door.mistakes_in(import).empty());
        door.bring_in(import);
        CHECK(door.member_count() == 1);
    });
}

TEST_CASE("every kind of mistake in a row of members is listed with its cell") {
    for_each_store([](Store& store) {
        Door door(store);
        CHECK(door.mistakes_of_row(",A,02263-1,,,,,,,,,") == Lines{"2 A exchange.cell_missing"});
        CHECK(door.mistakes_of_row("1,,02263-1,,,,,,,,,") == Lines{"2 B exchange.cell_missing"});
        CHECK(door.mistakes_of_row("1,A,,,,,,,,,,") == Lines{"2 C exchange.cell_missing"});
        CHECK(door.mistakes_of_row("1,A,nowhere,,,,,,,,,") == Lines{"2 C exchange.no_such_unit"});
        CHECK(door.mistakes_of_row("1,A,02512-1,,,,,,,,,") == Lines{"2 C exchange.out_of_reach"});
        CHECK(door.mistakes_of_row("1,A,02263,,,,,,,,,") == Lines{"2 C members.unit_has_no_members"});
        CHECK(door.mistakes_of_row("1,A,02263-1,31/2/1980,,,,,,,,") == Lines{"2 D exchange.no_day"});
        CHECK(door.mistakes_of_row("1,A,02263-1,2030-01-01,,,,,,,,") == Lines{"2 D members.day_in_future"});
        CHECK(door.mistakes_of_row("1,A,02263-1,,perhaps,,,,,,,") == Lines{"2 E exchange.no_stage"});
        CHECK(door.mistakes_of_row("1,A,02263-1,,,king,,,,,,") == Lines{"2 F exchange.no_office"});
        CHECK(door.mistakes_of_row("1,A,02263-1,,,,other,,,,,") == Lines{"2 G exchange.no_sex"});
        CHECK(door.mistakes_of_row("1,A,02263-1,,,,,call me,,,,") == Lines{"2 H members.no_phone"});
        CHECK(door.mistakes_of_row("1,A,02263-1,,,,,,,2010-01-01,2009-01-01,") ==
              Lines{"2 K members.full_before_admitted"});
        CHECK(door.mistakes_of_row("1,A,02263-1,,candidate,,,,,2010-01-01,,") ==
              Lines{"2 E members.candidate_was_admitted"});
        CHECK(door.mistakes_of_row("1,A,02263-1,,,,,,,,,maybe") == Lines{"2 L exchange.no_yes_or_no"});
        CHECK(door.mistakes_of_row("1,A,02263-1,,,,,,,,,\n1,B,02263-1,,,,,,,,,") ==
              Lines{"3 A exchange.code_twice"});
        CHECK(door.mistakes_of_row("1," + std::string(101, 'x') + ",02263-1,,,,,,,,,") ==
              Lines{"2 B members.too_long"});
        // All of them at once, in the order of rows and columns.
        CHECK(door.mistakes_of_row("1,,nowhere,x,y,z,,,,,,\n2,A,02263-1,,,king,,,,,,") ==
              Lines{"2 B exchange.cell_missing", "2 C exchange.no_such_unit", "2 D exchange.no_day",
                    "2 E exchange.no_stage", "2 F exchange.no_office", "3 F exchange.no_office"});
        CHECK(door.mistakes_in(door.preview_of("code,name\n1,A\n")) == Lines{"1  exchange.column_missing"});
        CHECK(door.mistakes_in(door.preview_of("code,name,unit code,CODE\n1,A,02263-1,1\n")) ==
              Lines{"1 D exchange.column_twice"});
        CHECK(door.mistakes_in(door.preview_of(test::zip_of(test::workbook_parts(
                  "<row>" + test::text_cell("code") + test::text_cell("name") + test::text_cell("unit code") +
                  "</row><row>" + test::text_cell("1") + R"(<c t="e"><v>#REF!</v></c>)" +
                  test::text_cell("02263-1") + "</row>")))) == Lines{"2 B exchange.fault_in_cell"});
        CHECK(door.mistakes_in(door.preview_of("\xFF\xFE"
                                               "a")) == Lines{"0  exchange.is_utf16"});
        CHECK(door.mistakes_in(door.preview_of("\n\n")) == Lines{"0  exchange.file_is_empty"});
        CHECK(door.member_count() == 0);
    });
}

TEST_CASE("members of other people's units and members who left are mistakes") {
    for_each_store([](Store& store) {
        Door door(store);
        const auto all = door.preview_as(door.world.program,
                                         header + "1,A,02512-1,,,,,,,,,\n2,B,02263-1,,,,,,2022-01-01,,,\n");
        door.world.read([&](const Call& call) { commit(call, all.id, [](std::int64_t, std::int64_t) {}); });
        CHECK(door.mistakes_of_row("1,A,02263-1,,,,,,,,,") == Lines{"2 A exchange.member_out_of_reach"});
        door.world.write([&](const Call& call) {
            auto found = members::members_by_code(call.db, std::vector<std::string>{"2"});
            found.at("2").left_on = year{2024} / month{1} / day{1};
            members::change_members(call, std::vector<members::Member>{found.at("2")});
        });
        CHECK(door.mistakes_of_row("2,B,02263-1,,,,,,,,,") == Lines{"2 A members.has_left"});
    });
}

TEST_CASE("the list of mistakes ends at its limit and says so") {
    for_each_store([](Store& store) {
        Door door(store);
        std::string file = "code,full_name,unit_code\n";
        for (std::size_t i = 0; i < most_mistakes + 10; ++i) file += std::to_string(i) + ",A,nowhere\n";
        const Import import = door.preview_of(file);
        CHECK(import.mistake_count == static_cast<std::int64_t>(most_mistakes) + 1);
        CHECK(import.row_count == static_cast<std::int64_t>(most_mistakes) + 10);
        door.world.read([&](const Call& call) {
            const auto last = mistakes_of(call.db, import.id, static_cast<std::int64_t>(most_mistakes), 10);
            REQUIRE(last.size() == 1);
            CHECK(last[0].key == "exchange.too_many_mistakes");
        });
    });
}

TEST_CASE("a preview is refused without permission, without a name and above the size limit") {
    for_each_store([](Store& store) {
        Door door(store);
        CHECK(refuses(
            [&] { door.preview_as(door.world.person({"members.change"}, door.world.na_hang), header); },
            Reason::forbidden, "platform.forbidden"));
        CHECK(refuses(
            [&] {
                door.world.read(door.actor,
                                [&](const Call& call) { preview(call, Subject::members, " ", "", header); });
            },
            Reason::invalid, "exchange.cell_missing"));
        CHECK(refuses(
            [&] {
                door.world.read(door.actor, [&](const Call& call) {
                    preview(call, Subject::members, std::string(300, 'x'), "", header);
                });
            },
            Reason::invalid, "platform.too_long"));
        CHECK(refuses([&] { door.preview_of(std::string(largest_upload + 1, ' ')); }, Reason::invalid,
                      "files.too_large"));
    });
}

TEST_CASE("a commit does all or nothing: a change since the preview refuses it and makes the preview anew") {
    for_each_store([](Store& store) {
        Door door(store);
        const Import import = door.preview_of(header + "1,A,02263-1,,,,,,,,,\n2,B,02263-1,,,,,,,,,\n");
        // Somebody else adds a member with the second card number, elsewhere.
        door.world.write([&](const Call& call) {
            members::Member member;
            member.id = call.new_id<MemberId>();
            member.unit_id = door.world.cell_1;
            member.code = "2";
            member.full_name = "C";
            member.joined_on = call.today;
            members::add_members(call, std::vector<members::Member>{member});
        });
        CHECK(refuses([&] { door.bring_in(import); }, Reason::conflict, "exchange.store_changed_mistakes"));
        CHECK(door.member_count() == 1);
        CHECK(door.look(import).state == ImportState::faulty);
        CHECK(door.mistakes_in(import) == Lines{"3 A exchange.member_out_of_reach"});
        CHECK(refuses([&] { door.bring_in(import); }, Reason::conflict, "exchange.has_mistakes"));

        // A change that is no mistake, but not what the preview showed either.
        const Import second = door.preview_of("code,full_name,unit_code\n5,A,02263-1\n");
        const Import third = door.preview_of("code,full_name,unit_code\n5,Ax,02263-1\n");
        door.bring_in(third);
        CHECK(refuses([&] { door.bring_in(second); }, Reason::conflict, "exchange.store_changed"));
        CHECK(door.look(second).state == ImportState::ready);
        CHECK(door.look(second).changed_count == 1);
        door.bring_in(second);
        CHECK(door.look(second).state == ImportState::committed);
        // Twice is once.
        door.bring_in(second);
        CHECK(door.member_count() == 2);
    });
}

TEST_CASE("a failure in the middle of a commit leaves nothing") {
    for_each_store([](Store& store) {
        Door door(store);
        std::string file = "code,full_name,unit_code\n";
        for (int i = 0; i < 5000; ++i) file += std::to_string(i) + ",A,02263-1\n";
        const Import import = door.preview_of(file);
        CHECK_THROWS_AS(door.world.read(door.actor,
                                        [&](const Call& call) {
                                            commit(call, import.id, [](std::int64_t done, std::int64_t) {
                                                if (done >= 4000) throw jobs::Interrupted();
                                            });
                                        }),
                        jobs::Interrupted);
        CHECK(door.member_count() == 0);
        CHECK(door.look(import).state == ImportState::ready);
        door.bring_in(import);
        CHECK(door.member_count() == 5000);
    });
}

TEST_CASE("groundwork import: preview and commit in one go, with a report for a terminal") {
    for_each_store([](Store& store) {
        Door door(store);
        const Texts texts(std::string(GROUNDWORK_SOURCE_DIR) + "/messages");
        const auto run = [&](const std::string& bytes, std::string& report) {
            const std::string path = door.world.folder + "/people.csv";
            std::ofstream(path) << bytes;
            bool is_good = false;
            door.world.read([&](const Call& call) {
                is_good = import_file(call, texts, Subject::members, path, "", report);
            });
            return is_good;
        };
        std::string report;
        CHECK(!run("code,name,unit code\n1,A,nowhere\n", report));
        CHECK(report ==
              "C2: \"nowhere\": No unit has this code today. Check it in the list of units, or bring in the "
              "units first.\n"
              "1 rows, 1 mistakes. Nothing was brought in.\n");
        report.clear();
        CHECK(run("code,name,unit code\n1,A,02263-1\n", report));
        CHECK(report == "1 rows brought in: 1 new, 0 changed, 0 unchanged.\n");
        CHECK(refuses(
            [&] {
                door.world.read([&](const Call& call) {
                    import_file(call, texts, Subject::members, "/nowhere/x.csv", "", report);
                });
            },
            Reason::invalid, "exchange.cannot_open"));
    });
}

TEST_CASE("units come in with parents later in the file; the same file twice changes nothing") {
    for_each_store([](Store& store) {
        Door door(store);
        const std::string file =
            "Mã;Tên;Loại;Mã cấp trên\n"
            "X-1;Chi bộ Nà Mới;Chi bộ;X\n"
            "X;Xã Mới;Đảng bộ cơ sở;072\n"
            "02263-1;Nà Lung;Chi bộ;02263\n"
            "02263-2;Bản Lãng mới;cell;02263\n"
            "02257-1;Phia Trang;cell;02263\n";
        const Import import = door.preview_of(file, Subject::units);
        CHECK(door.mistakes_in(import).empty());
        CHECK(import.new_count == 2);
        CHECK(import.changed_count == 2);
        CHECK(import.unchanged_count == 1);
        const Import own = door.preview_of(file, Subject::units);
        door.bring_in(own);
        const auto tree = door.world.tree();
        int found = 0;
        for (const auto& unit : tree->units()) {
            if (unit.code == "X-1") {
                ++found;
                CHECK(tree->at(unit.parent).code == "X");
                CHECK(tree->at(tree->at(unit.parent).parent).code == "072");
            }
            if (unit.code == "02263-2") ++found, CHECK(unit.name == "Bản Lãng mới");
            if (unit.code == "02257-1") ++found, CHECK(tree->at(unit.parent).code == "02263");
        }
        CHECK(found == 3);
        const Import again = door.preview_of(file, Subject::units);
        CHECK(again.unchanged_count == 5);
        CHECK(again.new_count + again.changed_count == 0);
    });
}

TEST_CASE("every kind of mistake in a row of units is listed with its cell") {
    for_each_store([](Store& store) {
        Door door(store);
        const auto mistakes = [&](const std::string& rows) {
            return door.mistakes_in(
                door.preview_of("code,name,kind,parent_code,from_on\n" + rows, Subject::units));
        };
        CHECK(mistakes(",A,cell,02263,\n") == Lines{"2 A exchange.cell_missing"});
        CHECK(mistakes("X,,cell,02263,\n") == Lines{"2 B exchange.cell_missing"});
        CHECK(mistakes("X,A,,02263,\n") == Lines{"2 C exchange.cell_missing"});
        CHECK(mistakes("X,A,cell,,\n") == Lines{"2 D exchange.cell_missing"});
        CHECK(mistakes("X,A,castle,02263,\n") == Lines{"2 C exchange.no_such_kind"});
        CHECK(mistakes("X,A,cell,nowhere,\n") == Lines{"2 D exchange.no_such_unit"});
        CHECK(mistakes("X,A,cell,02512,\n") == Lines{"2 D exchange.out_of_reach"});
        CHECK(mistakes("070,Thành phố,district,072,\n") == Lines{"2 C exchange.kind_not_below"});
        CHECK(mistakes("X,A,cell,072,\n") == Lines{"2 C exchange.kind_not_below"});
        CHECK(mistakes("02263-1,Nà Lung,front_board,02263,\n") == Lines{"2 C exchange.kind_differs"});
        CHECK(mistakes("X,A,cell,02263,2030-01-01\n") == Lines{"2 E members.day_in_future"});
        CHECK(mistakes("X,A,cell,02263,soon\n") == Lines{"2 E exchange.no_day"});
        CHECK(mistakes("X,A,cell,02263,\nX,B,cell,02263,\n") == Lines{"3 A exchange.code_twice"});
        CHECK(mistakes("X,A,grassroots,Y,\nY,B,grassroots,X,\n") ==
              Lines{"2 D exchange.circle", "3 D exchange.circle"});
        CHECK(mistakes("02263-1,Nà Lung,cell,X,\nX,A,grassroots,072,\n") ==
              Lines{"2 D exchange.move_below_added_unit"});
        CHECK(mistakes(std::string(41, 'x') + ",A,cell,02263,\n") == Lines{"2 A members.too_long"});
        CHECK(mistakes("X,\"A\tB\",cell,02263,\n") == Lines{"2 B members.control_character"});
        door.world.write([&](const Call& call) {
            organisation::dissolve(call, {door.world.phia_trang, call.today, "1-QĐ"},
                                   [](const Call&, UnitId, Date) { return 0; });
        });
        CHECK(mistakes("02257-1,A,cell,02257,\n") == Lines{"2 A exchange.code_of_former_unit"});
        CHECK(mistakes("02512-1,Chi bộ 1,cell,02263,\n") == Lines{"2 A exchange.out_of_reach"});
    });
}

TEST_CASE("a file opens no door that is closed to its bringer") {
    for_each_store([](Store& store) {
        Door door(store);
        const std::string units = "code,name,kind,parent_code\n02263-9,Nà Mới,cell,02263\n";
        const std::string people = "code,full_name,unit_code\n77,Lò Thị Mẫu,02263-1\n";
        door.actor = door.world.person({"exchange.import", "members.change"}, door.world.na_hang);
        CHECK(door.mistakes_in(door.preview_of(people, Subject::members)).empty());
        CHECK(refuses([&] { door.preview_of(units, Subject::units); }, Reason::forbidden,
                      "platform.forbidden"));
        door.actor = door.world.person({"exchange.import", "organisation.change"}, door.world.na_hang);
        CHECK(door.mistakes_in(door.preview_of(units, Subject::units)).empty());
        CHECK(refuses([&] { door.preview_of(people, Subject::members); }, Reason::forbidden,
                      "platform.forbidden"));
    });
}

}  // namespace gw::exchange
