#include "meetings/planning_desk.h"

namespace gw::meetings {
namespace {

using Desk = PlanningDesk;
using test::day;
using test::refuses;

}  // namespace

TEST_CASE("the agenda stays in the order that people gave it, with what came by itself") {
    test::for_each_store([](Store& store) {
        Desk desk(store);
        const Meeting meeting = desk.planned();
        const auto first = desk.shown(meeting.id).agenda;
        REQUIRE(first.size() == 4);
        const ArrangedAgendaItem advice{{}, first[3].text, SourceKind::advice, SourceId{8}};
        const ArrangedAgendaItem own{first[1].id, "Bàn việc tháng 6 và mùa mưa", {}, {}};
        desk.arranged({meeting.id, {advice, own}, {}, {}});
        using Texts = std::vector<std::string>;
        // What nobody named was there too, and stands at the end.
        CHECK(desk.agenda(meeting.id) == Texts{"Trả lời gợi ý", "Bàn việc tháng 6 và mùa mưa",
                                               "Đánh giá tháng 5", "Làm đường nội thôn"});
        desk.proposals.push_back({"Công nhận đảng viên", SourceKind::recognition, SourceId{9}});
        desk.proposals.erase(desk.proposals.begin());
        CHECK(desk.agenda(meeting.id) == Texts{"Trả lời gợi ý", "Bàn việc tháng 6 và mùa mưa",
                                               "Đánh giá tháng 5", "Công nhận đảng viên"});
        desk.arranged({meeting.id, {own, advice}, {first[0].id}, {}});
        desk.world.go_to(day("2024-06-04"), 22 * 60);
        MeetingRecord kept;
        desk.world.write(desk.secretary, [&](const Call& call) {
            kept =
                record(call, {meeting.id, test::everybody_came(desk.world, day("2024-06-04"), desk.people)},
                       desk.setting);
        });
        CHECK(desk.agenda(meeting.id) ==
              Texts{"Bàn việc tháng 6 và mùa mưa", "Trả lời gợi ý", "Công nhận đảng viên"});
        CHECK(kept.agenda[2].number == 3);
        // What comes later changes the agenda of a held meeting no more.
        desk.proposals.clear();
        CHECK(desk.agenda(meeting.id).size() == 3);
        CHECK(desk.refused(desk.secretary, Reason::conflict, "meetings.not_in_state", [&](const Call& call) {
            arrange(call, {meeting.id, {own}, {}, {}}, desk.setting);
        }));
    });
}

TEST_CASE("what came by itself may be set aside for one meeting, and is back on the next") {
    test::for_each_store([](Store& store) {
        Desk desk(store);
        const Meeting june = desk.planned();
        const Meeting july = desk.planned("2024-07-04");
        const Agenda answer =
            desk.arranged({june.id, {}, {}, {{SourceKind::open_item, SourceId{7}, "Chờ xi măng về"}}});
        REQUIRE(answer.set_aside.size() == 1);
        CHECK(answer.set_aside[0].text == "Làm đường nội thôn");
        CHECK(answer.set_aside[0].reason == "Chờ xi măng về");
        CHECK(desk.shown(june.id).agenda.size() == 3);
        CHECK(desk.shown(june.id).set_aside.size() == 1);
        CHECK(desk.shown(july.id).agenda.size() == 4);
        CHECK(desk.shown(july.id).set_aside.empty());
        // Somebody who arranges without knowing of it does not undo it.
        desk.arranged({june.id, {{{}, "Việc khác", {}, {}}}, {}, {}});
        CHECK(desk.shown(june.id).set_aside.size() == 1);
        // Naming it takes it back.
        desk.arranged({june.id, {{{}, "Làm đường nội thôn", SourceKind::open_item, SourceId{7}}}, {}, {}});
        CHECK(desk.shown(june.id).set_aside.empty());
        CHECK(desk.agenda(june.id)[0] == "Làm đường nội thôn");
    });
}

TEST_CASE("an agenda that cannot be is refused") {
    test::for_each_store([](Store& store) {
        Desk desk(store);
        const Meeting meeting = desk.planned();
        const Meeting other = desk.planned("2024-07-04");
        const AgendaItemId foreign = desk.shown(other.id).agenda[0].id;
        const auto invalid = [&](std::string_view key, const ArrangeAgenda& request) {
            return desk.refused(desk.secretary, Reason::invalid, key,
                                [&](const Call& call) { arrange(call, request, desk.setting); });
        };
        const ArrangedAgendaItem open{{}, "Làm đường", SourceKind::open_item, SourceId{7}};
        CHECK(invalid("platform.required", {meeting.id, {{{}, " ", {}, {}}}, {}, {}}));
        CHECK(invalid("platform.required", {meeting.id, {{{}, "x", SourceKind::advice, {}}}, {}, {}}));
        CHECK(invalid("meetings.stands_twice", {meeting.id, {open, open}, {}, {}}));
        CHECK(invalid("meetings.stands_twice",
                      {meeting.id, {open}, {}, {{SourceKind::open_item, SourceId{7}, "Chờ"}}}));
        CHECK(invalid("meetings.own_has_no_source", {meeting.id, {{{}, "x", {}, SourceId{7}}}, {}, {}}));
        CHECK(invalid("meetings.own_has_no_source",
                      {meeting.id, {}, {}, {{SourceKind::own, SourceId{7}, "Chờ"}}}));
        CHECK(invalid("platform.required", {meeting.id, {}, {}, {{SourceKind::advice, SourceId{8}, ""}}}));
        CHECK(invalid("meetings.id_taken", {meeting.id, {{foreign, "x", {}, {}}}, {}, {}}));
        CHECK(invalid("meetings.too_many",
                      {meeting.id, std::vector<ArrangedAgendaItem>(201, {{}, "x", {}, {}}), {}, {}}));
        CHECK(desk.refused(desk.reader, Reason::forbidden, "platform.forbidden", [&](const Call& call) {
            arrange(call, {meeting.id, {open}, {}, {}}, desk.setting);
        }));
    });
}

TEST_CASE("a meeting is moved with a reason, and the old time stays to be seen") {
    test::for_each_store([](Store& store) {
        Desk desk(store);
        desk.setting.tell_of_change = [](const Call&, const Meeting&, const PlanChange&) { return 4; };
        const Meeting meeting = desk.planned();
        const Moment later{meeting.planned_for.milliseconds + 24LL * 3600 * 1000};
        const MoveMeeting request{meeting.id, meeting.planned_for, later, "Nhà ông Páo",
                                  "Mưa lũ",   "Gọi từng người"};
        const auto moved = [&](const MoveMeeting& wanted) {
            Meeting after;
            desk.world.write(desk.secretary,
                             [&](const Call& call) { after = move(call, wanted, desk.setting); });
            return after;
        };
        CHECK(to_text(moved(request).meets_on) == "2024-06-05");
        const auto before = desk.world.audit_count();
        CHECK(moved(request).place == "Nhà ông Páo");
        CHECK(desk.world.audit_count() == before);
        const auto changes = desk.shown(meeting.id).plan_changes;
        REQUIRE(changes.size() == 1);
        CHECK(changes[0].kind == PlanChangeKind::moved);
        CHECK(changes[0].planned_before == meeting.planned_for);
        CHECK(changes[0].planned_after == later);
        CHECK(changes[0].reason == "Mưa lũ");
        CHECK(changes[0].told == "Gọi từng người");
        CHECK(changes[0].told_count == 4);
        CHECK(changes[0].place_before == "");
        CHECK(
            desk.refused(desk.secretary, Reason::conflict, "meetings.moved_meanwhile", [&](const Call& call) {
                move(call, {meeting.id, meeting.planned_for, Moment{later.milliseconds + 1}, {}, "Bận", {}},
                     desk.setting);
            }));
        CHECK(desk.refused(desk.secretary, Reason::invalid, "platform.required", [&](const Call& call) {
            move(call, {meeting.id, later, meeting.planned_for, {}, " ", {}}, desk.setting);
        }));
        CHECK(desk.refused(desk.secretary, Reason::invalid, "meetings.is_the_time_before",
                           [&](const Call& call) {
                               move(call, {meeting.id, later, later, {}, "Bận", {}}, desk.setting);
                           }));
        CHECK(desk.refused(desk.reader, Reason::forbidden, "platform.forbidden", [&](const Call& call) {
            move(call, {meeting.id, later, meeting.planned_for, {}, "Bận", {}}, desk.setting);
        }));
    });
}

TEST_CASE("a cancelled meeting is taken up again while its time is not past") {
    test::for_each_store([](Store& store) {
        Desk desk(store);
        const Meeting meeting = desk.planned();
        desk.world.write(desk.secretary, [&](const Call& call) {
            CHECK(cancel(call, {meeting.id, "Mưa lũ", "Loa thôn"}, desk.setting).state == State::cancelled);
            CHECK(restore(call, {meeting.id}, desk.setting).state == State::planned);
        });
        const MeetingRecord shown = desk.shown(meeting.id);
        REQUIRE(shown.plan_changes.size() == 2);
        CHECK(shown.plan_changes[0].kind == PlanChangeKind::cancelled);
        CHECK(shown.plan_changes[0].told == "Loa thôn");
        CHECK(shown.plan_changes[1].kind == PlanChangeKind::restored);
        CHECK(shown.meeting.cancel_reason == "");
        CHECK(desk.refused(desk.secretary, Reason::conflict, "meetings.not_in_state",
                           [&](const Call& call) { restore(call, {meeting.id}, desk.setting); }));
        desk.world.write(desk.secretary, [&](const Call& call) {
            cancel(call, {meeting.id, "Mưa lũ"}, desk.setting);
        });
        CHECK(desk.refused(desk.reader, Reason::forbidden, "platform.forbidden",
                           [&](const Call& call) { restore(call, {meeting.id}, desk.setting); }));
        desk.world.go_to(day("2024-06-05"), 8 * 60);
        CHECK(desk.refused(desk.secretary, Reason::conflict, "meetings.time_is_past",
                           [&](const Call& call) { restore(call, {meeting.id}, desk.setting); }));
    });
}

TEST_CASE("documents that go out less than a day before the meeting are late") {
    test::for_each_store([](Store& store) {
        Desk desk(store);
        const Meeting meeting = desk.planned("2024-05-05");
        const auto noted = [&](std::optional<Moment> at) {
            desk.world.write([&](const Call& call) { note_documents(call, meeting.id, at, 420); });
            return desk.shown(meeting.id);
        };
        constexpr std::int64_t hour = 3600 * 1000;
        CHECK_FALSE(noted(Moment{meeting.planned_for.milliseconds - 24 * hour}).documents_came_late);
        const MeetingRecord late = noted(Moment{meeting.planned_for.milliseconds - 23 * hour});
        CHECK(late.documents_came_late);
        CHECK(to_text(*late.meeting.documents_sent_on) == "2024-05-04");
        desk.world.read(desk.reader, [&](const Call& call) {
            const MeetingPage page = list(call, {desk.world.na_lung, {}, {}, {}, {}, {}, {}});
            REQUIRE(page.meetings.size() == 1);
            CHECK(page.meetings[0].documents_came_late);
        });
        CHECK_FALSE(noted(std::nullopt).meeting.documents_sent_on);
        Meeting said = meeting;
        said.documents_sent_on = day("2024-05-05");
        CHECK(came_late(said));
        said.documents_sent_on = day("2024-05-04");
        CHECK_FALSE(came_late(said));
    });
}

TEST_CASE("a joint meeting calls the members of all its units, and each of them sees it") {
    test::for_each_store([](Store& store) {
        Desk desk(store);
        AddMeeting request = test::meeting_on(desk.world, desk.world.na_lung, day("2024-05-10"));
        request.kind = Kind::joint;
        request.joined_unit_ids = {desk.world.ban_lang};
        CHECK(desk.refused(desk.secretary, Reason::forbidden, "platform.forbidden",
                           [&](const Call& call) { plan(call, request, desk.setting); }));
        Meeting meeting;
        desk.world.write(desk.commune,
                         [&](const Call& call) { meeting = plan(call, request, desk.setting); });
        desk.world.read(desk.neighbour, [&](const Call& call) {
            CHECK(list(call, {desk.world.ban_lang, {}, {}, {}, {}, {}, {}}).meetings.size() == 1);
            const MeetingRecord shown = show(call, {meeting.id}, desk.setting);
            REQUIRE(shown.joined_units.size() == 1);
            CHECK(shown.joined_units[0].id == desk.world.ban_lang);
            CHECK(shown.agenda.empty());
            CHECK(roll(call, {meeting.id}).members.size() == 7);
            CHECK(people_called(call.db, meeting).size() == 7);
        });
        desk.world.go_to(day("2024-05-10"), 22 * 60);
        std::vector<MemberId> all = desk.people;
        all.insert(all.end(), desk.neighbours.begin(), desk.neighbours.end());
        desk.world.write(desk.secretary, [&](const Call& call) {
            const MeetingRecord kept = record(
                call, {meeting.id, test::everybody_came(desk.world, day("2024-05-10"), all)}, desk.setting);
            CHECK(kept.meeting.members_present == 7);
        });
        desk.world.read(desk.neighbour, [&](const Call& call) {
            const MeetingRecord shown = show(call, {meeting.id}, desk.setting);
            CHECK(shown.attendances.size() == 7);
        });
        const Actor stranger = desk.world.person({"meetings.read"}, desk.world.phia_trang);
        CHECK(refuses(
            [&] {
                desk.world.read(stranger, [&](const Call& call) { show(call, {meeting.id}, desk.setting); });
            },
            Reason::not_found, "platform.not_found"));
        const auto invalid = [&](std::string_view key, Kind kind, std::vector<UnitId> joined) {
            AddMeeting wrong = test::meeting_on(desk.world, desk.world.na_lung, day("2024-06-10"));
            wrong.kind = kind;
            wrong.joined_unit_ids = std::move(joined);
            return desk.refused(desk.commune, Reason::invalid, key,
                                [&](const Call& call) { plan(call, wrong, desk.setting); });
        };
        CHECK(invalid("meetings.joint_names_units", Kind::joint, {}));
        CHECK(invalid("meetings.joint_names_units", Kind::regular, {desk.world.ban_lang}));
        CHECK(invalid("meetings.named_twice", Kind::joint, {desk.world.ban_lang, desk.world.ban_lang}));
        CHECK(invalid("meetings.unit_has_no_members", Kind::joint, {desk.world.khau_tinh}));
    });
}

}  // namespace gw::meetings
