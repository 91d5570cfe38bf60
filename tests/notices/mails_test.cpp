#include "cell_for_test.h"
#include "mail_server_for_test.h"
#include "notices/calendars.h"
#include "notices/mail_message.h"
#include "notices/notices_rules.h"
#include "notices/wishes.h"

namespace gw::notices {
namespace {

using test::Cell;
using test::day;
using test::for_each_store;
using test::refuses;

// A cell whose installation sends mail to a server of the test.
struct Post {
    explicit Post(Store& store) : cell(store) {
        cell.setting.mail = {server.url(), "", "", "groundwork@example.vn"};
        add_jobs(cell.jobs, cell.setting);
    }

    void give(const std::string& address) {
        cell.world.write(cell.member, [&](const Call& call) { set_address(call, {address}, cell.setting); });
    }
    void confirm(const std::string& code) {
        cell.world.read(cell.member, [&](const Call& call) { confirm_address(call, {code}, cell.setting); });
    }
    std::string code() const {
        const std::string mail = server.mails().back();
        // The text is in base64; its last line is the code.
        const std::string body = mail.substr(mail.rfind("base64") + 6);
        std::string decoded;
        std::uint32_t bits = 0;
        int count = 0;
        for (const char letter : body.substr(0, body.find("\n--"))) {
            static constexpr std::string_view digits =
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
            const auto digit = digits.find(letter);
            if (digit == digits.npos) continue;
            bits = bits << 6 | static_cast<std::uint32_t>(digit);
            if ((count += 6) >= 8) decoded += static_cast<char>(bits >> (count -= 8) & 255);
        }
        return decoded.substr(decoded.find_last_not_of("\r\n") - 5, 6);
    }
    void have_address() {
        give("dang.vien@example.vn");
        cell.jobs.run_all_due();
        confirm(code());
    }
    void tell_member() {
        cell.world.write(cell.secretary, [&](const Call& call) {
            tell(call, {.accounts = {cell.member.account_id}},
                 {Kind::task_given,
                  cell.world.na_lung,
                  ThingId{7},
                  "/tasks/x",
                  {told("task", std::string("Chuyện riêng")), told("due", day("2024-05-30"))}});
        });
    }
    MailState state() {
        std::string text;
        cell.world.read([&](const Call& call) {
            text = call.db.one<std::string>("SELECT state FROM notice_mails").value();
        });
        MailState state{};
        from_text(text, state);
        return state;
    }
    Wishes wishes() {
        Wishes wishes;
        cell.world.read(cell.member, [&](const Call& call) { wishes = show_wishes(call, cell.setting); });
        return wishes;
    }

    test::MailServer server;
    Cell cell;
};

}  // namespace

TEST_CASE("an address gets nothing but its code until the code comes back") {
    for_each_store([](Store& store) {
        Post post(store);
        post.give(" dang.vien@example.vn ");
        post.tell_member();
        post.cell.jobs.run_all_due();
        CHECK(post.server.mails().size() == 1);
        CHECK(post.wishes().address_state == AddressState::unconfirmed);
        post.confirm(post.code());
        CHECK(post.wishes().address_state == AddressState::confirmed);
        post.tell_member();
        post.cell.jobs.run_all_due();
        REQUIRE(post.server.mails().size() == 2);
        CHECK(post.server.mails()[1].find("List-Unsubscribe-Post: List-Unsubscribe=One-Click") !=
              std::string::npos);
        CHECK(post.state() == MailState::sent);
    });
}

TEST_CASE("a code holds for an hour and for five attempts") {
    for_each_store([](Store& store) {
        Post post(store);
        const auto refused = [&](const std::string& code, std::string_view key) {
            return refuses([&] { post.confirm(code); }, Reason::invalid, key);
        };
        CHECK(refused("000000", "notices.code_is_void"));
        post.give("dang.vien@example.vn");
        post.cell.jobs.run_all_due();
        const std::string code = post.code();
        const std::string wrong = code == "111111" ? "222222" : "111111";
        for (int i = 0; i < 5; ++i) CHECK(refused(wrong, "notices.code_is_wrong"));
        CHECK(refused(code, "notices.code_is_void"));
        post.give("dang.vien@example.vn");
        post.cell.jobs.run_all_due();
        const std::string another = post.code();
        post.cell.world.now.milliseconds += 60LL * 60 * 1000;
        CHECK(refused(another, "notices.code_is_void"));
    });
}

TEST_CASE("at most five codes a day, also by taking the address away between") {
    for_each_store([](Store& store) {
        Post post(store);
        for (int i = 0; i < 5; ++i) {
            post.give("dang.vien@example.vn");
            post.cell.world.write(post.cell.member,
                                  [&](const Call& call) { remove_address(call, post.cell.setting); });
        }
        CHECK(post.wishes().address_state == AddressState::none);
        CHECK(
            refuses([&] { post.give("dang.vien@example.vn"); }, Reason::too_many, "notices.too_many_codes"));
        post.cell.world.now.milliseconds += 24LL * 60 * 60 * 1000;
        post.give("dang.vien@example.vn");
    });
}

TEST_CASE("what is no address is refused, and while no mail is sent every address is") {
    for_each_store([](Store& store) {
        Post post(store);
        for (const char* wrong : {"", "a", "a@b", "@b.vn", "a@b.vn@c.vn", "a b@c.vn", "a@b.vn\r\nBcc: c@d.vn",
                                  "<a@b.vn>", "a@.vn", "a@b..vn", "đ@b.vn"})
            CHECK_MESSAGE(refuses([&] { post.give(wrong); }, Reason::invalid, "notices.no_address"), wrong);
        post.cell.setting.mail = {};
        CHECK_FALSE(post.wishes().is_mail_on);
        CHECK(refuses([&] { post.give("a@b.vn"); }, Reason::conflict, "notices.mail_is_off"));
    });
}

TEST_CASE("a kind that is not wished by mail stays in the app") {
    for_each_store([](Store& store) {
        Post post(store);
        post.have_address();
        post.cell.world.write(post.cell.member, [&](const Call& call) {
            set_wish(call, {Kind::task_given, false}, post.cell.setting);
        });
        post.tell_member();
        post.cell.jobs.run_all_due();
        CHECK(post.server.mails().size() == 1);
        CHECK(post.cell.unread(post.cell.member) == 1);
        post.cell.world.write(post.cell.member, [&](const Call& call) {
            set_wish(call, {Kind::task_given, true}, post.cell.setting);
        });
        post.tell_member();
        post.cell.jobs.run_all_due();
        CHECK(post.server.mails().size() == 2);
    });
}

TEST_CASE("a server that is busy is asked again after growing pauses, and given up at last") {
    for_each_store([](Store& store) {
        Post post(store);
        post.have_address();
        post.server.answer_with("451 later");
        post.tell_member();
        std::int64_t waited = 0;
        for (std::int64_t attempt = 1;; ++attempt) {
            post.cell.jobs.run_all_due();
            const auto pause = pause_after(attempt);
            if (!pause) break;
            CHECK(post.state() == MailState::waiting);
            CHECK(*pause > waited);
            waited = *pause;
            post.cell.world.now.milliseconds += *pause - 1;
            post.cell.jobs.run_all_due();
            post.cell.world.now.milliseconds += 1;
        }
        CHECK(post.state() == MailState::failed);
        CHECK(post.server.mails().size() == 1);  // the code
        CHECK(post.wishes().address_fault == "Could not be sent yet; it is tried again.");
    });
}

TEST_CASE("a server that is back gets the mail, and the fault is forgotten") {
    for_each_store([](Store& store) {
        Post post(store);
        post.have_address();
        post.server.answer_with("451 later");
        post.tell_member();
        post.cell.jobs.run_all_due();
        CHECK_FALSE(post.wishes().address_fault.empty());
        post.server.answer_with("250 ok");
        post.cell.world.now.milliseconds += pause_after(1).value();
        post.cell.jobs.run_all_due();
        CHECK(post.state() == MailState::sent);
        CHECK(post.wishes().address_fault.empty());
    });
}

TEST_CASE("what the server will never take is not sent again") {
    for_each_store([](Store& store) {
        Post post(store);
        post.have_address();
        post.server.answer_with("550 no such mailbox");
        post.tell_member();
        post.cell.jobs.run_all_due();
        CHECK(post.state() == MailState::failed);
        CHECK(post.wishes().address_fault == "The mail server refuses this address. Check it.");
    });
}

TEST_CASE("whoever stopped mail, or took the address away, gets no mail that was on its way") {
    for_each_store([](Store& store) {
        Post post(store);
        post.have_address();
        post.tell_member();
        post.cell.world.write(post.cell.member,
                              [&](const Call& call) { remove_address(call, post.cell.setting); });
        post.cell.jobs.run_all_due();
        CHECK(post.state() == MailState::failed);
        CHECK(post.server.mails().size() == 1);
    });
}

TEST_CASE("a link that stands in no mail stops nobody") {
    for_each_store([](Store& store) {
        Post post(store);
        const std::string wrong = make_token();
        CHECK(refuses(
            [&] {
                post.cell.world.write(nobody(), [&](const Call& call) {
                    stop_mail(call, {wrong, {}}, post.cell.setting);
                });
            },
            Reason::not_found, "platform.not_found"));
        CHECK(refuses(
            [&] {
                post.cell.world.read(nobody(),
                                     [&](const Call& call) { show_stop(call, {"x"}, post.cell.setting); });
            },
            Reason::not_found, "platform.not_found"));
    });
}

TEST_CASE("subjects of any language fit a header, and nothing in them starts another") {
    const std::string subject = "Mời họp: Sinh hoạt chi bộ thường kỳ tháng mười hai tại nhà văn hóa thôn";
    const std::string encoded = encoded_phrase(subject);
    for (std::size_t at = 0; at < encoded.size();) {
        const auto end = std::min(encoded.find("\r\n", at), encoded.size());
        CHECK(end - at <= 76);
        at = end + 2;
    }
    CHECK(encoded_phrase("Meeting 5. May") == "Meeting 5. May");
    CHECK(encoded_phrase("a\r\nBcc: b") == "=?UTF-8?Q?a=0D=0ABcc=3A_b?=");
    CHECK(mail_date(moment_of(day("2024-05-04"), 19 * 60 + 30, 420)) == "Sat, 04 May 2024 12:30:00 +0000");
}

TEST_CASE("a calendar is read by whoever knows its address, as far as its owner may read meetings today") {
    for_each_store([](Store& store) {
        Cell cell(store);
        CalendarLimits limits;
        const MeetingId id = cell.plan(day("2024-05-10")), old = cell.plan(day("2024-02-03"), "Đã lâu"),
                        elsewhere = cell.plan(day("2024-05-10"), "Nơi khác", cell.world.na_lung);
        (void)elsewhere;
        std::string path;
        cell.world.write(cell.member, [&](const Call& call) { path = make_calendar(call).path; });
        const auto feed_at = [&](const std::string& name) {
            Feed feed;
            cell.world.read(nobody(), [&](const Call& call) {
                feed = show_calendar(call, {name}, cell.setting, limits);
            });
            return feed.bytes;
        };
        const std::string name = path.substr(path.rfind('/') + 1);
        const std::string feed = feed_at(name);
        CHECK(feed == feed_at(name));  // so that its ETag stands
        CHECK(feed.find("UID:" + to_text(id) + "@groundwork") != std::string::npos);
        CHECK(feed.find("DTSTART:20240510T123000Z") != std::string::npos);
        CHECK(feed.find("SEQUENCE:0") != std::string::npos);
        CHECK(feed.find(to_text(old)) == std::string::npos);  // more than three months back

        const auto is_unknown = [&](const std::string& wanted) {
            return refuses([&] { feed_at(wanted); }, Reason::not_found, "platform.not_found");
        };
        CHECK(is_unknown("x.ics"));
        CHECK(is_unknown(make_token() + ".ics"));
        // A grant that ended takes the meetings away, a locked account the address.
        cell.world.write([&](const Call& call) {
            call.db.run("DELETE FROM grants WHERE account_id = :id", {{"id", cell.member.account_id}});
        });
        CHECK(feed_at(name).find("BEGIN:VEVENT") == std::string::npos);
        cell.world.write([&](const Call& call) {
            call.db.run("UPDATE accounts SET is_locked = 1 WHERE id = :id", {{"id", cell.member.account_id}});
        });
        CHECK(is_unknown(name));
        cell.world.write([&](const Call& call) {
            call.db.run("UPDATE accounts SET is_locked = 0 WHERE id = :id", {{"id", cell.member.account_id}});
        });
        cell.world.write(cell.member, [&](const Call& call) { make_calendar(call); });
        CHECK(is_unknown(name));  // another address took its place
    });
}

TEST_CASE("a joint meeting is in the calendar of the members of every unit that meets, once") {
    for_each_store([](Store& store) {
        Cell cell(store);
        const std::vector<MemberId> guests = add_people(cell.world, cell.world.ban_lang, 2, "Lý Thị");
        const Actor guest = cell.person("khach", guests[1], {"meetings.read"}, cell.world.ban_lang);
        // Whoever has moved from one unit to the other reads both calendars.
        const Actor both = cell.person("haichibo", cell.people[4], {"meetings.read"}, cell.world.ban_lang);
        cell.world.write([&](const Call& call) {
            accounts::add_grant(
                call, {both.account_id, "role_dangvien", cell.world.na_lung, day("2024-01-01"), {}});
        });
        const Actor commune = cell.world.person({"meetings.plan", "meetings.read"}, cell.world.khau_tinh);
        MeetingId id;
        cell.world.write(commune, [&](const Call& call) {
            auto request = meeting_on(cell.world, cell.world.na_lung, day("2024-05-20"));
            request.kind = meetings::Kind::joint;
            request.joined_unit_ids = {cell.world.ban_lang};
            id = meetings::plan(call, request, cell.meeting_setting).id;
        });
        CalendarLimits limits;
        const auto count_in_calendar_of = [&](const Actor& actor) {
            std::string path;
            cell.world.write(actor, [&](const Call& call) { path = make_calendar(call).path; });
            Feed feed;
            cell.world.read(nobody(), [&](const Call& call) {
                feed = show_calendar(call, {path.substr(path.rfind('/') + 1)}, cell.setting, limits);
            });
            const std::string uid = "UID:" + to_text(id) + "@groundwork";
            int count = 0;
            for (std::size_t at = 0; (at = feed.bytes.find(uid, at)) != std::string::npos; ++at) ++count;
            return count;
        };
        CHECK(count_in_calendar_of(guest) == 1);
        CHECK(count_in_calendar_of(cell.member) == 1);
        CHECK(count_in_calendar_of(both) == 1);
        CHECK(count_in_calendar_of(cell.person("noikhac", {}, {"meetings.read"}, cell.world.phia_trang)) ==
              0);
    });
}

TEST_CASE("a calendar that is asked for more than sixty times an hour has to wait") {
    CalendarLimits limits;
    Moment now{1'714'800'000'000};
    for (int i = 0; i < 60; ++i) limits.note("a", now);
    CHECK(refuses([&] { limits.note("a", now); }, Reason::too_many, "notices.asked_too_often"));
    limits.note("b", now);
    now.milliseconds += 60LL * 60 * 1000;
    limits.note("a", now);
}

}  // namespace gw::notices
