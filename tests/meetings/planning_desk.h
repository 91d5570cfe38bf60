// A cell with its neighbour, and what tests of planning ask of them.
#pragma once
#include "meetings/series.h"
#include "support/people.h"
#include "support/store_for_test.h"

namespace gw::meetings {

struct PlanningDesk {
    explicit PlanningDesk(Store& store) : world(store), people(test::add_people(world, world.na_lung, 4)) {
        neighbours = test::add_people(world, world.ban_lang, 3, "Lý Thị");
        secretary =
            world.person({"meetings.read", "meetings.plan", "meetings.record"}, world.na_lung, people[0]);
        neighbour = world.person({"meetings.read", "meetings.plan", "meetings.record"}, world.ban_lang,
                                 neighbours[0]);
        reader = world.person({"meetings.read"}, world.na_lung, people[3]);
        commune = world.person({"meetings.read", "meetings.plan", "meetings.record"}, world.khau_tinh);
        world.go_to(test::day("2024-05-04"), 8 * 60);
        setting.agenda_sources.push_back([this](const Call&, UnitId, Date) { return proposals; });
    }
    Meeting planned(const char* on = "2024-06-04") {
        Meeting meeting;
        world.write(secretary, [&](const Call& call) {
            AddMeeting request = test::meeting_on(world, world.na_lung, test::day(on));
            request.agenda = {"Đánh giá tháng 5", "Bàn việc tháng 6"};
            meeting = plan(call, request, setting);
        });
        return meeting;
    }
    MeetingRecord shown(MeetingId meeting_id) {
        MeetingRecord record;
        world.read(secretary, [&](const Call& call) { record = show(call, {meeting_id}, setting); });
        return record;
    }
    std::vector<std::string> agenda(MeetingId meeting_id) {
        std::vector<std::string> texts;
        for (const AgendaItem& item : shown(meeting_id).agenda) texts.push_back(item.text);
        return texts;
    }
    Agenda arranged(const ArrangeAgenda& request) {
        Agenda answer;
        world.write(secretary, [&](const Call& call) { answer = arrange(call, request, setting); });
        return answer;
    }
    template <class Act>
    bool refused(const Actor& actor, Reason reason, std::string_view key, Act act) {
        return test::refuses([&] { world.write(actor, [&](const Call& call) { act(call); }); }, reason, key);
    }
    std::vector<std::string> days_planned(UnitId unit_id) {
        std::vector<std::string> days;
        world.read([&](const Call& call) {
            for (const Meeting& meeting :
                 meetings_of(call.db, unit_id, test::day("2024-01-01"), test::day("2026-12-31")))
                if (meeting.state == State::planned) days.push_back(to_text(meeting.meets_on));
        });
        return days;
    }
    StartSeries fourth_of_each_month() const {
        StartSeries request;
        request.unit_id = world.na_lung;
        request.subject = "Sinh hoạt thường kỳ";
        request.place = "Nhà văn hóa thôn";
        request.day_of_month = 4;
        request.minute_of_day = 19 * 60 + 30;
        request.starts_on = test::day("2024-05-05");
        return request;
    }
    SeriesPlan started(const StartSeries& request) {
        SeriesPlan answer;
        world.write(secretary, [&](const Call& call) { answer = start_series(call, request, setting); });
        return answer;
    }

    test::World world;
    std::vector<MemberId> people, neighbours;
    Actor secretary, neighbour, reader, commune;
    std::vector<AgendaProposal> proposals{{"Làm đường nội thôn", SourceKind::open_item, SourceId{7}},
                                          {"Trả lời gợi ý", SourceKind::advice, SourceId{8}}};
    Setting setting{test::project_rulebooks()};
};

}  // namespace gw::meetings
