// The story of the model case: advice of a working group in April is answered by the resolution of the Na
// Lung cell in May, becomes tasks, the tasks are done, the June meeting scores higher, and the way back is
// two steps.
#include <set>

#include "resolutions/resolutions.h"
#include "support/people.h"
#include "support/store_for_test.h"

namespace gw {
namespace {

using resolutions::CitationKind;
using resolutions::CitedId;
using test::day;

meetings::Setting whole_setting() {
    return {test::project_rulebooks(),
            420,
            {resolutions::agenda_of_open_items, resolutions::agenda_of_advice},
            resolutions::results_of_last,
            resolutions::visitor_score};
}

struct NaLung {
    explicit NaLung(Store& store) : world(store), people(test::add_people(world, world.na_lung, 10)) {
        secretary =
            world.person({"meetings.read", "meetings.plan", "meetings.record", "resolutions.read",
                          "resolutions.adopt", "tasks.read", "tasks.assign", "tasks.report", "visits.read"},
                         world.na_lung, people[0]);
        group = world.person(
            {"visits.read", "visits.record", "visits.confirm", "tasks.check", "resolutions.read"},
            world.na_hang);
    }
    void go_to(std::string_view on) { world.go_to(day(on), 22 * 60); }
    meetings::MeetingRecord meet(std::string_view on, std::vector<meetings::SpokenWord> words) {
        go_to(on);
        meetings::MeetingRecord kept;
        meetings::Happening happening = test::everybody_came(world, day(on), people);
        happening.contributions = std::move(words);
        world.write(secretary, [&](const Call& call) {
            kept = meetings::add(call, test::meeting_on(world, world.na_lung, day(on), happening), setting);
            meetings::ScoreSelf marks{kept.meeting.id, {}};
            for (const meetings::ScoreFact& fact : meetings::self_facts(setting.library, 2024))
                marks.marks.push_back({fact.key, 1});
            meetings::score_self(call, marks, setting);
            kept.meeting = *meetings::find_meeting(call.db, kept.meeting.id);
        });
        return kept;
    }
    test::World world;
    std::vector<MemberId> people;
    Actor secretary, group;
    meetings::Setting setting = whole_setting();
};

}  // namespace

TEST_CASE("advice in April is answered in May, done in June, and the score moves") {
    test::for_each_store([](Store& store) {
        NaLung cell(store);
        cell.go_to("2024-04-17");
        visits::VisitRecord visit;
        cell.world.write(cell.group, [&](const Call& call) {
            visits::RecordVisit request;
            request.unit_id = cell.world.na_lung;
            request.visited_on = call.today;
            request.group_name = "Đoàn công tác Ban Tổ chức Tỉnh ủy";
            request.score = 70;
            request.advice_items = {{{},
                                     "Giao việc cho từng đảng viên, có thời hạn",
                                     "Nghị quyết nêu rõ người và hạn",
                                     day("2024-06-15")}};
            visit = visits::record(call, request);
        });
        const AdviceItemId advice = visit.advice_items[0].id;

        // The agenda of May shows the advice by itself.
        meetings::MeetingRecord may =
            cell.meet("2024-05-04", {{{}, cell.people[3], "Nên rải cấp phối trước mùa mưa"}});
        REQUIRE(may.agenda.size() == 1);
        CHECK(may.agenda[0].source_kind == meetings::SourceKind::advice);
        CHECK(may.agenda[0].source_id == meetings::SourceId{advice.number});
        CHECK(may.meeting.maximum_milli == 65'000);
        const CitedId said{may.contributions[0].contribution.id.number};

        resolutions::ResolutionRecord resolution;
        cell.world.write(cell.secretary, [&](const Call& call) {
            resolutions::AdoptResolution request;
            request.meeting_id = may.meeting.id;
            request.title = "Nghị quyết tháng 5";
            request.votes_for = 10;
            resolutions::TaskToGive by_member{
                {}, "Vận động góp ngày công", tasks::OwnerKind::member, cell.people[3],
                {}, day("2024-05-25")};
            resolutions::TaskToGive by_group{{}, "Vận động hiến đất",    tasks::OwnerKind::unit,
                                             {}, cell.world.front_board, day("2024-05-28")};
            request.items = {
                {{},
                 "Rải cấp phối 800 m đường nội thôn",
                 {{CitationKind::advice, CitedId{advice.number}}, {CitationKind::contribution, said}},
                 {by_member, by_group}},
                {{}, "Tổng vệ sinh hằng tuần", {}, {}}};
            resolution = resolutions::adopt(call, request);
        });
        cell.world.read([&](const Call& call) {
            CHECK(visits::find_advice_item(call.db, advice)->state == visits::AdviceState::answered);
            CHECK(visits::find_advice_item(call.db, advice)->answered_by_item_id ==
                  resolution.items[0].item.id);
        });

        const std::vector<tasks::TaskLine>& given = resolution.items[0].tasks;
        cell.go_to("2024-05-20");
        cell.world.write(cell.secretary, [&](const Call& call) {
            for (const tasks::TaskLine& line : given)
                tasks::finish(call, {line.task.id, "xong trước hạn", true, {}});
        });

        // In June one of two items is done; the other is back on the agenda by itself. Fifteen of thirty
        // points are there.
        meetings::MeetingRecord june = cell.meet("2024-06-03", {});
        CHECK(june.meeting.results_total == 2);
        CHECK(june.meeting.results_done == 1);
        REQUIRE(june.agenda.size() == 1);
        CHECK(june.agenda[0].text == "Tổng vệ sinh hằng tuần");
        CHECK(june.meeting.maximum_milli == 95'000);
        CHECK(*june.meeting.score_milli - *may.meeting.score_milli == 15'000);

        // A group that attended says what it saw beside the cell's own score; a visit elsewhere does not
        // count.
        cell.world.write(cell.group, [&](const Call& call) {
            visits::RecordVisit attended;
            attended.unit_id = cell.world.na_lung;
            attended.visited_on = call.today;
            attended.kind = visits::Kind::meeting_attended;
            attended.meeting_id = june.meeting.id;
            attended.group_name = "Huyện ủy Na Hang";
            attended.score = 75;
            visits::record(call, attended);
            CHECK(resolutions::visitor_score(call, june.meeting.id)->points_milli == 75'000);
            attended.unit_id = cell.world.ban_lang;
            attended.meeting_id = may.meeting.id;
            visits::record(call, attended);
            CHECK_FALSE(resolutions::visitor_score(call, may.meeting.id));
            // Nor does it hide what a group said that was there.
            attended.meeting_id = june.meeting.id;
            attended.score = 5;
            visits::record(call, attended);
            CHECK(resolutions::visitor_score(call, june.meeting.id)->points_milli == 75'000);
        });
        cell.world.read(cell.secretary, [&](const Call& call) {
            const meetings::MeetingScore score = meetings::score(call, {june.meeting.id}, cell.setting);
            REQUIRE(score.gap_milli);
            CHECK(*score.gap_milli == score.points_milli - 75'000);
        });

        // Two steps back, and forward from both sentences.
        cell.world.read(cell.secretary, [&](const Call& call) {
            const resolutions::Trail back = resolutions::trail(call, {given[0].task.id});
            REQUIRE(back.item);
            CHECK(back.item->id == resolution.items[0].item.id);
            REQUIRE(back.sentences.size() == 2);
            std::set<std::string> who;
            for (const auto& sentence : back.sentences) who.insert(sentence.who);
            CHECK(who == std::set<std::string>{"Nguyễn Văn 4", "Đoàn công tác Ban Tổ chức Tỉnh ủy"});
            CHECK(
                resolutions::contribution_outcome(call, {ContributionId{said.number}}).items[0].item.state ==
                resolutions::ItemState::done);
        });
        cell.world.write(cell.group, [&](const Call& call) {
            CHECK(resolutions::advice_outcome(call, {advice}).items.size() == 1);
            visits::confirm(call, {advice, "Mỗi việc đã có người và hạn"});
        });

        // The year's story holds the whole loop, each entry pointing at its cause.
        cell.world.read(cell.secretary, [&](const Call& call) {
            const resolutions::Story story = resolutions::story(call, {cell.world.na_lung, 2024}, {});
            using resolutions::StoryKind;
            std::vector<StoryKind> kinds;
            for (const auto& entry : story.entries) kinds.push_back(entry.kind);
            CHECK(kinds == std::vector<StoryKind>{StoryKind::visit, StoryKind::advice, StoryKind::meeting,
                                                  StoryKind::resolution, StoryKind::resolution_item,
                                                  StoryKind::resolution_item, StoryKind::task,
                                                  StoryKind::task, StoryKind::visit, StoryKind::meeting,
                                                  StoryKind::advice_confirmed});
            bool is_answer_linked = false;
            for (const auto& entry : story.entries)
                for (const auto& cause : entry.because)
                    is_answer_linked |= entry.kind == StoryKind::resolution_item &&
                                        cause.kind == StoryKind::advice && cause.id.number == advice.number;
            CHECK(is_answer_linked);
        });
    });
}

}  // namespace gw
