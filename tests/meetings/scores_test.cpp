#include "meetings/scores.h"

#include <map>

#include "meetings/meetings.h"
#include "meetings/meetings_sheet.h"
#include "support/people.h"
#include "support/store_for_test.h"

namespace gw::meetings {
namespace {

using test::day;
using test::refuses;

// Every meeting rulebook of the project, as the program has them.
const rulebooks::Library& all_rulebooks() {
    static const rulebooks::Library library =
        rulebooks::Library::read_folder(std::string(GROUNDWORK_SOURCE_DIR) + "/rulebooks/vn/meeting");
    return library;
}

// A held meeting of a cell of 20, of whom 20 were expected: everything at the border at which it still
// counts.
Meeting at_the_border() {
    Meeting meeting;
    meeting.id = MeetingId{1};
    meeting.state = State::held;
    meeting.meets_on = day("2024-05-04");
    meeting.started_at = Moment{0};
    meeting.ended_at = Moment{90 * 60'000};
    meeting.unit_members = 29;
    meeting.members_expected = 20;
    meeting.members_present = 18;
    meeting.excused_count = 2;
    meeting.speaker_count = 10;
    meeting.documents_sent_on = day("2024-05-03");
    meeting.published_on = day("2024-05-06");
    meeting.results_total = 10;
    meeting.results_done = 9;
    meeting.chair_id = MemberId{1};
    meeting.minute_taker_id = MemberId{2};
    meeting.score_rulebook = "vn.meeting.ward 2025";
    return meeting;
}

std::map<std::string, CriterionScore> lines_of(const Meeting& meeting, const KeptScores& kept = {}) {
    std::map<std::string, CriterionScore> lines;
    for (CriterionScore& line :
         explain_score(*edition_of(all_rulebooks(), meeting), meeting, kept, "en").criteria)
        lines.emplace(line.key, line);
    return lines;
}

std::int64_t points(const char* line, const std::function<void(Meeting&)>& change) {
    Meeting meeting = at_the_border();
    change(meeting);
    return lines_of(meeting).at(line).points_milli;
}

struct Cell {
    explicit Cell(Store& store) : world(store), people(test::add_people(world, world.na_lung, 6)) {
        secretary = world.person({"meetings.read", "meetings.record", "meetings.plan"}, world.na_lung);
        visitor = world.person({"visits.record", "meetings.read"}, world.tuyen_quang);
        chooser = world.person({"meetings.choose_rulebook", "meetings.read"}, world.tuyen_quang);
        world.go_to(day("2024-05-04"), 22 * 60);
    }
    Meeting held(Date on) {
        MeetingRecord kept;
        world.write(secretary, [&](const Call& call) {
            kept =
                add(call, test::meeting_on(world, world.na_lung, on, test::everybody_came(world, on, people)),
                    setting);
        });
        return kept.meeting;
    }
    template <class Act>
    bool refused(const Actor& actor, Reason reason, std::string_view key, Act act) {
        return refuses([&] { world.write(actor, [&](const Call& call) { act(call); }); }, reason, key);
    }

    test::World world;
    std::vector<MemberId> people;
    Actor secretary, visitor, chooser;
    Setting setting{all_rulebooks()};
};

}  // namespace

TEST_CASE("each computed line gives its points at the border and loses them just beyond it") {
    // Length: exactly the required minutes; 120 from thirty members on.
    CHECK(points("length", [](Meeting&) {}) == 5'000);
    CHECK(points("length", [](Meeting& m) { m.ended_at = Moment{89 * 60'000}; }) == 4'000);
    CHECK(points("length", [](Meeting& m) { m.ended_at = Moment{75 * 60'000}; }) == 4'000);
    CHECK(points("length", [](Meeting& m) { m.ended_at = Moment{74 * 60'000}; }) == 3'000);
    CHECK(points("length", [](Meeting& m) { m.unit_members = 30; }) == 3'000);
    CHECK(points("length", [](Meeting& m) { m.unit_members = 30, m.ended_at = Moment{120 * 60'000}; }) ==
          5'000);
    // Attendance: those excused are in the denominator; one without a reason costs all but one point.
    CHECK(points("attendance_share", [](Meeting&) {}) == 4'000);
    CHECK(points("attendance_share", [](Meeting& m) { m.members_present = 17, m.excused_count = 3; }) ==
          3'000);
    CHECK(points("attendance_share", [](Meeting& m) {
              m.members_present = 19, m.excused_count = 0, m.unexcused_count = 1;
          }) == 1'000);
    // Speakers: more than half of those present.
    CHECK(points("speakers", [](Meeting&) {}) == 5'000);
    CHECK(points("speakers", [](Meeting& m) { m.speaker_count = 9; }) == 4'000);
    // Documents exactly one day before, published on the second day, results of nine in ten.
    CHECK(points("documents_before", [](Meeting&) {}) == 2'000);
    CHECK(points("documents_before", [](Meeting& m) { m.documents_sent_on = day("2024-05-04"); }) == 0);
    CHECK(points("published_in_time", [](Meeting&) {}) == 1'000);
    CHECK(points("published_in_time", [](Meeting& m) { m.published_on = day("2024-05-07"); }) == 0);
    CHECK(points("last_resolution", [](Meeting&) {}) == 30'000);
    CHECK(points("last_resolution", [](Meeting& m) { m.results_total = 100, m.results_done = 89; }) ==
          27'000);
}

TEST_CASE("at least eight lines fill without typing, and say where their points come from") {
    int filled = 0;
    const auto lines = lines_of(at_the_border());
    for (const auto& [key, line] : lines) filled += line.points_from == PointsFrom::record;
    CHECK(filled == 9);  // the committee too: this cell has none
    CHECK(lines.at("minute_book_complete").points_from == PointsFrom::record);
    CHECK(lines.at("length").source.starts_with("Phiếu"));
    // Without a minute taker the record does not know, and the unit is asked.
    Meeting meeting = at_the_border();
    meeting.minute_taker_id.reset();
    meeting.has_committee = true;
    const auto asked = lines_of(meeting);
    CHECK(asked.at("minute_book_complete").points_from == PointsFrom::waiting);
    CHECK(asked.at("committee_met_first").points_from == PointsFrom::waiting);
}

// The shorter instruments ask less of the record: four of the ten lines of Guideline 42 are judged by people.
TEST_CASE("the shorter sheets fill every line that is a matter of record") {
    const std::map<std::string, int> filled_of{
        {"vn.meeting 2025", 6}, {"vn.meeting 2018", 6}, {"vn.meeting.block 2018", 5}};
    for (const auto& [edition, wanted] : filled_of) {
        CAPTURE(edition);
        Meeting meeting = at_the_border();
        meeting.score_rulebook = edition;
        int filled = 0;
        for (const auto& [key, line] : lines_of(meeting)) filled += line.points_from == PointsFrom::record;
        CHECK(filled == wanted);
    }
}

TEST_CASE("the default is chosen by day: Guideline 12 until 27 October 2025, Guideline 42 after it") {
    const auto name = [](const char* on) { return default_edition(all_rulebooks(), day(on))->full_name(); };
    CHECK(all_rulebooks().mistakes().empty());
    CHECK(name("2018-01-01") == "vn.meeting 2018");
    CHECK(name("2025-10-27") == "vn.meeting 2018");
    CHECK(name("2025-10-28") == "vn.meeting 2025");
    CHECK(name("2031-01-01") == "vn.meeting 2025");
    CHECK(name("2010-01-01") == "vn.meeting 2018");
}

TEST_CASE("three figures stand beside each other, and only lines that both scored are compared") {
    KeptScores kept;
    kept.marks = {{"content_fits", 1}, {"draft_ready", 0}};
    kept.own_figures = {{{}, {}, "length", 4'000, "Điện mất giữa buổi"}};
    kept.visitor = VisitorScore{"Tổ công tác", day("2024-05-04")};
    kept.visitor_figures = {{{}, {}, "length", 3'000, ""}, {{}, {}, "content_fits", 0, "Chung chung"}};
    const Meeting meeting = at_the_border();
    const MeetingScore score = explain_score(*edition_of(all_rulebooks(), meeting), meeting, kept, "en");
    std::map<std::string, CriterionScore> lines;
    for (const CriterionScore& line : score.criteria) lines.emplace(line.key, line);
    CHECK(lines.at("length").record_milli == 5'000);
    CHECK(lines.at("length").self_milli == 4'000);
    CHECK(lines.at("length").visitor_milli == 3'000);
    CHECK(lines.at("length").points_milli == 5'000);  // what counts is the record
    CHECK_FALSE(lines.at("content_fits").record_milli);
    CHECK_FALSE(lines.at("steps_followed").self_milli);
    REQUIRE(score.self_and_visitor);
    CHECK(score.self_and_visitor->lines == 2);
    CHECK(score.self_and_visitor->gap_milli == 4'000);
    CHECK(score.record_and_visitor->lines == 1);
    CHECK(score.self_and_record->gap_milli == -1'000);
    CHECK(score.visitor->points_milli == 3'000);
    CHECK(score.visitor->maximum_milli == 8'000);
}

TEST_CASE("the Block's gate and the list of 2018 say which condition is missing") {
    Meeting meeting = at_the_border();
    meeting.score_rulebook = "vn.meeting.block 2018";
    meeting.speaker_count = 9;
    KeptScores kept;
    for (const ScoreFact& fact : self_facts(*edition_of(all_rulebooks(), meeting)))
        kept.marks.push_back({fact.key, fact.highest});
    const MeetingScore block = explain_score(*edition_of(all_rulebooks(), meeting), meeting, kept, "en");
    CHECK(block.points_milli == 97'000);
    CHECK(block.score_class == "fair");
    CHECK(block.not_met == std::vector<std::string>{"Speaking at its maximum"});
    CHECK_FALSE(block.is_pass_or_fail);

    meeting.score_rulebook = "vn.meeting 2018";
    kept.marks.clear();
    for (const ScoreFact& fact : self_facts(*edition_of(all_rulebooks(), meeting)))
        kept.marks.push_back({fact.key, 1});
    MeetingScore list = explain_score(*edition_of(all_rulebooks(), meeting), meeting, kept, "en");
    CHECK(list.is_pass_or_fail);
    CHECK(list.score_class == "met");
    CHECK(list.points_milli == 100'000);
    meeting.ended_at = Moment{89 * 60'000};
    list = explain_score(*edition_of(all_rulebooks(), meeting), meeting, kept, "en");
    CHECK(list.score_class == "not_met");
    CHECK(list.not_met == std::vector<std::string>{"90 minutes or more"});
}

TEST_CASE("the nearest choice counts from its day, and a meeting keeps what it was scored with") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const auto counting = [&](UnitId unit_id, const char* on) {
            std::string name;
            cell.world.read([&](const Call& call) {
                const UnitRulebook counting = rulebook_of_unit(call, {unit_id, day(on)}, cell.setting);
                name = counting.rulebook + " " + counting.edition;
            });
            return name;
        };
        const Meeting before = cell.held(day("2024-05-04"));
        CHECK(before.score_rulebook == "vn.meeting 2018");
        const auto choose = [&](UnitId unit_id, const char* rulebook, const char* on) {
            cell.world.write(cell.chooser, [&](const Call& call) {
                choose_rulebook(call, {unit_id, rulebook, day(on), "Theo hướng dẫn"}, cell.setting);
            });
        };
        choose(cell.world.tuyen_quang, "vn.meeting.ward", "2024-06-01");
        choose(cell.world.khau_tinh, "vn.meeting.block", "2024-07-01");
        CHECK(counting(cell.world.na_lung, "2024-05-31") == "vn.meeting 2018");
        CHECK(counting(cell.world.na_lung, "2024-06-01") == "vn.meeting.ward 2025");
        CHECK(counting(cell.world.na_lung, "2024-07-01") == "vn.meeting.block 2018");
        CHECK(counting(cell.world.phia_trang, "2024-07-01") == "vn.meeting.ward 2025");
        // The Block's sheet ends; what stands above it counts again.
        CHECK(counting(cell.world.na_lung, "2025-10-28") == "vn.meeting.ward 2025");
        choose(cell.world.khau_tinh, "", "2024-08-01");
        CHECK(counting(cell.world.na_lung, "2024-08-01") == "vn.meeting.ward 2025");

        cell.world.go_to(day("2024-07-04"), 22 * 60);
        CHECK(cell.held(day("2024-07-04")).score_rulebook == "vn.meeting.block 2018");
        cell.world.write(cell.secretary, [&](const Call& call) {
            CHECK(score_self(call, {before.id, {{"content_fits", 1}}}, cell.setting).rulebook ==
                  "vn.meeting 2018");
        });
        const auto audited = cell.world.audit_count();
        choose(cell.world.khau_tinh, "", "2024-08-01");
        CHECK(cell.world.audit_count() == audited);  // the same again changes nothing

        const auto refused = [&](const Actor& who, const ChooseRulebook& request, Reason reason,
                                 std::string_view key) {
            return cell.refused(who, reason, key,
                                [&](const Call& call) { choose_rulebook(call, request, cell.setting); });
        };
        const UnitId unit_id = cell.world.na_lung;
        CHECK(refused(cell.secretary, {unit_id, "vn.meeting", day("2024-09-01"), "x"}, Reason::forbidden,
                      "platform.forbidden"));
        CHECK(refused(cell.chooser, {unit_id, "vn.meeting", day("2024-07-03"), "x"}, Reason::invalid,
                      "meetings.rule_not_backwards"));
        CHECK(refused(cell.chooser, {unit_id, "vn.meeting", day("2024-09-01"), " "}, Reason::invalid,
                      "platform.required"));
        CHECK(refused(cell.chooser, {unit_id, "vn.meeting.block", day("2025-11-01"), "x"}, Reason::invalid,
                      "meetings.rulebook_not_in_force"));
        CHECK(refused(cell.chooser, {unit_id, "nobody", day("2024-09-01"), "x"}, Reason::invalid,
                      "meetings.rulebook_not_in_force"));
    });
}

TEST_CASE("a visitor scores line by line, and the unit departs from the record with a reason") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        cell.setting.visitor = [](const Call&, MeetingId) {
            return VisitorScore{"Đoàn cũ", day("2024-05-04"), 80'000};
        };
        const MeetingId id = cell.held(day("2024-05-04")).id;
        const ScoreAsVisitor sheet{
            id, {}, "Tổ công tác", {{"length", 9'090, {}}, {"principles_kept", 0, "Chưa phê bình"}}, {}};
        cell.world.write(cell.visitor, [&](const Call& call) {
            const OwnVisitorSheet own = score_as_visitor(call, sheet, cell.setting);
            REQUIRE(own.sheet);
            CHECK(own.figures.size() == 2);
            // Sent again it takes the place of the first.
            CHECK(score_as_visitor(call, sheet, cell.setting).sheet->id == own.sheet->id);
            CHECK(own_visitor_sheet(call, {id}).figures.size() == 2);
        });
        cell.world.write(cell.secretary, [&](const Call& call) {
            ScoreSelf own{id, {{"principles_kept", 1}}};
            own.figures = {{"length", 0, "Họp muộn mười phút"}};
            const MeetingScore score = score_self(call, own, cell.setting);
            CHECK(score.visitor->group_name == "Tổ công tác");
            CHECK(score.visitor->lines == 2);
            CHECK(score.self_and_visitor->lines == 2);
            CHECK(score.self_and_visitor->gap_milli == 0);
            // What counts is untouched by figures.
            CHECK(score.points_milli == *find_meeting(call.db, id)->score_milli);
            for (const CriterionScore& line : score.criteria)
                if (line.key == "length") CHECK(line.self_reason == "Họp muộn mười phút");
        });
        const auto as_visitor = [&](const ScoreAsVisitor& request) {
            return [&, request](const Call& call) { score_as_visitor(call, request, cell.setting); };
        };
        CHECK(cell.refused(cell.secretary, Reason::forbidden, "platform.forbidden", as_visitor(sheet)));
        Actor own_member = cell.world.person({"visits.record"}, cell.world.na_lung);
        own_member.home_unit_id = cell.world.na_lung;
        CHECK(cell.refused(own_member, Reason::forbidden, "meetings.own_unit", as_visitor(sheet)));
        ScoreAsVisitor wrong = sheet;
        wrong.figures = {{"length", 5'000, {}}};
        CHECK(cell.refused(cell.visitor, Reason::invalid, "meetings.points_not_possible", as_visitor(wrong)));
        wrong.figures = {{"nothing", 0, {}}};
        CHECK(cell.refused(cell.visitor, Reason::invalid, "meetings.not_on_the_sheet", as_visitor(wrong)));
        wrong.figures = {{"length", 0, {}}, {"length", 0, {}}};
        CHECK(cell.refused(cell.visitor, Reason::invalid, "meetings.scored_twice", as_visitor(wrong)));
        wrong.figures = {};
        CHECK(cell.refused(cell.visitor, Reason::invalid, "meetings.nothing_scored", as_visitor(wrong)));
        wrong = sheet;
        wrong.group_name = "";
        CHECK(cell.refused(cell.visitor, Reason::invalid, "platform.required", as_visitor(wrong)));
        const auto as_unit = [&](const Figure& figure) {
            ScoreSelf request{id, {}};
            request.figures = {figure};
            return [&, request](const Call& call) { score_self(call, request, cell.setting); };
        };
        CHECK(cell.refused(cell.secretary, Reason::invalid, "meetings.not_from_record",
                           as_unit({"principles_kept", 0, "x"})));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "platform.required", as_unit({"length", 0, {}})));
    });
}

TEST_CASE("no visitor's sheet for another meeting's id, a day to come or a meeting that was called off") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const MeetingId april = cell.held(day("2024-04-04")).id;
        const MeetingId may = cell.held(day("2024-05-04")).id;
        const auto sheet_of = [&](MeetingId id) {
            return ScoreAsVisitor{id, {}, "Tổ công tác", {{"length", 0, {}}}, {}};
        };
        const auto as_visitor = [&](const ScoreAsVisitor& request) {
            return [&, request](const Call& call) { score_as_visitor(call, request, cell.setting); };
        };
        ScoreAsVisitor first = sheet_of(april);
        first.id = VisitorSheetId{77};
        cell.world.write(cell.visitor, as_visitor(first));
        // The id of the sheet of April is not free for May, neither to its writer nor to another visitor.
        ScoreAsVisitor second = sheet_of(may);
        second.id = VisitorSheetId{77};
        CHECK(cell.refused(cell.visitor, Reason::conflict, "meetings.id_taken", as_visitor(second)));
        const Actor other = cell.world.person({"visits.record"}, cell.world.tuyen_quang);
        CHECK(cell.refused(other, Reason::conflict, "meetings.id_taken", as_visitor(first)));

        const AddMeeting june = test::meeting_on(cell.world, cell.world.na_lung, day("2024-06-04"));
        MeetingId planned;
        cell.world.write(cell.secretary,
                         [&](const Call& call) { planned = add(call, june, cell.setting).meeting.id; });
        CHECK(cell.refused(cell.visitor, Reason::invalid, "meetings.not_yet", as_visitor(sheet_of(planned))));
        cell.world.write(cell.secretary, [&](const Call& call) {
            cancel(call, {planned, "mưa lũ"}, cell.setting);
        });
        CHECK(cell.refused(cell.visitor, Reason::conflict, "meetings.not_scored",
                           as_visitor(sheet_of(planned))));
        cell.world.write(cell.visitor, [&](const Call& call) {
            CHECK_FALSE(own_visitor_sheet(call, {may}).sheet);
            CHECK(own_visitor_sheet(call, {april}).sheet->id == VisitorSheetId{77});
        });
    });
}

TEST_CASE("the gaps of a year say over how many meetings") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        cell.setting.visitor = [](const Call&, MeetingId) {
            return VisitorScore{"Đoàn công tác", day("2024-05-04"), 80'000};
        };
        const MeetingId id = cell.held(day("2024-05-04")).id;
        YearGaps gaps;
        const auto ask = [&] {
            cell.world.read(cell.secretary, [&](const Call& call) {
                gaps = gaps_of_year(call, {cell.world.na_lung, 2024}, cell.setting);
            });
        };
        ask();
        CHECK(gaps.scored == 1);
        CHECK(gaps.visited == 0);  // not fully scored: nothing to compare yet
        CHECK_FALSE(gaps.mean_gap_milli);
        cell.world.write(cell.secretary, [&](const Call& call) {
            ScoreSelf request{id, {}};
            for (const ScoreFact& fact : self_facts(cell.setting.library, 2024))
                request.marks.push_back({fact.key, 1});
            score_self(call, request, cell.setting);
        });
        ask();
        CHECK(gaps.visited == 1);
        REQUIRE(gaps.meetings.size() == 1);
        CHECK(gaps.mean_gap_milli == gaps.meetings[0].points_milli - 80'000);
    });
}

TEST_CASE("rollups add up points of a hundred, whatever the rulebook") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const Meeting meeting = cell.held(day("2024-05-04"));
        CHECK(meeting.maximum_milli == 100'000);
        cell.world.write(cell.secretary, [&](const Call& call) {
            ScoreSelf request{meeting.id, {}};
            for (const ScoreFact& fact : self_facts(cell.setting.library, 2024))
                request.marks.push_back({fact.key, 1});
            const std::int64_t reached = score_self(call, request, cell.setting).points_milli;
            const auto counts = count_by_unit(call.db, day("2024-01-01"), day("2024-12-31"));
            REQUIRE(counts.size() == 1);
            CHECK(counts[0].scored == 1);
            CHECK(counts[0].score_sum_milli == reached);
            CHECK(counts[0].good_scores == 0);
        });
    });
}

}  // namespace gw::meetings
