#include "members/members.h"

#include "platform/router.h"
#include "platform/texts/texts.h"
#include "support/store_for_test.h"
#include "support/world.h"

namespace gw::members {

namespace {

using std::chrono::day, std::chrono::month, std::chrono::year;
using test::for_each_store, test::refuses, test::World;

// True when the roll of a unit names the people that belong to it, in the same order, with what is kept of
// them.
bool is_same_roll(Db& db, UnitId unit_id, Date day) {
    const std::vector<Member> members = members_of(db, unit_id, day);
    const std::vector<Person> people = people_of(db, unit_id, day);
    return std::equal(members.begin(), members.end(), people.begin(), people.end(),
                      [](const Member& member, const Person& person) {
                          return member.id == person.id && member.full_name == person.full_name &&
                                 member.folded_name == person.folded_name && member.stage == person.stage &&
                                 member.office == person.office && member.is_excused == person.is_excused &&
                                 member.is_suspended == person.is_suspended;
                      });
}

// The routes of members over a world, asked without a socket.
struct Desk {
    explicit Desk(Store& store)
        : world(store), readings(store), texts(std::string(GROUNDWORK_SOURCE_DIR) + "/messages") {
        add_routes(router, readings, texts, [](Db&, std::string_view) {
            return std::map<std::string, std::string>{{"inspector", "Inspector"}};
        });
    }

    // The answer of a route, called as `actor`. Throws the Refusal of the call.
    std::string ask(const Actor& actor, const std::string& verb, const std::string& address,
                    const std::string& body = "") {
        http::Request request;
        request.method = verb;
        request.path = address.substr(0, address.find('?'));
        if (request.path.size() < address.size()) request.query = address.substr(request.path.size() + 1);
        request.body = body;
        Values values;
        int status = 0;
        const Route* route = router.find(verb, request.path, values, status);
        REQUIRE(route != nullptr);
        const auto input = route->read_request(request, values);
        http::Response response;
        const auto run = [&](const Call& call) { route->run(call, input.get())(response); };
        if (route->way == Way::write) world.write(actor, run);
        else world.read(actor, run);
        return response.body;
    }

    MemberId add(UnitId unit_id, const std::string& code, const std::string& name,
                 const std::string& more = "") {
        const std::string answer =
            ask(world.program, "POST", "/api/members",
                "{\"unit_id\":\"" + to_text(unit_id) + "\",\"code\":\"" + code + "\",\"full_name\":\"" +
                    name + "\"" + (more.empty() ? "" : "," + more) + "}");
        MemberId id;
        REQUIRE(from_text(answer.substr(answer.find("\"id\":\"") + 6, 13), id));
        return id;
    }

    World world;
    Readings readings;
    Texts texts;
    Router router;
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string member_path(MemberId id, const char* rest = "") { return "/api/members/" + to_text(id) + rest; }

std::string change_body(const std::string& name, int version, const std::string& code = "1") {
    return "{\"version\":" + std::to_string(version) + ",\"code\":\"" + code + "\",\"full_name\":\"" + name +
           "\",\"sex\":\"female\",\"stage\":\"full\",\"office\":\"secretary\",\"phone\":\"0912\",\"is_"
           "excused\":false,\"is_suspended\":false,\"discipline\":0}";
}

}  // namespace

TEST_CASE("a member is added, found and counted, with one audit entry") {
    for_each_store([](Store& store) {
        Desk desk(store);
        const auto before = desk.world.audit_count();
        const MemberId id = desk.add(desk.world.na_lung, "08.1", "Nguyễn Văn Đức",
                                     R"("born_on":"1980-01-01","office":"secretary")");
        CHECK(desk.world.audit_count() == before + 1);
        desk.world.read([&](const Call& call) {
            const Member member = get_member(call.db, id);
            CHECK(member.folded_name == "nguyen van duc");
            CHECK(member.office == Office::secretary);
            CHECK(member.joined_on == call.today);
            CHECK(count_members(call.db, desk.world.na_lung, call.today).full == 1);
            CHECK(
                has_too_few_full_members(count_members_by_unit(call.db, call.today).at(desk.world.na_lung)));
            CHECK(members_of(call.db, desk.world.na_lung, call.today).size() == 1);
            CHECK(members_of(call.db, desk.world.ban_lang, call.today).empty());
        });
    });
}

TEST_CASE("probation ends twelve months after admission, and who waits longest comes first") {
    CHECK(end_of_probation(year{2024} / month{2} / day{29}) == year{2025} / month{2} / day{28});
    for_each_store([](Store& store) {
        Desk desk(store);
        desk.world.go_to(year{2024} / month{12} / day{16});
        const auto probationary = [&](const char* code, const char* name, const char* admitted_on) {
            return desk.add(
                desk.world.na_lung, code, name,
                std::string(R"("stage":"probationary","joined_on":"2023-01-01","admitted_on":")") +
                    admitted_on + "\"");
        };
        const MemberId soon = probationary("08.1", "Hoàng Thị Lan", "2024-01-10");
        const MemberId over = probationary("08.2", "Lý Văn Páo", "2023-11-30");
        probationary("08.3", "Ma Thị Hoa", "2024-02-01");
        desk.add(desk.world.na_lung, "08.4", "Đặng Văn Minh", R"("born_on":"1980-01-01")");
        desk.world.read([&](const Call& call) {
            const auto ends = probations_ending(call.db, desk.world.na_lung, year{2025} / month{1} / day{15});
            REQUIRE(ends.size() == 2);
            CHECK(ends[0].id == over);
            CHECK(ends[1].id == soon);
            CHECK(ends[1].full_name == "Hoàng Thị Lan");
            CHECK(ends[1].ends_on == year{2025} / month{1} / day{10});
            CHECK(probations_ending(call.db, desk.world.ban_lang, year{2025} / month{1} / day{15}).empty());
        });
    });
}

TEST_CASE(
    "adding a member is refused without permission, with a taken card number, below a unit without members") {
    for_each_store([](Store& store) {
        Desk desk(store);
        desk.add(desk.world.na_lung, "08.1", "Hoàng Văn A");
        const auto body = [](UnitId unit_id, const char* code) {
            return "{\"unit_id\":\"" + to_text(unit_id) + "\",\"code\":\"" + code +
                   "\",\"full_name\":\"Lý Thị B\"}";
        };
        const Actor stranger = desk.world.person({"members.change"}, desk.world.an_tuong);
        CHECK(refuses([&] { desk.ask(stranger, "POST", "/api/members", body(desk.world.na_lung, "08.2")); },
                      Reason::forbidden, "platform.forbidden"));
        CHECK(refuses(
            [&] { desk.ask(desk.world.program, "POST", "/api/members", body(desk.world.na_lung, "08.1")); },
            Reason::invalid, "members.code_taken"));
        CHECK(refuses(
            [&] { desk.ask(desk.world.program, "POST", "/api/members", body(desk.world.khau_tinh, "08.2")); },
            Reason::invalid, "members.unit_has_no_members"));
        CHECK(refuses([&] { desk.ask(desk.world.program, "POST", "/api/members", body(UnitId{77}, "08.2")); },
                      Reason::not_found, "platform.not_found"));
        const MemberId given{987654321};
        const std::string with_id =
            "{\"id\":\"" + to_text(given) + "\"," + body(desk.world.na_lung, "08.3").substr(1);
        desk.ask(desk.world.program, "POST", "/api/members", with_id);
        CHECK(refuses(
            [&] {
                desk.ask(desk.world.program, "POST", "/api/members",
                         "{\"id\":\"" + to_text(given) + "\"," + body(desk.world.na_lung, "08.4").substr(1));
            },
            Reason::invalid, "members.id_taken"));
    });
}

TEST_CASE("a stale change is a conflict that says who changed the member and when") {
    for_each_store([](Store& store) {
        Desk desk(store);
        const MemberId id = desk.add(desk.world.na_lung, "1", "Hoàng Văn A");
        const Actor secretary = desk.world.person({"members.change"}, desk.world.na_lung);
        CHECK(has(desk.ask(secretary, "PUT", member_path(id), change_body("Hoàng Văn An", 1)),
                  "\"version\":2"));
        try {
            desk.ask(secretary, "PUT", member_path(id), change_body("Hoàng Văn Anh", 1));
            FAIL("was not refused");
        } catch (const Refusal& refusal) {
            CHECK(refusal.reason == Reason::conflict);
            REQUIRE(refusal.problems.size() == 1);
            CHECK(refusal.problems[0].key == "members.changed_meanwhile");
            CHECK(refusal.problems[0].arguments ==
                  Problem{"", "", {{"by", "a person"}, {"at", "2024-05-04 05:00 UTC"}}}.arguments);
        }
        desk.add(desk.world.na_lung, "2", "Hoàng Văn B");
        CHECK(
            refuses([&] { desk.ask(secretary, "PUT", member_path(id), change_body("Hoàng Văn An", 2, "2")); },
                    Reason::invalid, "members.code_taken"));
        const Actor other = desk.world.person({"members.change"}, desk.world.ban_lang);
        CHECK(refuses([&] { desk.ask(other, "PUT", member_path(id), change_body("X", 2)); },
                      Reason::forbidden, "platform.forbidden"));
        CHECK(refuses([&] { desk.ask(secretary, "PUT", member_path(MemberId{5}), change_body("X", 2)); },
                      Reason::not_found, "platform.not_found"));
    });
}

TEST_CASE("the audit trail tells which fields of a member changed, not their values") {
    for_each_store([](Store& store) {
        Desk desk(store);
        const MemberId id = desk.add(desk.world.na_lung, "1", "Hoàng Văn A");
        desk.ask(desk.world.program, "PUT", member_path(id), change_body("Hoàng Văn A", 1));
        desk.world.read([&](const Call& call) {
            const auto detail =
                call.db.one<std::string>("SELECT detail FROM audit_entries WHERE action = 'member.changed'");
            CHECK(detail == R"({"fields":["sex","office","phone"]})");
        });
    });
}

TEST_CASE("a transfer moves a member on its day; the old unit keeps them in its past") {
    for_each_store([](Store& store) {
        Desk desk(store);
        World& world = desk.world;
        const MemberId id =
            desk.add(world.na_lung, "1", "Hoàng Văn A", R"("joined_on":"2022-01-01","office":"secretary")");
        const auto body = [](UnitId unit_id, const char* on) {
            return "{\"unit_id\":\"" + to_text(unit_id) + "\",\"on\":\"" + on + "\"}";
        };
        const auto refused = [&](const Actor& actor, UnitId unit_id, const char* on, Reason reason,
                                 const char* key) {
            return refuses([&] { desk.ask(actor, "POST", member_path(id, "/transfer"), body(unit_id, on)); },
                           reason, key);
        };
        CHECK(refused(world.program, world.na_lung, "2024-04-01", Reason::invalid, "members.same_unit"));
        CHECK(refused(world.program, world.ban_lang, "2022-01-01", Reason::invalid,
                      "members.transfer_before_joined"));
        CHECK(refused(world.program, world.ban_lang, "2024-05-05", Reason::invalid, "members.day_in_future"));
        CHECK(refused(world.program, world.khau_tinh, "2024-04-01", Reason::invalid,
                      "members.unit_has_no_members"));
        CHECK(refused(world.person({"members.change"}, world.na_lung), world.ban_lang, "2024-04-01",
                      Reason::forbidden, "platform.forbidden"));
        CHECK(refused(world.person({"members.change"}, world.ban_lang), world.ban_lang, "2024-04-01",
                      Reason::forbidden, "platform.forbidden"));

        const std::string answer = desk.ask(world.person({"members.change"}, world.khau_tinh), "POST",
                                            member_path(id, "/transfer"), body(world.ban_lang, "2024-04-01"));
        CHECK(has(answer, "\"office\":\"none\""));
        world.read([&](const Call& call) {
            const Date march = year{2024} / month{3} / day{31}, april = year{2024} / month{4} / day{1};
            REQUIRE(members_of(call.db, world.na_lung, march).size() == 1);
            CHECK(members_of(call.db, world.na_lung, march)[0].office == Office::secretary);
            CHECK(members_of(call.db, world.na_lung, april).empty());
            CHECK(members_of(call.db, world.ban_lang, march).empty());
            CHECK(members_of(call.db, world.ban_lang, april).size() == 1);
            CHECK(is_same_roll(call.db, world.na_lung, march));
            CHECK(is_same_roll(call.db, world.na_lung, april));
            CHECK(is_same_roll(call.db, world.ban_lang, march));
            CHECK(is_same_roll(call.db, world.ban_lang, april));
        });
    });
}

TEST_CASE("a member leaves once, not before joining and not in the future") {
    for_each_store([](Store& store) {
        Desk desk(store);
        World& world = desk.world;
        const MemberId id = desk.add(world.na_lung, "1", "Hoàng Văn A", R"("joined_on":"2022-01-01")");
        const auto leave = [&](const Actor& actor, const char* on, const char* reason) {
            return desk.ask(actor, "POST", member_path(id, "/leaving"),
                            std::string("{\"on\":\"") + on + "\",\"reason\":\"" + reason + "\"}");
        };
        CHECK(refuses([&] { leave(world.program, "2021-12-31", "moved"); }, Reason::invalid,
                      "members.left_before_joined"));
        CHECK(refuses([&] { leave(world.program, "2024-05-05", "moved"); }, Reason::invalid,
                      "members.day_in_future"));
        CHECK(refuses([&] { leave(world.program, "2024-05-01", " "); }, Reason::invalid, "members.required"));
        CHECK(refuses([&] { leave(world.program, "2024-05-01", std::string(501, 'x').c_str()); },
                      Reason::invalid, "members.too_long"));
        CHECK(refuses([&] { leave(world.person({"members.change"}, world.cell_1), "2024-05-01", "moved"); },
                      Reason::forbidden, "platform.forbidden"));
        leave(world.program, "2024-05-01", "moved to another \\\"province\\\"");
        CHECK(refuses([&] { leave(world.program, "2024-05-02", "again"); }, Reason::invalid,
                      "members.has_left"));
        CHECK(refuses(
            [&] {
                desk.ask(world.program, "POST", member_path(id, "/transfer"),
                         "{\"unit_id\":\"" + to_text(world.ban_lang) + "\",\"on\":\"2024-05-02\"}");
            },
            Reason::invalid, "members.has_left"));
        world.read([&](const Call& call) {
            CHECK(members_of(call.db, world.na_lung, call.today).empty());
            CHECK(members_of(call.db, world.na_lung, year{2024} / month{4} / day{30}).size() == 1);
            CHECK(count_members(call.db, world.na_lung, call.today).full == 0);
        });
        CHECK(has(desk.ask(world.program, "GET", "/api/members?unit_id=" + to_text(world.na_lung)),
                  "\"total\":0"));
    });
}

TEST_CASE("reading another person's file needs permission and is shown to that person") {
    for_each_store([](Store& store) {
        Desk desk(store);
        World& world = desk.world;
        const MemberId id = desk.add(world.na_lung, "1", "Hoàng Văn A", R"("phone":"0912345678")");
        const Actor reader = world.person({"members.read", "members.read_file"}, world.khau_tinh);
        const Actor lister = world.person({"members.read"}, world.khau_tinh);
        const Actor self = world.person({}, world.na_lung, id);
        CHECK(refuses([&] { desk.ask(lister, "GET", member_path(id)); }, Reason::forbidden,
                      "platform.forbidden"));
        CHECK(refuses([&] { desk.ask(reader, "GET", member_path(MemberId{3})); }, Reason::not_found,
                      "platform.not_found"));
        CHECK(has(desk.ask(self, "GET", member_path(id)), "0912345678"));
        desk.readings.write_now();
        CHECK(desk.ask(self, "GET", member_path(id, "/readings")) == R"({"readings":[],"next_after":null})");

        CHECK(has(desk.ask(reader, "GET", member_path(id)), "0912345678"));
        desk.readings.write_now();
        world.go_to(year{2024} / month{5} / day{4}, 13 * 60);
        desk.ask(reader, "GET", member_path(id));
        desk.ask(reader, "GET", member_path(id));
        desk.readings.stop();
        const std::string shown = desk.ask(self, "GET", member_path(id, "/readings"));
        CHECK(has(shown, "\"times\":3"));
        CHECK(has(shown, "\"reader_name\":\"a person\""));
        CHECK(has(shown, "\"first_at\":1714798800000,\"last_at\":1714802400000"));
        CHECK(refuses([&] { desk.ask(reader, "GET", member_path(id, "/readings")); }, Reason::forbidden,
                      "platform.forbidden"));
        CHECK(has(desk.ask(world.person({"members.read_readings"}, world.na_lung), "GET",
                           member_path(id, "/readings")),
                  "\"times\":3"));
    });
}

TEST_CASE("lists show only name, stage, office and unit, of units within reach") {
    for_each_store([](Store& store) {
        Desk desk(store);
        World& world = desk.world;
        desk.add(world.na_lung, "1", "Nguyễn Văn An", R"("phone":"0912345678","office":"secretary")");
        desk.add(world.na_lung, "2", "Hoàng Thị Én", R"("stage":"probationary")");
        desk.add(world.ban_lang, "3", "Nguyễn Thị Vân");
        desk.add(world.cell_1, "4", "Nguyễn Văn Xa");
        const Actor office = world.person({"members.read"}, world.khau_tinh);
        const auto list = [&](const std::string& query) {
            return desk.ask(office, "GET", "/api/members?" + query);
        };

        const std::string all = list("within=" + to_text(world.khau_tinh));
        CHECK(has(all, "\"total\":3"));
        CHECK(!has(all, "0912345678"));
        CHECK(!has(all, "born_on"));
        CHECK(!has(all, "Nguyễn Văn Xa"));
        CHECK(all.find("Hoàng Thị Én") < all.find("Nguyễn Thị Vân"));
        CHECK(has(list("unit_id=" + to_text(world.na_lung)), "\"total\":2"));
        CHECK(has(list(""), "\"total\":3"));
        CHECK(has(list("text=nguyen%20van"), "\"total\":2"));
        CHECK(has(list("text=VAN%20nguy%E1%BB%85n%20an"), "Nguyễn Văn An"));
        CHECK(has(list("text=100%25"), "\"total\":0"));
        CHECK(has(list("stage=probationary"), "Hoàng Thị Én"));
        CHECK(has(list("office=secretary"), "\"total\":1"));
        const std::string by_office = list("sort=office");
        CHECK(by_office.find("Nguyễn Văn An") < by_office.find("Hoàng Thị Én"));
        const std::string by_stage = list("sort=stage");
        CHECK(by_stage.find("Nguyễn Văn An") < by_stage.find("Hoàng Thị Én"));
        CHECK(has(list("sort=joined_on&limit=2"), "\"total\":3,\"next_after\":2"));
        CHECK(has(list("limit=2&after=2"), "\"total\":3,\"next_after\":null"));
        CHECK(has(list("after=9"), "\"total\":3,\"next_after\":null"));
        CHECK(refuses([&] { list("unit_id=" + to_text(world.cell_1)); }, Reason::forbidden,
                      "platform.forbidden"));
        CHECK(refuses([&] { list("within=" + to_text(world.na_hang) + "x"); }, Reason::invalid,
                      "platform.not_valid"));
        CHECK(refuses([&] { list("text=a%20b%20c%20d%20e"); }, Reason::invalid, "members.too_many_words"));
        CHECK(refuses([&] { desk.ask(world.person({}, world.na_lung), "GET", "/api/members"); },
                      Reason::forbidden, "platform.forbidden"));
        // The whole tree: here the names are walked in order.
        CHECK(has(desk.ask(world.program, "GET", "/api/members?within=" + to_text(world.tuyen_quang)),
                  "\"total\":4"));
    });
}

TEST_CASE("a whole card number finds its member for those who may read the file, and that is noted") {
    for_each_store([](Store& store) {
        Desk desk(store);
        World& world = desk.world;
        const MemberId id = desk.add(world.na_lung, "08.012 345", "Hoàng Văn A");
        desk.add(world.na_lung, "08.012 346", "Hoàng Văn B");
        const MemberId away = desk.add(world.cell_1, "99", "Nguyễn Văn Xa");
        const Actor reader = world.person({"members.read", "members.read_file"}, world.khau_tinh);
        const Actor lister = world.person({"members.read"}, world.khau_tinh);
        Actor lister_of_all = world.person({"members.read"}, world.tuyen_quang);
        const auto list = [&](const Actor& actor, const std::string& query) {
            return desk.ask(actor, "GET", "/api/members?" + query);
        };
        const auto times_read = [&](MemberId of, const char* times) {
            desk.readings.write_now();
            return has(desk.ask(world.program, "GET", member_path(of, "/readings")),
                       std::string("\"times\":") + times + ",");
        };
        const std::string card = "text=%2008.012%20345%20";
        // Who may not read the file learns nothing from a number, nor from a part of one.
        CHECK(has(list(lister, card), "\"total\":0"));
        CHECK(has(list(lister_of_all, "text=99"), "\"total\":0"));
        CHECK(has(list(reader, "text=08.012"), "\"total\":0"));
        CHECK(has(list(reader, "text=99"), "\"total\":0"));
        CHECK(has(list(reader, card + "&stage=candidate"), "\"total\":0"));
        CHECK(has(list(reader, card + "&unit_id=" + to_text(world.ban_lang)), "\"total\":0"));
        CHECK(refuses([&] { list(world.person({"members.read_file"}, world.na_lung), card); },
                      Reason::forbidden, "platform.forbidden"));
        desk.readings.write_now();
        for (const MemberId each : {id, away})
            CHECK(desk.ask(world.program, "GET", member_path(each, "/readings")) ==
                  R"({"readings":[],"next_after":null})");

        const std::string found = list(reader, card);
        CHECK(has(found, "\"total\":1"));
        CHECK(has(found, "Hoàng Văn A"));
        CHECK(times_read(id, "1"));
        CHECK(has(list(reader, card + "&unit_id=" + to_text(world.na_lung)), "\"total\":1"));
        CHECK(has(desk.ask(reader, "GET", "/api/members/table.csv?" + card), "Hoàng Văn A"));
        CHECK(times_read(id, "3"));
        // One's own card is no secret.
        const Actor self = world.person({"members.read"}, world.na_lung, id);
        CHECK(has(list(self, card), "\"total\":1"));
        CHECK(times_read(id, "3"));
    });
}

TEST_CASE("the table of members is harmless in a spreadsheet") {
    for_each_store([](Store& store) {
        Desk desk(store);
        desk.add(desk.world.na_lung, "1", "=1+1");
        const std::string table = desk.ask(desk.world.program, "GET",
                                           "/api/members/table.csv?within=" + to_text(desk.world.khau_tinh));
        CHECK(table.starts_with("\xEF\xBB\xBFName,Stage,"));
        CHECK(has(table, "\r\n'=1+1,full member,no office,Nà Lung,02263-1,2024-05-04\r\n"));
    });
}

TEST_CASE("many members are added and changed at once") {
    for_each_store([](Store& store) {
        World world(store);
        std::vector<Member> members;
        for (int i = 0; i < 500; ++i) {
            Member member;
            member.id = MemberId{world.ids.next(world.now)};
            member.unit_id = world.na_lung;
            member.code = "M" + std::to_string(i);
            member.full_name = "Đỗ Văn " + std::to_string(i);
            member.joined_on = year{2023} / month{1} / day{1};
            members.push_back(member);
        }
        world.write([&](const Call& call) { add_members(call, members); });
        world.write([&](const Call& call) {
            auto found = members_by_code(call.db, std::vector<std::string>{"M7", "M8", "nobody"});
            REQUIRE(found.size() == 2);
            CHECK(found.at("M7").folded_name == "do van 7");
            Member moved = found.at("M7");
            moved.unit_id = world.ban_lang;
            moved.joined_on = year{2024} / month{1} / day{1};
            change_members(call, std::span<const Member>(&moved, 1));
        });
        world.read([&](const Call& call) {
            CHECK(count_members(call.db, world.na_lung, call.today).full == 499);
            CHECK(members_of(call.db, world.na_lung, year{2023} / month{6} / day{1}).size() == 500);
            CHECK(is_same_roll(call.db, world.na_lung, year{2023} / month{6} / day{1}));
            CHECK(is_same_roll(call.db, world.na_lung, call.today));
            CHECK(members_by_code(call.db, std::vector<std::string>(20'001, "M7")).size() == 1);
        });
    });
}

}  // namespace gw::members
