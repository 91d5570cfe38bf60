#include "meetings/meetings.h"

#include "support/people.h"
#include "support/store_for_test.h"

namespace gw::meetings {
namespace {

using test::day;
using test::refuses;

struct Cell {
    explicit Cell(Store& store) : world(store), people(test::add_people(world, world.na_lung, 6)) {
        secretary =
            world.person({"meetings.read", "meetings.plan", "meetings.record"}, world.na_lung, people[0]);
        reader = world.person({"meetings.read"}, world.na_lung, people[3]);
        outsider = world.person({"meetings.read", "meetings.plan", "meetings.record"}, world.ban_lang);
        world.go_to(day("2024-05-04"), 22 * 60);
    }
    AddMeeting meeting(std::optional<Happening> happening = std::nullopt) const {
        return test::meeting_on(world, world.na_lung, day("2024-05-04"), std::move(happening));
    }
    Happening evening() const { return test::everybody_came(world, day("2024-05-04"), people); }
    MeetingRecord added(const AddMeeting& request) {
        MeetingRecord kept;
        world.write(secretary, [&](const Call& call) { kept = add(call, request, setting); });
        return kept;
    }
    MeetingRecord recorded(MeetingId meeting_id, const Happening& happening) {
        MeetingRecord kept;
        world.write(secretary, [&](const Call& call) {
            kept = record(call, {meeting_id, happening}, setting);
        });
        return kept;
    }
    template <class Act>
    bool refused(const Actor& actor, Reason reason, std::string_view key, Act act) {
        return refuses([&] { world.write(actor, [&](const Call& call) { act(call); }); }, reason, key);
    }
    template <class Key>
    Key fresh() {
        return Key{world.ids.next(world.now)};
    }

    test::World world;
    std::vector<MemberId> people;
    Actor secretary, reader, outsider;
    Setting setting{test::project_rulebooks()};
};

}  // namespace

TEST_CASE("a meeting is planned, changed, held and published") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        AddMeeting request = cell.meeting();
        request.agenda = {"Đánh giá tháng 4", "Bàn việc tháng 5"};
        const Meeting plan = cell.added(request).meeting;
        CHECK(plan.state == State::planned);
        CHECK(plan.meets_on == day("2024-05-04"));
        Meeting changed;
        cell.world.write(cell.secretary, [&](const Call& call) {
            changed = change(
                call,
                {plan.id, plan.version, "Sinh hoạt tháng 5", "Nhà văn hóa thôn", {}, day("2024-05-02")});
            std::vector<AgendaItemId> before;
            for (const AgendaItem& item : show(call, {plan.id}, cell.setting).agenda)
                before.push_back(item.id);
            arrange(call, {plan.id, {{{}, "Bàn làm đường", {}, {}}}, before, {}}, cell.setting);
        });
        CHECK(changed.version == plan.version + 1);
        Happening happening = cell.evening();
        happening.chair_id = cell.people[0];
        happening.roll[4].mark = Mark::excused;
        happening.roll[4].reason = "đi làm xa";
        happening.roll[5].mark = Mark::absent;
        happening.contributions = {
            {cell.fresh<ContributionId>(), cell.people[1], "Nên rải cấp phối trước mùa mưa", "Bàn làm đường"},
            {{}, cell.people[2], ""}};
        happening.clock_started_at = Moment{happening.started_at.milliseconds + 3'600'000};
        happening.times_reason = "Đồng hồ điện thoại nhanh 1 giờ";
        const MeetingRecord kept = cell.recorded(plan.id, happening);
        CHECK(kept.meeting.state == State::held);
        CHECK(kept.meeting.members_present == 4);
        CHECK(kept.meeting.unit_members == 6);
        CHECK(kept.meeting.has_committee);
        CHECK(kept.meeting.speaker_count == 2);
        REQUIRE(kept.agenda.size() == 1);
        CHECK(kept.agenda[0].text == "Bàn làm đường");
        CHECK(kept.contributions[0].speaker_name == "Nguyễn Văn 2");
        CHECK(kept.contributions[0].contribution.about == "Bàn làm đường");
        const auto before = *kept.meeting.score_milli;
        cell.world.write(cell.secretary, [&](const Call& call) {
            CHECK(*publish(call, {plan.id, {}}, cell.setting).score_milli == before + 1000);
        });
        cell.world.read(cell.reader, [&](const Call& call) {
            const MeetingRecord shown = show(call, {plan.id}, cell.setting);
            CHECK(shown.attendances.size() == 6);
            CHECK(shown.contributions.size() == 2);
            CHECK(shown.contributions[0].contribution.about == "Bàn làm đường");
            CHECK(shown.contributions[1].contribution.about == "");
            CHECK(shown.meeting.clock_started_at == happening.clock_started_at);
            CHECK_FALSE(shown.meeting.clock_ended_at);
            CHECK(shown.meeting.times_reason == "Đồng hồ điện thoại nhanh 1 giờ");
            CHECK(shown.meeting.published_on == day("2024-05-04"));
            const Roll called = roll(call, {plan.id});
            CHECK(called.members.size() == 6);
            CHECK(called.members[0].mark.has_value());
        });
    });
}

TEST_CASE("a planned and held meeting goes in at once, and again without effect") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        AddMeeting request = cell.meeting(cell.evening());
        request.id = cell.fresh<MeetingId>();
        request.happening->contributions = {{cell.fresh<ContributionId>(), cell.people[1], "Ý kiến"}};
        const auto before = cell.world.audit_count();
        CHECK(cell.added(request).meeting.id == *request.id);
        CHECK(cell.world.audit_count() == before + 1);
        CHECK(cell.added(request).contributions.size() == 1);
        CHECK(cell.world.audit_count() == before + 1);
        request.happening->roll[0].mark = Mark::absent;
        CHECK(cell.refused(cell.secretary, Reason::conflict, "meetings.recorded_differently",
                           [&](const Call& call) { add(call, request, cell.setting); }));
        request.planned_for.milliseconds += 1;
        CHECK(cell.refused(cell.secretary, Reason::conflict, "meetings.id_taken",
                           [&](const Call& call) { add(call, request, cell.setting); }));
        AddMeeting other = cell.meeting(cell.evening());
        other.happening->contributions = {{request.happening->contributions[0].id, cell.people[1], "Ý kiến"}};
        CHECK(cell.refused(cell.secretary, Reason::invalid, "meetings.id_taken",
                           [&](const Call& call) { add(call, other, cell.setting); }));
    });
}

TEST_CASE("two people who record the same meeting agree or get a conflict") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const MeetingId id = cell.added(cell.meeting()).meeting.id;
        cell.recorded(id, cell.evening());
        CHECK(cell.recorded(id, cell.evening()).meeting.members_present == 6);
        Happening other = cell.evening();
        other.summary = "Kết luận";
        CHECK(cell.refused(cell.secretary, Reason::conflict, "meetings.recorded_differently",
                           [&](const Call& call) {
                               record(call, {id, other}, cell.setting);
                           }));
    });
}

TEST_CASE("planning and recording are refused with their reasons") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const auto adding = [&](const std::function<void(AddMeeting&)>& change, bool held = false) {
            return [&cell, change, held](const Call& call) {
                AddMeeting request = cell.meeting(held ? std::optional(cell.evening()) : std::nullopt);
                change(request);
                add(call, request, cell.setting);
            };
        };
        CHECK(cell.refused(cell.reader, Reason::forbidden, "platform.forbidden", adding([](AddMeeting&) {})));
        CHECK(cell.refused(cell.outsider, Reason::forbidden, "platform.forbidden",
                           adding([](AddMeeting&) {}, true)));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "platform.required",
                           adding([](AddMeeting& r) { r.subject = ""; })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "checks.day_out_of_range",
                           adding([](AddMeeting& r) { r.planned_for = Moment{5}; })));
        CHECK(cell.refused(cell.world.program, Reason::invalid, "meetings.unit_has_no_members",
                           adding([&](AddMeeting& r) { r.unit_id = cell.world.khau_tinh; })));
        CHECK(cell.refused(cell.world.program, Reason::invalid, "meetings.unit_has_no_members",
                           adding([&](AddMeeting& r) { r.unit_id = cell.world.front_board; }, true)));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "meetings.roll_misses",
                           adding([](AddMeeting& r) { r.happening->roll.pop_back(); }, true)));
        CHECK(
            cell.refused(cell.secretary, Reason::invalid, "meetings.not_expected",
                         adding([](AddMeeting& r) { r.happening->roll[0].member_id = MemberId{4}; }, true)));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "meetings.not_yet",
                           adding(
                               [](AddMeeting& r) {
                                   r.happening->started_at.milliseconds += 86'400'000;
                                   r.happening->ended_at.milliseconds += 86'400'000;
                               },
                               true)));
        const Actor planner = cell.world.person({"meetings.plan"}, cell.world.na_lung);
        CHECK(
            cell.refused(planner, Reason::forbidden, "platform.forbidden", adding([](AddMeeting&) {}, true)));

        const Meeting plan = cell.added(cell.meeting()).meeting;
        CHECK(cell.refused(cell.secretary, Reason::conflict, "meetings.changed_meanwhile",
                           [&](const Call& call) {
                               change(call, {plan.id, 9, "x", {}, {}, {}});
                           }));
        CHECK(cell.refused(cell.secretary, Reason::conflict, "meetings.not_in_state", [&](const Call& call) {
            publish(call, {plan.id, {}}, cell.setting);
        }));
        CHECK(cell.refused(cell.secretary, Reason::conflict, "meetings.not_in_state", [&](const Call& call) {
            score_self(call, {plan.id, {}}, cell.setting);
        }));
        CHECK(cell.refused(cell.secretary, Reason::conflict, "meetings.not_scored",
                           [&](const Call& call) { score(call, {plan.id}, cell.setting); }));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "platform.required", [&](const Call& call) {
            cancel(call, {plan.id, ""}, cell.setting);
        }));
        CHECK(cell.refused(cell.reader, Reason::forbidden, "platform.forbidden", [&](const Call& call) {
            cancel(call, {plan.id, "mưa"}, cell.setting);
        }));
        CHECK(cell.refused(cell.reader, Reason::forbidden, "platform.forbidden", [&](const Call& call) {
            record(call, {plan.id, cell.evening()}, cell.setting);
        }));
        CHECK(cell.refused(cell.outsider, Reason::not_found, "platform.not_found",
                           [&](const Call& call) { show(call, {plan.id}, cell.setting); }));
        CHECK(cell.refused(cell.secretary, Reason::not_found, "platform.not_found", [&](const Call& call) {
            record(call, {MeetingId{3}, cell.evening()}, cell.setting);
        }));
        cell.world.write(cell.secretary, [&](const Call& call) {
            CHECK(cancel(call, {plan.id, "lũ"}, cell.setting).state == State::cancelled);
        });
        CHECK(cell.refused(cell.secretary, Reason::conflict, "meetings.not_in_state", [&](const Call& call) {
            record(call, {plan.id, cell.evening()}, cell.setting);
        }));
        CHECK(cell.refused(cell.secretary, Reason::conflict, "meetings.not_in_state", [&](const Call& call) {
            cancel(call, {plan.id, "lũ"}, cell.setting);
        }));

        const MeetingId held = cell.added(cell.meeting(cell.evening())).meeting.id;
        CHECK(cell.refused(cell.secretary, Reason::invalid, "meetings.before_the_meeting",
                           [&](const Call& call) {
                               publish(call, {held, day("2024-05-03")}, cell.setting);
                           }));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "checks.day_in_future", [&](const Call& call) {
            publish(call, {held, day("2024-05-09")}, cell.setting);
        }));
        CHECK(cell.refused(cell.reader, Reason::forbidden, "platform.forbidden", [&](const Call& call) {
            publish(call, {held, {}}, cell.setting);
        }));
        cell.world.write(cell.secretary, [&](const Call& call) { publish(call, {held, {}}, cell.setting); });
        CHECK(cell.refused(cell.secretary, Reason::conflict, "meetings.already_published",
                           [&](const Call& call) {
                               publish(call, {held, {}}, cell.setting);
                           }));
    });
}

TEST_CASE("the agenda fills itself from its sources until the meeting is held") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        std::vector<AgendaProposal> open{{"Làm đường nội thôn", SourceKind::open_item, SourceId{7}}};
        std::optional<Date> asked_for;
        cell.setting.agenda_sources.push_back([&](const Call&, UnitId, Date on) {
            asked_for = on;
            return open;
        });
        AddMeeting request = cell.meeting();
        request.agenda = {"Việc tháng 5"};
        const MeetingId id = cell.added(request).meeting.id;
        const auto agenda = [&] {
            MeetingRecord shown;
            cell.world.read(cell.secretary,
                            [&](const Call& call) { shown = show(call, {id}, cell.setting); });
            return shown.agenda;
        };
        REQUIRE(agenda().size() == 2);
        CHECK(agenda()[1].source_kind == SourceKind::open_item);
        open.push_back({"Trả lời gợi ý của đoàn", SourceKind::advice, SourceId{8}});
        CHECK(agenda().size() == 3);
        cell.recorded(id, cell.evening());
        CHECK(asked_for == day_of(request.planned_for, cell.setting.zone_minutes));
        open.clear();
        REQUIRE(agenda().size() == 3);
        CHECK(agenda()[2].source_id == SourceId{8});
        CHECK(agenda()[2].number == 3);
    });
}

TEST_CASE("the roll holds who is expected on the day") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        test::change_member(cell.world, cell.people[5], [](members::Member& m) { m.is_excused = true; });
        test::change_member(cell.world, cell.people[4],
                            [](members::Member& m) { m.left_on = day("2024-05-01"); });
        cell.world.read(cell.secretary, [&](const Call& call) {
            const Roll called = roll_of_unit(call, {cell.world.na_lung, {}});
            CHECK(called.members.size() == 4);
            CHECK(called.excused_members == 1);
            CHECK(called.members[0].office == members::Office::secretary);
            CHECK(roll_of_unit(call, {cell.world.na_lung, day("2024-04-01")}).members.size() == 5);
        });
        cell.world.read(cell.outsider, [&](const Call& call) {
            CHECK(refuses(
                [&] {
                    roll_of_unit(call, {cell.world.na_lung, {}});
                },
                Reason::forbidden, "platform.forbidden"));
        });
    });
}

TEST_CASE("absence with a reason counts against the meeting from the fourth time running") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        std::int64_t last = -1;
        for (int month = 1; month <= 5; ++month) {
            const Date on = std::chrono::year{2024} / std::chrono::month{static_cast<unsigned>(month)} /
                            std::chrono::day{3};
            Happening happening = test::everybody_came(cell.world, on, cell.people);
            happening.roll[3].mark = Mark::excused;
            happening.roll[3].reason = "đi làm xa";
            last = cell.added(test::meeting_on(cell.world, cell.world.na_lung, on, happening))
                       .meeting.running_excused_count;
            CHECK(last == (month <= 3 ? 0 : 1));
        }
    });
}

TEST_CASE("the unit scores its part and sees the score of a visitor beside it") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        cell.setting.results = [](const Call&, UnitId, Date) { return Results{5, 4}; };
        cell.setting.visitor = [](const Call&, MeetingId) {
            return VisitorScore{"Đoàn công tác", day("2024-05-04"), 80'000};
        };
        const MeetingId id = cell.added(cell.meeting(cell.evening())).meeting.id;
        ScoreSelf request{id, {}};
        for (const ScoreFact& fact : self_facts(cell.setting.library, 2024))
            request.marks.push_back({fact.key, 1});
        MeetingScore result;
        cell.world.write(cell.secretary,
                         [&](const Call& call) { result = score_self(call, request, cell.setting); });
        // 95 possible; 3 lost on speakers, 3 on results, 2 on documents, 1 on publication.
        CHECK(result.points_milli == 86'000);
        CHECK(result.score_class == "fair");
        REQUIRE(result.visitor);
        CHECK(result.gap_milli == 6'000);
        cell.world.read(cell.reader, [&](const Call& call) {
            CHECK(find_meeting(call.db, id)->score_milli == 86'000);
            CHECK(find_meeting(call.db, id)->score_class == "fair");
            CHECK(score(call, {id}, cell.setting).points_milli == 86'000);
        });
        CHECK(cell.refused(cell.reader, Reason::forbidden, "platform.forbidden",
                           [&](const Call& call) { score_self(call, request, cell.setting); }));
        CHECK(
            cell.refused(cell.secretary, Reason::invalid, "meetings.not_self_scored", [&](const Call& call) {
                score_self(call, {id, {{"minutes_held", 200}}}, cell.setting);
            }));
        cell.world.write(cell.secretary, [&](const Call& call) {
            CHECK(score_self(call, {id, {{"content_fits", 0}}}, cell.setting).points_milli == 83'000);
        });
    });
}

TEST_CASE("lists hold meetings of the own reach, the newest first, page by page") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        for (int i = 1; i <= 4; ++i)
            cell.added(
                test::meeting_on(cell.world, cell.world.na_lung,
                                 std::chrono::year{2024} / std::chrono::month{static_cast<unsigned>(i)} /
                                     std::chrono::day{3}));
        cell.world.write(cell.outsider, [&](const Call& call) {
            add(call, test::meeting_on(cell.world, cell.world.ban_lang, day("2024-02-20")), cell.setting);
        });
        cell.world.read(cell.reader, [&](const Call& call) {
            ListMeetings wanted;
            wanted.limit = 3;
            const MeetingPage first = list(call, wanted);
            REQUIRE(first.meetings.size() == 3);
            CHECK(first.meetings[0].meeting.meets_on == day("2024-04-03"));
            CHECK(first.meetings[0].unit_name == "Nà Lung");
            wanted.after = first.next;
            CHECK(list(call, wanted).meetings.size() == 1);
            wanted = {};
            wanted.from = day("2024-02-01");
            wanted.until = day("2024-03-31");
            CHECK(list(call, wanted).meetings.size() == 2);
            wanted.within = cell.world.ban_lang;
            CHECK(refuses([&] { list(call, wanted); }, Reason::forbidden, "platform.forbidden"));
        });
        cell.world.read([&](const Call& call) {
            ListMeetings wanted;
            wanted.within = cell.world.khau_tinh;
            CHECK(list(call, wanted).meetings.size() == 5);
            wanted.state = State::held;
            CHECK(list(call, wanted).meetings.empty());
        });
    });
}

TEST_CASE("counts of a year are those of the meetings held") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        for (const char* on : {"2024-01-03", "2024-01-20", "2024-03-03", "2024-04-03"}) {
            Happening happening = test::everybody_came(cell.world, day(on), cell.people);
            happening.roll[5].mark = Mark::absent;
            happening.has_thematic_part = std::string_view(on) != "2024-03-03";
            happening.contributions = {{{}, cell.people[1], "Một"}, {{}, cell.people[1], "Hai"}};
            cell.added(test::meeting_on(cell.world, cell.world.na_lung, day(on), happening));
        }
        cell.added(cell.meeting());
        cell.world.read([&](const Call& call) {
            const auto units = count_by_unit(call.db, day("2024-01-01"), day("2024-12-31"));
            REQUIRE(units.size() == 1);
            CHECK(units[0].meetings == 4);
            CHECK(units[0].months_met == 3);
            CHECK(units[0].thematic == 3);
            CHECK(units[0].thematic_quarters == 2);
            CHECK(units[0].expected == 24);
            CHECK(units[0].present == 20);
            CHECK(units[0].unexcused == 4);
            CHECK(units[0].scored == 0);
            const auto members = count_by_member(call.db, day("2024-01-01"), day("2024-12-31"));
            REQUIRE(members.size() == 6);
            CHECK(members[5].unexcused == 4);
            const auto speakers = count_contributions(call.db, day("2024-01-01"), day("2024-03-31"));
            REQUIRE(speakers.size() == 1);
            CHECK(speakers[0].member_id == cell.people[1]);
            CHECK(speakers[0].contributions == 6);
            const MemberCounts one = count_of_member(call.db, cell.people[5], cell.world.na_lung,
                                                     day("2024-01-01"), day("2024-03-31"));
            CHECK(one.expected == 3);
            CHECK(one.unexcused == 3);
            CHECK(count_of_member(call.db, MemberId{1}, cell.world.na_lung, day("2024-01-01"),
                                  day("2024-03-31"))
                      .expected == 0);
        });
    });
}

TEST_CASE("many meetings go in at once with roll and marks") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const Meeting like = cell.added(cell.meeting(cell.evening())).meeting;
        std::vector<Meeting> meetings(200, like);
        std::vector<Attendance> attendances;
        std::vector<SelfMarks> marks;
        for (Meeting& meeting : meetings) {
            meeting.id = cell.fresh<MeetingId>();
            SelfMarks& its = marks.emplace_back(SelfMarks{meeting.id, {}});
            for (const ScoreFact& fact : self_facts(cell.setting.library, 2024))
                its.marks.push_back({fact.key, 1});
            for (const MemberId member_id : cell.people)
                attendances.push_back({meeting.id, member_id, Mark::present, ""});
        }
        score_meetings(cell.setting.library, meetings, marks);
        cell.world.write([&](const Call& call) {
            add_meetings(call, meetings);
            add_attendances(call, attendances);
            add_self_marks(call, marks);
            const std::vector<Contribution> words{
                {cell.fresh<ContributionId>(), meetings[0].id, cell.people[0], 1, "Ý kiến"}};
            add_contributions(call, words);
            const std::vector<AgendaItem> agenda{
                {cell.fresh<AgendaItemId>(), meetings[0].id, 1, "Việc", SourceKind::own, std::nullopt}};
            add_agenda_items(call, agenda);
        });
        cell.world.read(cell.reader, [&](const Call& call) {
            CHECK(count_by_member(call.db, day("2024-01-01"), day("2024-12-31"))[0].present == 201);
            const MeetingScore result = score(call, {meetings[199].id}, cell.setting);
            CHECK(result.score_class == meetings[199].score_class);
            CHECK(result.points_milli == meetings[199].score_milli);
            CHECK(show(call, {meetings[0].id}, cell.setting).contributions.size() == 1);
        });
    });
}

}  // namespace gw::meetings
