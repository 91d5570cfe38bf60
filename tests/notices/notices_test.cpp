#include "notices/notices.h"

#include "cell_for_test.h"
#include "directives/directives.h"
#include "tasks/tasks.h"
#include "visits/visits.h"

namespace gw::notices {
namespace {

using test::Cell;
using test::day;
using test::for_each_store;
using test::refuses;

ToTell task_notice(const Cell& cell) {
    return {Kind::task_given,
            cell.world.na_lung,
            ThingId{77},
            "/tasks/0000000000077",
            {told("task", std::string("Sửa cầu")), told("due", day("2024-05-30"))}};
}

Told tell_in(Cell& cell, const Actor& actor, const Recipients& recipients) {
    Told told;
    cell.world.write(actor, [&](const Call& call) { told = tell(call, recipients, task_notice(cell)); });
    return told;
}

}  // namespace

TEST_CASE("everybody named is told once, and who has no account is not reachable in the app") {
    for_each_store([](Store& store) {
        Cell cell(store);
        const Told told = tell_in(cell, cell.secretary,
                                  {.members = {cell.people[2], cell.people[2], cell.people[5]},
                                   .accounts = {cell.member.account_id, cell.secretary.account_id}});
        CHECK(told.reached == 2);
        CHECK(told.unreachable == 1);
        CHECK(cell.inbox(cell.member).size() == 1);
        CHECK(cell.unread(cell.member) == 1);
        CHECK(cell.inbox(cell.secretary).size() == 1);
        CHECK(cell.unread(cell.secretary) == 0);  // who tells need not be told
        CHECK(cell.inbox(cell.other).empty());
    });
}

TEST_CASE("the office of a unit is its secretary, its committee and whoever plans its meetings") {
    for_each_store([](Store& store) {
        Cell cell(store);
        const Actor deputy = cell.person("phobithu", cell.people[1], {"meetings.read"});
        const Actor office = cell.person("vanphong", {}, {"meetings.plan"}, cell.world.khau_tinh);
        const Told told = tell_in(cell, cell.member, {.offices_of = {cell.world.na_lung}});
        CHECK(told.reached == 2);
        CHECK(cell.unread(cell.secretary) == 1);
        CHECK(cell.unread(deputy) == 1);
        CHECK(cell.unread(cell.member) == 0);
        CHECK(cell.unread(office) == 0);  // of the commune, above the cell
        tell_in(cell, cell.member, {.offices_of = {cell.world.khau_tinh}});
        CHECK(cell.unread(office) == 1);
    });
}

TEST_CASE("a locked account is told nothing") {
    for_each_store([](Store& store) {
        Cell cell(store);
        cell.world.write([&](const Call& call) {
            call.db.run("UPDATE accounts SET is_locked = 1 WHERE id = :id", {{"id", cell.member.account_id}});
        });
        const Told told = tell_in(cell, cell.secretary,
                                  {.members = {cell.people[2]}, .accounts = {cell.member.account_id}});
        CHECK(told.reached == 0);
        CHECK(told.unreachable == 1);
        CHECK(cell.inbox(cell.member).empty());
    });
}

TEST_CASE("a notice is a sentence in the reader's language, whoever wrote it") {
    for_each_store([](Store& store) {
        Cell cell(store);
        tell_in(cell, cell.secretary, {.accounts = {cell.member.account_id}});
        const Notice english = cell.inbox(cell.member, "en").at(0);
        CHECK(english.title == "A task for you");
        CHECK(english.text == "Sửa cầu – due 30 May 2024. Given by a person.");
        CHECK(english.unit_name == "Nà Lung");
        CHECK(english.link == "/tasks/0000000000077");
        CHECK(cell.inbox(cell.member, "vi").at(0).text == "Sửa cầu – hạn 30 tháng 5, 2024. a person giao.");
        CHECK(cell.inbox(cell.member, "hi").at(0).text == "Sửa cầu – समय सीमा 30 मई 2024। a person ने दिया।");
    });
}

TEST_CASE("one is marked, all are marked up to what was seen, and both can be taken back") {
    for_each_store([](Store& store) {
        Cell cell(store);
        for (int i = 0; i < 3; ++i) tell_in(cell, cell.secretary, {.accounts = {cell.member.account_id}});
        const auto seen = cell.inbox(cell.member);
        tell_in(cell, cell.secretary, {.accounts = {cell.member.account_id}});
        const auto mark_as = [&](bool is_read) {
            cell.world.write(cell.member, [&](const Call& call) { mark(call, {seen[1].id, is_read}); });
        };
        mark_as(true);
        CHECK(cell.unread(cell.member) == 3);
        mark_as(false);
        CHECK(cell.unread(cell.member) == 4);
        mark_as(true);

        cell.world.now.milliseconds += 1000;
        Marked marked;
        cell.world.write(cell.member, [&](const Call& call) { marked = mark_all(call, {seen[0].id}); });
        CHECK(marked.count == 2);
        CHECK(cell.unread(cell.member) == 1);  // what came after the reader looked
        cell.world.write(cell.member, [&](const Call& call) { marked = unmark_all(call, {marked.read_at}); });
        CHECK(marked.count == 2);
        CHECK(cell.unread(cell.member) == 3);  // the one marked by itself stays read
    });
}

TEST_CASE("nobody marks or sees another's notice") {
    for_each_store([](Store& store) {
        Cell cell(store);
        tell_in(cell, cell.secretary, {.accounts = {cell.member.account_id}});
        const NoticeId id = cell.inbox(cell.member).at(0).id;
        const auto as_other = [&](const std::function<void(const Call&)>& act) {
            return refuses([&] { cell.world.write(cell.other, act); }, Reason::not_found,
                           "platform.not_found");
        };
        CHECK(as_other([&](const Call& call) { mark(call, {id, true}); }));
        CHECK(as_other([&](const Call& call) { mark_all(call, {id}); }));
        cell.world.write(cell.other,
                         [&](const Call& call) { CHECK(unmark_all(call, {cell.world.now}).count == 0); });
        CHECK(cell.unread(cell.member) == 1);
    });
}

TEST_CASE("the inbox comes page by page, each notice once") {
    for_each_store([](Store& store) {
        Cell cell(store);
        for (int i = 0; i < 5; ++i) tell_in(cell, cell.secretary, {.accounts = {cell.member.account_id}});
        std::vector<NoticeId> seen;
        cell.world.read(cell.member, [&](const Call& call) {
            ListNotices request;
            request.limit = 2;
            for (int pages = 0; pages < 3; ++pages) {
                const NoticePage page = list(call, request, cell.setting);
                CHECK(page.unread_count == 5);
                for (const Notice& notice : page.notices) seen.push_back(notice.id);
                CHECK(page.next.has_value() == (pages < 2));
                request.after = page.next;
            }
        });
        CHECK(seen.size() == 5);
        CHECK(std::is_sorted(seen.rbegin(), seen.rend()));
        CHECK(refuses(
            [&] {
                cell.world.read(cell.member, [&](const Call& call) {
                    list(call, {{}, {}, 201}, cell.setting);
                });
            },
            Reason::invalid, "checks.limit_out_of_range"));
    });
}

TEST_CASE("the trail is followed from where it stands, and nothing of it is told twice") {
    for_each_store([](Store& store) {
        Cell cell(store);
        const Actor giver = cell.person("giaoviec", cell.people[4], {"tasks.assign"});
        const auto give = [&](const char* title) {
            cell.world.write(giver, [&](const Call& call) {
                tasks::AssignTask task;
                task.unit_id = cell.world.na_lung;
                task.title = title;
                task.owner_member_id = cell.people[2];
                task.due_on = day("2024-05-30");
                tasks::assign(call, task);
            });
        };
        give("Trước khi có thông báo");
        cell.follow();
        CHECK(cell.inbox(cell.member).empty());
        give("Sửa cầu");
        cell.follow();
        cell.follow();
        REQUIRE(cell.inbox(cell.member).size() == 1);
        CHECK(cell.inbox(cell.member)[0].text == "Sửa cầu – due 30 May 2024. Given by a person.");
        CHECK(cell.inbox(cell.secretary).empty());
    });
}

TEST_CASE("who gives a task to themselves finds it read") {
    for_each_store([](Store& store) {
        Cell cell(store);
        cell.follow();
        Actor secretary = cell.person("bithu", cell.people[0], {"tasks.assign"});
        cell.world.write(secretary, [&](const Call& call) {
            tasks::AssignTask task;
            task.unit_id = cell.world.na_lung;
            task.title = "Viết báo cáo";
            task.owner_member_id = cell.people[0];
            task.due_on = day("2024-05-30");
            tasks::assign(call, task);
        });
        cell.follow();
        CHECK(cell.inbox(secretary).size() == 1);
        CHECK(cell.unread(secretary) == 0);
    });
}

TEST_CASE("advice of a visit is told to the office of the unit") {
    for_each_store([](Store& store) {
        Cell cell(store);
        cell.follow();
        cell.world.write([&](const Call& call) {
            visits::RecordVisit visit;
            visit.unit_id = cell.world.na_lung;
            visit.visited_on = day("2024-05-03");
            visit.group_name = "Đoàn 1";
            visits::AdviceToGive advice;
            advice.text = "Chia việc rõ người";
            advice.expected_change = "Ai cũng biết việc của mình";
            advice.check_on = day("2024-07-01");
            visit.advice_items.push_back(advice);
            visits::record(call, visit);
        });
        cell.follow();
        REQUIRE(cell.inbox(cell.secretary).size() == 1);
        CHECK(cell.inbox(cell.secretary)[0].text ==
              "Đoàn 1 left 1 piece of advice on 3 May 2024. Answer in your next meeting.");
        CHECK(cell.inbox(cell.member).empty());
    });
}

TEST_CASE("a directive is told to the offices of the units it reaches, and to nobody beside them") {
    for_each_store([](Store& store) {
        Cell cell(store);
        const Actor neighbour = cell.person("banlang", {}, {"meetings.plan"}, cell.world.ban_lang);
        const Actor office = cell.world.person({"directives.send"}, cell.world.khau_tinh);
        cell.follow();
        DirectiveId id;
        const auto send = [&](directives::Kind kind) {
            cell.world.write(office, [&](const Call& call) {
                directives::SendDirective request;
                request.unit_id = cell.world.khau_tinh;
                request.kind = kind;
                request.title = "Phòng cháy rừng";
                request.concrete_by = day("2024-06-01");
                request.unit_ids = {cell.world.na_lung};
                id = directives::send(call, request).directive.id;
            });
            cell.follow();
        };
        send(directives::Kind::plan);
        cell.follow();
        REQUIRE(cell.inbox(cell.secretary).size() == 1);
        const Notice notice = cell.inbox(cell.secretary)[0];
        CHECK(notice.title == "A directive: Phòng cháy rừng");
        CHECK(notice.link == "/directives/" + to_text(id));
        CHECK(notice.text.find("make it concrete by 1 June 2024") != std::string::npos);
        CHECK(cell.inbox(cell.member).empty());
        CHECK(cell.inbox(neighbour).empty());
        send(directives::Kind::reminder);
        REQUIRE(cell.inbox(cell.secretary).size() == 2);
        CHECK(cell.inbox(cell.secretary)[0].text.find("discuss it in a meeting") != std::string::npos);
    });
}

TEST_CASE("a directive that was taken back before anybody was told is not told") {
    for_each_store([](Store& store) {
        Cell cell(store);
        const Actor office = cell.world.person({"directives.send"}, cell.world.khau_tinh);
        cell.follow();
        cell.world.write(office, [&](const Call& call) {
            directives::SendDirective request;
            request.unit_id = cell.world.khau_tinh;
            request.title = "Gửi nhầm";
            request.concrete_by = day("2024-06-01");
            const DirectiveId id = directives::send(call, request).directive.id;
            directives::end(call, {id, "Gửi nhầm"});
        });
        cell.follow();
        CHECK(cell.inbox(cell.secretary).empty());
    });
}

TEST_CASE("every kind has a name, a title, a sentence and a sentence for mails") {
    using Kinds = boost::describe::describe_enumerators<Kind>;
    boost::mp11::mp_for_each<Kinds>([](auto kind) {
        for (const char* what : {"kind", "title", "text", "mail"})
            CHECK_MESSAGE(test::project_texts().has("notices." + std::string(what) + "." + kind.name), what,
                          " ", kind.name);
    });
}

}  // namespace gw::notices
