#include "meetings/meetings_rules.h"

#include "meetings/meetings_sheet.h"
#include "support/people.h"

namespace gw::meetings {
using test::day;

namespace {

bool has(const Problems& problems, std::string_view field, std::string_view key) {
    for (const Problem& problem : problems)
        if (problem.field == field && problem.key == key) return true;
    return false;
}

members::Person somebody(std::int64_t id, members::Stage stage = members::Stage::full) {
    members::Person member;
    member.id = MemberId{id};
    member.stage = stage;
    member.full_name = "Người " + std::to_string(id);
    return member;
}

const Moment evening =
    moment_of(std::chrono::year{2024} / std::chrono::month{5} / std::chrono::day{4}, 19 * 60, 420);
const Moment now{evening.milliseconds + 10'800'000};

Happening two_came() {
    Happening happening;
    happening.started_at = evening;
    happening.ended_at = Moment{evening.milliseconds + 90 * 60'000};
    happening.roll = {{MemberId{1}, Mark::present, {}},
                      {MemberId{2}, Mark::present, {}},
                      {MemberId{3}, Mark::excused, "ốm"}};
    happening.contributions = {{{}, MemberId{1}, "Nên làm đường"}, {{}, MemberId{1}, "Và cầu"}};
    return happening;
}

std::vector<SelfMark> all_marks(std::int64_t value) {
    std::vector<SelfMark> marks;
    for (const ScoreFact& fact : self_facts(test::project_rulebooks(), 2024))
        marks.push_back({fact.key, value});
    return marks;
}

Meeting good_meeting() {
    Meeting meeting;
    meeting.id = MeetingId{1};
    meeting.state = State::held;
    meeting.meets_on = day("2024-05-04");
    meeting.started_at = evening;
    meeting.ended_at = Moment{evening.milliseconds + 95 * 60'000};
    meeting.unit_members = 20;
    meeting.has_committee = true;
    meeting.members_expected = meeting.members_present = 18;
    meeting.speaker_count = 10;
    meeting.documents_sent_on = day("2024-05-03");
    meeting.published_on = day("2024-05-06");
    meeting.results_total = 10;
    meeting.results_done = 10;
    return meeting;
}

}  // namespace

TEST_CASE("the roll calls probationary and full members who are neither excused nor suspended") {
    std::vector<members::Person> people{somebody(1), somebody(2, members::Stage::probationary),
                                        somebody(3, members::Stage::candidate), somebody(4), somebody(5)};
    people[3].is_excused = true;
    people[4].is_suspended = true;
    people[1].office = members::Office::committee_member;
    const auto all = expected_of(people, Kind::regular);
    REQUIRE(all.size() == 2);
    CHECK(all[0].id == MemberId{1});
    CHECK(all[1].id == MemberId{2});
    const auto committee = expected_of(people, Kind::committee);
    REQUIRE(committee.size() == 1);
    CHECK(committee[0].id == MemberId{2});
    Meeting meeting;
    count_unit(meeting, people);
    CHECK(meeting.unit_members == 4);
    CHECK(meeting.has_committee);
}

TEST_CASE("a record lists every mistake at once") {
    const std::vector<members::Person> expected{somebody(1), somebody(2), somebody(3)};
    CHECK(problems_in(two_came(), expected, now, "").empty());

    Happening wrong = two_came();
    wrong.ended_at = wrong.started_at;
    wrong.roll = {{MemberId{1}, Mark::present, {}},
                  {MemberId{1}, Mark::present, {}},
                  {MemberId{9}, Mark::present, {}},
                  {MemberId{2}, Mark::excused, " "}};
    wrong.contributions = {{ContributionId{5}, MemberId{2}, "x"}, {ContributionId{5}, MemberId{1}, "y"}};
    wrong.chair_id = MemberId{2};
    wrong.minute_taker_id = MemberId{9};
    const Problems problems = problems_in(wrong, expected, Moment{0}, "happening/");
    CHECK(has(problems, "happening/ended_at", "meetings.ends_before_it_starts"));
    CHECK(has(problems, "happening/started_at", "meetings.not_yet"));
    CHECK(has(problems, "happening/roll/1/member_id", "meetings.named_twice"));
    CHECK(has(problems, "happening/roll/2/member_id", "meetings.not_expected"));
    CHECK(has(problems, "happening/roll/3/reason", "platform.required"));
    CHECK(has(problems, "happening/roll", "meetings.roll_misses"));
    CHECK(has(problems, "happening/contributions/0/member_id", "meetings.was_not_present"));
    CHECK(has(problems, "happening/contributions/1/id", "meetings.id_taken"));
    CHECK(has(problems, "happening/chair_id", "meetings.was_not_present"));
    CHECK(has(problems, "happening/minute_taker_id", "meetings.was_not_present"));
    wrong.ended_at = Moment{wrong.started_at.milliseconds + 25LL * 3600 * 1000};
    CHECK(has(problems_in(wrong, expected, now, ""), "ended_at", "meetings.longer_than_a_day"));
}

TEST_CASE("times may differ from the phone's clock with a reason, and from ours by some minutes") {
    const std::vector<members::Person> expected{somebody(1), somebody(2), somebody(3)};
    const auto later = [](Moment moment, std::int64_t minutes) {
        return Moment{moment.milliseconds + minutes * 60'000};
    };
    Happening happening = two_came();
    // The clock counts seconds, the minutes of the meeting do not.
    happening.clock_started_at = Moment{happening.started_at.milliseconds + 59'999};
    happening.clock_ended_at = happening.ended_at;
    CHECK(problems_in(happening, expected, now, "").empty());
    happening.clock_started_at = later(happening.started_at, 60);
    CHECK(has(problems_in(happening, expected, now, ""), "times_reason", "platform.required"));
    happening.times_reason = " ";
    CHECK(has(problems_in(happening, expected, now, ""), "times_reason", "platform.required"));
    happening.times_reason = "Đồng hồ điện thoại nhanh 1 giờ";
    CHECK(problems_in(happening, expected, now, "").empty());
    happening.clock_started_at = happening.started_at;
    happening.clock_ended_at = later(happening.ended_at, -1);
    happening.times_reason = {};
    CHECK(has(problems_in(happening, expected, now, ""), "times_reason", "platform.required"));
    happening.clock_ended_at = Moment{5};
    CHECK(has(problems_in(happening, expected, now, ""), "clock_ended_at", "checks.day_out_of_range"));
    happening.times_reason = std::string(longest_line + 1, 'x');
    CHECK(has(problems_in(happening, expected, now, ""), "times_reason", "checks.too_long"));

    happening = two_came();
    CHECK(problems_in(happening, expected, later(happening.ended_at, -10), "").empty());
    CHECK(has(problems_in(happening, expected, later(happening.ended_at, -11), ""), "ended_at",
              "meetings.not_over"));
    happening.contributions[0].about = std::string(longest_paragraph + 1, 'x');
    CHECK(has(problems_in(happening, expected, now, ""), "contributions/0/about", "checks.too_long"));
}

TEST_CASE("the counts of a roll are those of its marks, a speaker counts once") {
    Meeting meeting;
    count_roll(meeting, two_came());
    CHECK(meeting.members_expected == 3);
    CHECK(meeting.members_present == 2);
    CHECK(meeting.excused_count == 1);
    CHECK(meeting.unexcused_count == 0);
    CHECK(meeting.speaker_count == 1);
    CHECK(minutes_held(meeting) == 90);
    CHECK(attendance_share(meeting) == 6666);
    CHECK_FALSE(attendance_share(Meeting{}));
}

TEST_CASE("a record sent twice is recognised, another one is not") {
    Meeting meeting;
    const Happening happening = two_came();
    count_roll(meeting, happening);
    std::vector<Attendance> attendances;
    for (const RollMark& mark : happening.roll)
        attendances.push_back({meeting.id, mark.member_id, mark.mark, mark.reason.value_or("")});
    std::vector<Contribution> contributions;
    for (const SpokenWord& word : happening.contributions)
        contributions.push_back({{}, meeting.id, word.member_id, 1, word.text});
    CHECK(is_same(meeting, attendances, contributions, happening));
    Happening other = happening;
    other.roll[1].mark = Mark::absent;
    CHECK_FALSE(is_same(meeting, attendances, contributions, other));
    other = happening;
    other.contributions[1].text = "Khác";
    CHECK_FALSE(is_same(meeting, attendances, contributions, other));
    other = happening;
    other.contributions[1].about = "Bàn làm đường";
    CHECK_FALSE(is_same(meeting, attendances, contributions, other));
    other = happening;
    other.clock_started_at = happening.started_at;
    CHECK_FALSE(is_same(meeting, attendances, contributions, other));
    other = happening;
    other.clock_ended_at = happening.ended_at;
    CHECK_FALSE(is_same(meeting, attendances, contributions, other));
    other = happening;
    other.times_reason = "Đồng hồ nhanh";
    CHECK_FALSE(is_same(meeting, attendances, contributions, other));
    other = happening;
    other.summary = "Kết luận khác";
    CHECK_FALSE(is_same(meeting, attendances, contributions, other));
}

TEST_CASE("a full meeting without a thematic part reaches the available maximum of 95") {
    REQUIRE(test::project_rulebooks().mistakes().empty());
    Meeting meeting = good_meeting();
    compute_score(test::project_rulebooks(), meeting, all_marks(1));
    CHECK(meeting.score_milli == 95'000);
    CHECK(meeting.maximum_milli == 95'000);
    CHECK(meeting.score_class == "good");
    meeting.has_thematic_part = true;
    compute_score(test::project_rulebooks(), meeting, all_marks(1));
    CHECK(meeting.score_milli == 100'000);
    CHECK(meeting.maximum_milli == 100'000);
}

TEST_CASE("a meeting has no class until the unit has scored its own part") {
    Meeting meeting = good_meeting();
    compute_score(test::project_rulebooks(), meeting, {});
    CHECK_FALSE(meeting.score_class);
    // Length 5, attendance 4 + 1, documents 2, speakers 5, results 30, published 1.
    CHECK(meeting.score_milli == 48'000);
    // The thematic line is not asked of a meeting without a thematic part.
    std::vector<SelfMark> marks = all_marks(1);
    std::erase_if(marks, [](const SelfMark& mark) { return mark.fact == "thematic_content_covered"; });
    compute_score(test::project_rulebooks(), meeting, marks);
    CHECK(meeting.score_class == "good");
    meeting.has_thematic_part = true;
    compute_score(test::project_rulebooks(), meeting, marks);
    CHECK_FALSE(meeting.score_class);
}

TEST_CASE("the points follow what the record knows") {
    const auto points = [](const std::function<void(Meeting&)>& change) {
        Meeting meeting = good_meeting();
        change(meeting);
        compute_score(test::project_rulebooks(), meeting, all_marks(1));
        return *meeting.score_milli / 1000;
    };
    CHECK(points([](Meeting& m) { m.ended_at = Moment{m.started_at->milliseconds + 80 * 60'000}; }) == 94);
    CHECK(points([](Meeting& m) { m.unit_members = 30; }) == 93);
    CHECK(points([](Meeting& m) { m.members_present = 15, m.excused_count = 3; }) == 94);
    CHECK(points([](Meeting& m) { m.members_present = 17, m.unexcused_count = 1; }) == 92);
    CHECK(points([](Meeting& m) { m.running_excused_count = 1; }) == 94);
    CHECK(points([](Meeting& m) { m.speaker_count = 4; }) == 92);
    CHECK(points([](Meeting& m) { m.results_done = 8; }) == 92);
    CHECK(points([](Meeting& m) { m.documents_sent_on = day("2024-05-04"); }) == 93);
    CHECK(points([](Meeting& m) { m.documents_sent_on.reset(); }) == 93);
    CHECK(points([](Meeting& m) { m.published_on.reset(); }) == 94);
    CHECK(points([](Meeting& m) { m.published_on = day("2024-05-07"); }) == 94);
    CHECK(points([](Meeting& m) { m.results_total.reset(), m.results_done.reset(); }) == 65);
}

TEST_CASE("each criterion says where its points come from") {
    Meeting meeting = good_meeting();
    const auto edition = default_edition(test::project_rulebooks(), day("2024-07-01"));
    REQUIRE(edition);
    std::vector<SelfMark> marks = all_marks(1);
    std::erase_if(marks, [](const SelfMark& mark) { return mark.fact == "content_fits"; });
    const MeetingScore score = explain_score(*edition, meeting, {marks, {}, {}, {}}, "vi");
    CHECK(score.sheet_maximum_milli == 100'000);
    CHECK(score.maximum_milli == 95'000);
    CHECK(score.waiting_milli == 3'000);
    CHECK(score.points_milli == 92'000);
    CHECK(score.record_points_milli == 48'000);
    CHECK(score.self_points_milli == 44'000);
    CHECK_FALSE(score.score_class);
    std::map<std::string, CriterionScore> lines;
    for (const CriterionScore& line : score.criteria) lines.emplace(line.key, line);
    CHECK(lines.at("length").points_from == PointsFrom::record);
    CHECK(lines.at("length").chosen == "Đủ thời gian quy định");
    CHECK(lines.at("content_fits").points_from == PointsFrom::waiting);
    CHECK(lines.at("draft_ready").points_from == PointsFrom::self);
    CHECK(lines.at("thematic_content_covered").points_from == PointsFrom::not_asked);
    CHECK(lines.at("committee_met_first").group_name == "Công tác chuẩn bị");
    std::int64_t sum = 0;
    for (const auto& [key, line] : lines) sum += line.points_milli;
    CHECK(sum == score.points_milli);
}

TEST_CASE("many meetings are scored as one by one") {
    std::vector<Meeting> meetings(3, good_meeting());
    meetings[1].results_done = 5;
    meetings[2].state = State::planned;
    const std::vector<SelfMarks> marks{
        {MeetingId{1}, all_marks(1)}, {MeetingId{1}, all_marks(1)}, {MeetingId{1}, {}}};
    score_meetings(test::project_rulebooks(), meetings, marks);
    CHECK(meetings[0].score_milli == 95'000);
    CHECK(meetings[1].score_milli == 80'000);
    CHECK(meetings[1].score_class == "fair");
    CHECK_FALSE(meetings[2].score_milli);
}

TEST_CASE("a unit marks only what it says of itself, within the range") {
    const auto edition = default_edition(test::project_rulebooks(), day("2024-07-01"));
    const std::vector<SelfMark> marks{
        {"minutes_held", 90}, {"content_fits", 2}, {"nothing", 1}, {"draft_ready", 1}};
    const Problems problems = problems_in(*edition, marks);
    CHECK(problems.size() == 3);
    CHECK(has(problems, "marks/0/fact", "meetings.not_self_scored"));
    CHECK(has(problems, "marks/1/value", "meetings.mark_out_of_range"));
    CHECK(has(problems, "marks/2/fact", "meetings.not_self_scored"));
    const auto both = merged({{"content_fits", 0}, {"draft_ready", 1}},
                             std::vector<SelfMark>{{"content_fits", 1}, {"summed_up", 0}});
    REQUIRE(both.size() == 3);
    CHECK(both[0].value == 1);
}

}  // namespace gw::meetings
