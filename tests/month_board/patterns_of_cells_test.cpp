#include "month_board/patterns.h"

#include <random>

#include "month_board/month_board_patterns.h"
#include "support/people.h"
#include "support/store_for_test.h"

namespace gw::test {

using namespace month_board;

namespace {

std::string sentences(std::mt19937& random, int words) {
    std::string text;
    for (int i = 0; i < words; ++i) text += "tu" + std::to_string(random() % 4000) + " ";
    return text;
}

// An ordinary cell: most are there most of the time, some tasks end on their last day, now and then nothing
// follows.
CellYear ordinary(std::mt19937& random, std::int64_t number) {
    CellYear cell;
    cell.unit_id = UnitId{number};
    const std::int64_t people = 4 + static_cast<int>(random() % 20);
    const double rate = 0.82 + 0.17 * static_cast<double>(random() % 1000) / 1000;
    for (int month = 1; month <= 12; ++month) {
        CellYear::Held held;
        held.id = BoardMeetingId{number * 100 + month};
        held.on = Date{std::chrono::year{2024} / month / 4};
        held.expected = people;
        held.present = std::binomial_distribution<std::int64_t>(people, rate)(random);
        held.words = sentences(random, 70);
        cell.meetings.push_back(std::move(held));
    }
    cell.resolutions = 12;
    cell.empty_resolutions = std::binomial_distribution<std::int64_t>(12, 0.05)(random);
    cell.tasks_done = 10 + static_cast<int>(random() % 20);
    cell.done_on_last_day = std::binomial_distribution<std::int64_t>(cell.tasks_done, 0.15)(random);
    return cell;
}

std::vector<Pattern> patterns_of(const std::vector<CellYear>& cells) {
    return patterns_in(cells.size(), [&](std::size_t step, const auto& visit) {
        for (std::size_t i = 0; i < cells.size(); i += step) visit(cells[i], 0);
    });
}

std::vector<PatternKind> kinds_of(std::span<const Pattern> found, std::int64_t number) {
    std::vector<PatternKind> kinds;
    for (const Pattern& pattern : found)
        if (pattern.unit_id == UnitId{number}) kinds.push_back(pattern.kind);
    return kinds;
}

}  // namespace

TEST_CASE("what stands out is shown, and hardly an ordinary cell is") {
    std::mt19937 random(11);
    std::vector<CellYear> cells;
    for (int number = 1; number <= 1000; ++number) cells.push_back(ordinary(random, number));
    for (auto& meeting : cells[0].meetings) meeting.present = meeting.expected = 25;
    cells[1].meetings[7].words = cells[1].meetings[6].words + " ngay khac";
    cells[2].empty_resolutions = 9;
    cells[3].done_on_last_day = cells[3].tasks_done = 15;
    for (auto& meeting : cells[4].meetings) meeting.present = meeting.expected = 3;  // tiny: nothing rare
    const auto found = patterns_of(cells);
    CHECK(kinds_of(found, 1) == std::vector{PatternKind::always_present});
    CHECK(kinds_of(found, 2) == std::vector{PatternKind::copied_minutes});
    CHECK(kinds_of(found, 3) == std::vector{PatternKind::empty_resolutions});
    CHECK(kinds_of(found, 4) == std::vector{PatternKind::last_day});
    CHECK(kinds_of(found, 5).empty());
    for (const auto kind : {PatternKind::copied_minutes, PatternKind::always_present,
                            PatternKind::empty_resolutions, PatternKind::last_day}) {
        const auto count = std::count_if(found.begin(), found.end(),
                                         [&](const Pattern& pattern) { return pattern.kind == kind; });
        CHECK(count - 1 <= static_cast<std::int64_t>(rarest_shown * 996));
    }
    for (const Pattern& pattern : found) {
        if (pattern.kind == PatternKind::copied_minutes) {
            CHECK(pattern.hits >= 60);
            CHECK(pattern.meeting_id == BoardMeetingId{207});
            CHECK(pattern.other_meeting_id == BoardMeetingId{208});
            CHECK(pattern.peer_cells == 66'000);
        } else {
            CHECK(pattern.chance_of_million <= 10'000);
            CHECK(pattern.peer_cells == 999);
        }
    }
}

TEST_CASE("four cells are too few to compare") {
    std::mt19937 random(3);
    std::vector<CellYear> cells;
    for (int number = 1; number <= 4; ++number) cells.push_back(ordinary(random, number));
    cells[0].empty_resolutions = 12;
    CHECK(patterns_of(cells).empty());
}

TEST_CASE("a cell reads and answers what is said of it, the level above closes it for the year") {
    for_each_store([](Store& store) {
        World world(store);
        world.go_to(day("2024-12-16"));
        const std::string words =
            "Chi bộ thống nhất vận động bà con góp công làm đường vào khu sản xuất, giao đồng chí trưởng "
            "thôn lập danh "
            "sách từng hộ, kiểm tra mương nước trước vụ, nhắc các hộ tiêm phòng cho trâu bò và giữ vệ sinh "
            "quanh nhà";
        const auto hold = [&](const char* on, const std::string& summary) {
            meetings::Meeting held;
            held.id = MeetingId{world.ids.next(world.now)};
            held.unit_id = world.na_lung;
            held.subject = "Meeting";
            held.meets_on = day(on);
            held.state = meetings::State::held;
            held.started_at = held.planned_for = moment_of(held.meets_on, 1170, world.zone_minutes);
            held.ended_at = Moment{held.planned_for.milliseconds + 5'400'000};
            held.summary = summary;
            world.write([&](const Call& call) { meetings::add_meetings(call, {&held, 1}); });
        };
        hold("2024-10-04", words);
        hold("2024-11-04", words + " sạch sẽ");
        Patterns patterns;
        const Actor secretary = world.person({"meetings.read", "meetings.record"}, world.na_lung);
        const Actor office = world.person({"month_board.read", "month_board.review"}, world.khau_tinh);
        const SayOfPattern say{world.na_lung, PatternKind::copied_minutes, "Hai tháng cùng một việc"};
        world.read(secretary, [&](const Call& call) {
            const PatternPage page = list_patterns(call, {world.na_lung}, patterns);
            REQUIRE(page.patterns.size() == 1);
            CHECK(page.patterns[0].met_on == day("2024-10-04"));
            CHECK(page.may_answer);
            CHECK_FALSE(page.may_close);
            CHECK(refuses([&] { list_patterns(call, {world.khau_tinh}, patterns); }, Reason::forbidden,
                          "platform.forbidden"));
        });
        world.write(secretary, [&](const Call& call) { answer_pattern(call, say, patterns); });
        CHECK(refuses(
            [&] { world.write(secretary, [&](const Call& call) { close_pattern(call, say, patterns); }); },
            Reason::forbidden, "platform.forbidden"));
        CHECK(refuses(
            [&] { world.write(office, [&](const Call& call) { answer_pattern(call, say, patterns); }); },
            Reason::forbidden, "platform.forbidden"));
        SayOfPattern empty = say, other = say;
        empty.text = " ";
        other.kind = PatternKind::last_day;
        CHECK(refuses(
            [&] { world.write(secretary, [&](const Call& call) { answer_pattern(call, empty, patterns); }); },
            Reason::invalid, "platform.required"));
        CHECK(refuses(
            [&] { world.write(secretary, [&](const Call& call) { answer_pattern(call, other, patterns); }); },
            Reason::not_found, "platform.not_found"));
        world.write(office, [&](const Call& call) { close_pattern(call, say, patterns); });
        CHECK(refuses(
            [&] { world.write(office, [&](const Call& call) { close_pattern(call, say, patterns); }); },
            Reason::conflict, "month_board.looked_at"));
        CHECK(refuses(
            [&] { world.write(office, [&](const Call& call) { close_pattern(call, other, patterns); }); },
            Reason::not_found, "platform.not_found"));
        world.read(office, [&](const Call& call) {
            const PatternPage page = list_patterns(call, {world.khau_tinh}, patterns);
            REQUIRE(page.patterns.size() == 1);
            CHECK(page.patterns[0].is_fine);
            REQUIRE(page.patterns[0].remarks.size() == 2);
            CHECK(page.patterns[0].remarks[0].text == "Hai tháng cùng một việc");
        });
        // Next year it is open again, should it still be there.
        world.go_to(day("2025-01-10"));
        world.read(office, [&](const Call& call) {
            const PatternPage page = list_patterns(call, {world.khau_tinh}, patterns);
            REQUIRE(page.patterns.size() == 1);
            CHECK_FALSE(page.patterns[0].is_fine);
        });
    });
}

}  // namespace gw::test
