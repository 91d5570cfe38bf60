#include "cell_for_test.h"

namespace gw::notices {
namespace {

using test::Cell;
using test::day;
using test::for_each_store;
using test::refuses;

const Delivery& delivery_of(const Invitation& invitation, MemberId member_id) {
    for (const Delivery& delivery : invitation.deliveries)
        if (delivery.member_id == member_id) return delivery;
    throw std::logic_error("not expected at the meeting");
}

}  // namespace

TEST_CASE("an invitation reaches every expected member who has an account, and says who it did not reach") {
    for_each_store([](Store& store) {
        Cell cell(store);
        const MeetingId id = cell.plan(day("2024-05-10"));
        Invitation before;
        cell.world.read(cell.secretary,
                        [&](const Call& call) { before = show_invitation(call, {id}, cell.setting); });
        CHECK_FALSE(before.first_sent_at);
        CHECK(before.untold == 3);
        CHECK(before.deliveries.size() == 6);

        const Invitation sent = cell.invite(id);
        CHECK(sent.first_sent_at == cell.world.now);
        CHECK(sent.untold == 0);
        CHECK_FALSE(sent.is_late);
        CHECK(delivery_of(sent, cell.people[2]).kind == Kind::meeting_invited);
        CHECK_FALSE(delivery_of(sent, cell.people[2]).read_at);
        CHECK_FALSE(delivery_of(sent, cell.people[5]).has_account);
        CHECK_FALSE(delivery_of(sent, cell.people[5]).told_at);
        const Notice notice = cell.inbox(cell.member).at(0);
        CHECK(notice.title == "Invitation: Sinh hoạt thường kỳ");
        CHECK(notice.text == "Nà Lung meets on Friday, 10 May 2024 at 19:30. Place: Nhà văn hóa thôn.");
        CHECK(notice.link == "/meetings/" + to_text(id));

        cell.world.write(cell.member, [&](const Call& call) { mark(call, {notice.id, true}); });
        cell.world.read(cell.secretary, [&](const Call& call) {
            CHECK(delivery_of(show_invitation(call, {id}, cell.setting), cell.people[2]).read_at);
        });
    });
}

TEST_CASE("sent again, an invitation tells only what changed, and invites who is new") {
    for_each_store([](Store& store) {
        Cell cell(store);
        const MeetingId id = cell.plan(day("2024-05-10"));
        cell.invite(id);
        cell.invite(id);
        CHECK(cell.inbox(cell.member).size() == 1);  // nothing had changed

        cell.agenda.emplace_back("Kết nạp đảng viên");
        cell.world.read(cell.secretary, [&](const Call& call) {
            CHECK(show_invitation(call, {id}, cell.setting).changed == std::vector<std::string>{"agenda"});
        });
        const Actor late = cell.person("moi", cell.people[4], {"meetings.read"});
        const Invitation again = cell.invite(id);
        CHECK(again.changed.empty());
        REQUIRE(cell.inbox(cell.member).size() == 2);
        CHECK(cell.inbox(cell.member)[0].kind == Kind::meeting_changed);
        REQUIRE(cell.inbox(late).size() == 1);
        CHECK(cell.inbox(late)[0].kind == Kind::meeting_invited);
    });
}

TEST_CASE("an invitation of the last day is marked late, by its first sending") {
    for_each_store([](Store& store) {
        Cell cell(store);
        const MeetingId id = cell.plan(day("2024-05-10"));
        cell.world.go_to(day("2024-05-09"), 19 * 60 + 29);
        CHECK_FALSE(cell.invite(id).is_late);
        const MeetingId later = cell.plan(day("2024-05-10"), "Sinh hoạt chuyên đề");
        cell.world.go_to(day("2024-05-09"), 19 * 60 + 31);
        CHECK(cell.invite(later).is_late);
        cell.agenda.emplace_back("Thêm một việc");
        CHECK_FALSE(cell.invite(id).is_late);
    });
}

TEST_CASE("a meeting that moves tells its members once, when its invitation was out") {
    for_each_store([](Store& store) {
        Cell cell(store);
        cell.follow();
        const MeetingId id = cell.plan(day("2024-05-10"));
        const Moment moved = moment_of(day("2024-05-12"), 20 * 60, 420);
        cell.move(id, moved);
        cell.follow();
        CHECK(cell.inbox(cell.member).empty());  // nobody had heard of it
        cell.invite(id);
        cell.move(id, moment_of(day("2024-05-13"), 20 * 60, 420));
        cell.follow();
        cell.follow();
        REQUIRE(cell.inbox(cell.member).size() == 2);
        CHECK(cell.inbox(cell.member)[0].text ==
              "Nà Lung now meets on Monday, 13 May 2024 at 20:00. Place: Nhà văn hóa thôn.");
        CHECK(cell.inbox(cell.member)[0].told_by == "a person");
        CHECK(cell.unread(cell.secretary) == 0);  // who moved it knows
        cell.invite(id);
        CHECK(cell.inbox(cell.member).size() == 2);  // told already
    });
}

TEST_CASE("another place is told as a change, another subject waits for the secretary") {
    for_each_store([](Store& store) {
        Cell cell(store);
        cell.follow();
        const MeetingId id = cell.plan(day("2024-05-10"));
        cell.invite(id);
        const Moment same = cell.meeting(id).planned_for;
        cell.move(id, same, "Trường học");
        cell.follow();
        REQUIRE(cell.inbox(cell.member).size() == 2);
        CHECK(cell.inbox(cell.member)[0].kind == Kind::meeting_changed);
        cell.move(id, same, "Trường học");
        cell.follow();
        CHECK(cell.inbox(cell.member).size() == 2);
    });
}

TEST_CASE("a cancelled meeting tells whoever had heard of it, also one who has left the cell since") {
    for_each_store([](Store& store) {
        Cell cell(store);
        cell.follow();
        const MeetingId id = cell.plan(day("2024-05-10")), quiet = cell.plan(day("2024-05-20"), "Họp kín");
        cell.invite(id);
        test::change_member(cell.world, cell.people[3],
                            [](members::Member& left) { left.left_on = day("2024-05-05"); });
        cell.world.write(cell.secretary, [&](const Call& call) {
            meetings::cancel(call, {id, "Mưa lũ"}, cell.meeting_setting);
            meetings::cancel(call, {quiet, "Mưa lũ"}, cell.meeting_setting);
        });
        cell.follow();
        REQUIRE(cell.inbox(cell.member).size() == 2);
        CHECK(cell.inbox(cell.member)[0].text ==
              "Nà Lung does not meet on Friday, 10 May 2024 at 19:30. Reason: Mưa lũ");
        REQUIRE(cell.inbox(cell.other).size() == 2);
        CHECK(cell.inbox(cell.other)[0].kind == Kind::meeting_cancelled);
    });
}

TEST_CASE("published minutes are told to the members") {
    for_each_store([](Store& store) {
        Cell cell(store);
        cell.follow();
        cell.world.write(cell.secretary, [&](const Call& call) {
            const auto held = meetings::add(
                call,
                test::meeting_on(cell.world, cell.world.na_lung, day("2024-05-03"),
                                 test::everybody_came(cell.world, day("2024-05-03"), cell.people)),
                cell.meeting_setting);
            meetings::publish(call, {held.meeting.id, {}}, cell.meeting_setting);
        });
        cell.follow();
        REQUIRE(cell.inbox(cell.member).size() == 1);
        CHECK(cell.inbox(cell.member)[0].text ==
              "The minutes of the meeting of Nà Lung on 3 May 2024 are out.");
    });
}

TEST_CASE("who may not plan meetings sends no invitation, and who may not read them learns of none") {
    for_each_store([](Store& store) {
        Cell cell(store);
        const MeetingId id = cell.plan(day("2024-05-10"));
        const auto as = [&](const Actor& actor, Reason reason, std::string_view key) {
            const bool sends = refuses(
                [&] { cell.world.write(actor, [&](const Call& call) { invite(call, {id}, cell.setting); }); },
                reason, key);
            const bool looks = refuses(
                [&] {
                    cell.world.read(actor,
                                    [&](const Call& call) { show_invitation(call, {id}, cell.setting); });
                },
                reason, key);
            return sends && looks;
        };
        CHECK(as(cell.member, Reason::forbidden, "platform.forbidden"));
        const Actor stranger =
            cell.person("nguoi.la", {}, {"meetings.read", "meetings.plan"}, cell.world.son_phu);
        CHECK(as(stranger, Reason::not_found, "platform.not_found"));
    });
}

TEST_CASE("a meeting that is held, cancelled or over has no invitation to send") {
    for_each_store([](Store& store) {
        Cell cell(store);
        const MeetingId over = cell.plan(day("2024-05-10")), cancelled = cell.plan(day("2024-05-11"), "Hai");
        cell.world.write(cell.secretary, [&](const Call& call) {
            meetings::cancel(call, {cancelled, "Mưa lũ"}, cell.meeting_setting);
        });
        CHECK(refuses([&] { cell.invite(cancelled); }, Reason::conflict, "notices.not_planned"));
        cell.world.go_to(day("2024-05-11"));
        CHECK(refuses([&] { cell.invite(over); }, Reason::conflict, "notices.meeting_is_over"));
    });
}

}  // namespace gw::notices
