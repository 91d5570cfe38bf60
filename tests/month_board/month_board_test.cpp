#include "month_board/month_board.h"

#include "month_board/month_board_rules.h"
#include "month_board/months.h"
#include "resolutions/resolutions.h"
#include "support/people.h"
#include "support/store_for_test.h"

namespace gw::test {

using namespace month_board;

namespace {

// Five cells in December 2024: Na Lung has met, Ban Lang plans to, Phia Trang is late, cell 1 has nobody set,
// cell 2 has too few members.
struct Province {
    explicit Province(Store& store) : world(store) {
        world.go_to(day("2024-12-16"));
        for (const UnitId cell : {world.na_lung, world.ban_lang, world.phia_trang, world.cell_1})
            add_people(world, cell, 4);
        add_people(world, world.cell_2, 2);
        for (const UnitId cell : {world.na_lung, world.ban_lang, world.phia_trang})
            for (const char* on : {"2024-09-04", "2024-10-04", "2024-11-04"}) hold(cell, day(on), 80'000);
        hold(world.na_lung, day("2024-12-04"), 90'000);
        plan(world.ban_lang, day("2024-12-20"));
        officer = world.person({"month_board.read", "month_board.urge", "meetings.read"}, world.tuyen_quang);
        officer.account_id = AccountId{77};
        officer.name = "Officer";
    }

    meetings::Meeting meeting(UnitId cell, Date on) {
        meetings::Meeting meeting;
        meeting.id = MeetingId{world.ids.next(world.now)};
        meeting.unit_id = cell;
        meeting.subject = "Meeting";
        meeting.meets_on = on;
        meeting.planned_for = moment_of(on, 19 * 60, world.zone_minutes);
        return meeting;
    }
    MeetingId add(meetings::Meeting meeting) {
        world.write([&](const Call& call) {
            meetings::add_meetings(call, {&meeting, 1});
            call.record("meeting.held", meeting.id, meeting.unit_id);
        });
        return meeting.id;
    }
    MeetingId hold(UnitId cell, Date on, std::int64_t score_milli, bool has_topic = false) {
        meetings::Meeting held = meeting(cell, on);
        held.state = meetings::State::held;
        held.started_at = held.planned_for;
        held.ended_at = Moment{held.planned_for.milliseconds + 5'400'000};
        held.score_milli = score_milli;
        held.maximum_milli = 100'000;
        held.score_class = "good";
        held.has_thematic_part = has_topic;
        held.published_on = date_of(day_number(on) + 1);
        return add(held);
    }
    MeetingId plan(UnitId cell, Date on) { return add(meeting(cell, on)); }

    MonthBoard board(UnitId unit, std::optional<Date> month = {}) {
        MonthBoard found;
        world.read(officer, [&](const Call& call) { found = show_board(call, {unit, month}, months); });
        return found;
    }
    CellPage cells(const ListCells& request) {
        CellPage found;
        world.read(officer, [&](const Call& call) { found = list_cells(call, request, months); });
        return found;
    }
    CellMonth cell(UnitId unit, std::optional<Date> month = {}) {
        const CellPage page = cells({unit, month, {}, {}, {}, {}, {}});
        REQUIRE(page.cells.size() == 1);
        return page.cells[0];
    }

    World world;
    Months months;
    Actor officer;
};

void check_balance(const MonthTotals& totals) {
    CHECK(totals.cells == totals.expected + totals.not_expected);
    CHECK(totals.expected == totals.held + totals.planned + totals.open + totals.late + totals.missing);
    CHECK(totals.not_expected == totals.founded_later + totals.too_few_members);
}

}  // namespace

TEST_CASE("the state of a month follows from its record, its day and today") {
    const int december = month_number(day("2024-12-01"));
    const auto state = [&](MonthRecord record, CellCircumstances cell, const char* today) {
        return standing_of(record, cell, december, day(today)).state;
    };
    const auto number = [](const char* on) { return static_cast<std::int32_t>(day_number(day(on))); };
    const CellCircumstances usual{0, 5, 4};
    MonthRecord held, planned;
    held.held_day = number("2024-12-04");
    planned.planned_day = number("2024-12-20");
    CHECK(state(held, usual, "2024-12-10") == MonthState::held);
    CHECK(state({}, usual, "2024-12-04") == MonthState::open);
    CHECK(state({}, usual, "2024-12-06") == MonthState::open);
    CHECK(state({}, usual, "2024-12-07") == MonthState::late);
    CHECK(state({}, usual, "2025-01-05") == MonthState::late);
    CHECK(state({}, usual, "2025-01-06") == MonthState::missing);
    // A day that is set counts before the usual one.
    CHECK(state(planned, usual, "2024-12-10") == MonthState::planned);
    CHECK(state(planned, usual, "2024-12-22") == MonthState::planned);
    CHECK(state(planned, usual, "2024-12-23") == MonthState::late);
    // Nobody knows the day of a cell that has hardly met: it has the whole month.
    CHECK(state({}, {0, 5, 0}, "2024-12-31") == MonthState::open);
    CHECK(state({}, {0, 5, 0}, "2025-01-01") == MonthState::late);
    CHECK(state({}, {0, 2, 4}, "2024-12-31") == MonthState::not_expected);
    CHECK(state({}, {number("2024-12-02"), 5, 4}, "2024-12-31") == MonthState::not_expected);
    CHECK(state({}, {number("2024-12-01"), 5, 4}, "2024-12-31") == MonthState::late);
    CHECK(state(held, {number("2024-12-02"), 2, 0}, "2024-12-31") == MonthState::held);
}

TEST_CASE("the usual day is the middle one, and the middle share asks for five cells") {
    CHECK(usual_day_of(std::vector<int>{4, 5}) == 0);
    CHECK(usual_day_of(std::vector<int>{4, 28, 5}) == 5);
    std::vector<std::int64_t> four{1, 2, 3, 4}, five{900, 100, 700, 500, 600};
    CHECK_FALSE(middle_of(four));
    CHECK(middle_of(five) == 600);
    CHECK(size_band(8) == 0);
    CHECK(size_band(9) == 1);
    CHECK(size_band(30) == 3);
}

TEST_CASE("the board of a province says how each cell stands, and its totals balance") {
    for_each_store([](Store& store) {
        Province province(store);
        World& world = province.world;
        const MonthBoard board = province.board(world.tuyen_quang);
        check_balance(board.totals);
        CHECK(board.month == day("2024-12-01"));
        CHECK(board.totals.cells == 5);
        CHECK(board.totals.held == 1);
        CHECK(board.totals.planned == 1);
        CHECK(board.totals.late == 1);
        CHECK(board.totals.open == 1);
        CHECK(board.totals.too_few_members == 1);
        CHECK(board.may_urge);
        CHECK(board.months.size() == 12);
        for (const MonthOf& month : board.months) check_balance(month.totals);
        REQUIRE(board.groups.size() == 2);
        CHECK(board.groups[1].name == "Na Hang");
        CHECK(board.groups[1].totals.cells == 3);
        CHECK(board.groups[0].totals.cells + board.groups[1].totals.cells == board.totals.cells);

        const CellMonth na_lung = province.cell(world.na_lung);
        CHECK(na_lung.state == MonthState::held);
        CHECK(na_lung.day == day("2024-12-04"));
        CHECK(na_lung.share == 900);
        CHECK(na_lung.last_share == 800);
        CHECK_FALSE(na_lung.similar_share);  // one scored cell is too few to compare
        CHECK(na_lung.similar_count == 1);
        CHECK(na_lung.is_published_in_time == true);
        CHECK(na_lung.months.substr(8) == "4444");
        CHECK(na_lung.above_name == "Khau Tinh");
        const CellMonth late = province.cell(world.phia_trang);
        CHECK(late.state == MonthState::late);
        CHECK(late.late_on == day("2024-12-07"));
        CHECK(late.usual_day == day("2024-12-04"));
        const CellMonth few = province.cell(world.cell_2);
        CHECK(few.why == WhyNotExpected::too_few_members);
        CHECK(few.full_members == 2);
        // November had three; the cell without a usual day missed it.
        const MonthBoard november = province.board(world.tuyen_quang, day("2024-11-20"));
        CHECK(november.totals.held == 3);
        CHECK(november.totals.missing == 1);
    });
}

TEST_CASE("what is similar is the middle of five cells of a kind and a size") {
    for_each_store([](Store& store) {
        Province province(store);
        World& world = province.world;
        add_people(world, world.cell_2, 2);
        std::int64_t score = 50'000;
        for (const UnitId cell : {world.ban_lang, world.phia_trang, world.cell_1, world.cell_2})
            province.hold(cell, day("2024-12-05"), score += 5'000);
        const CellMonth line = province.cell(world.na_lung);
        CHECK(line.similar_count == 5);
        CHECK(line.similar_share == 650);
        add_people(world, world.cell_2, 20);  // of another size now
        world.write([&](const Call& call) { call.record("member.added", MemberId{1}, world.cell_2); });
        CHECK_FALSE(province.cell(world.na_lung).similar_share);
    });
}

TEST_CASE("the board follows what is recorded, moved and joined") {
    for_each_store([](Store& store) {
        Province province(store);
        World& world = province.world;
        CHECK(province.board(world.son_phu).totals.late == 1);
        const MeetingId id = province.hold(world.phia_trang, day("2024-12-15"), 70'000, true);
        CHECK(province.board(world.son_phu).totals.held == 1);
        CHECK(province.board(world.son_phu).totals.with_topic == 1);
        CHECK(province.months.counts().whole == 1);
        CHECK(province.months.counts().followed == 1);
        resolutions::Resolution resolution;
        resolution.id = ResolutionId{world.ids.next(world.now)};
        resolution.meeting_id = id;
        resolution.unit_id = world.phia_trang;
        resolution.number = 12;
        resolution.number_text = "12-NQ/CB";
        resolution.title = "Nghị quyết tháng 12";
        resolution.adopted_on = day("2024-12-15");
        resolutions::KeptResolutionItem item;
        item.id = ResolutionItemId{world.ids.next(world.now)};
        item.resolution_id = resolution.id;
        item.unit_id = world.phia_trang;
        item.text = "Sửa đường";
        world.write([&](const Call& call) {
            resolutions::add_resolutions(call, {&resolution, 1});
            resolutions::add_items(call, {&item, 1});
            call.record("resolution.adopted", resolution.id, world.phia_trang);
        });
        const CellMonth line = province.cell(world.phia_trang);
        CHECK(line.resolution_title == "Nghị quyết tháng 12");
        CHECK(line.item_count == 1);
        CHECK(line.topic_on == day("2024-12-01"));
        world.write([&](const Call& call) {
            organisation::move(call, {world.phia_trang, world.khau_tinh, day("2024-12-16"), "QD-1"});
        });
        CHECK(province.board(world.khau_tinh).totals.held == 2);
        CHECK(province.board(world.son_phu).totals.cells == 0);
        CHECK(province.cell(world.phia_trang).resolution_title == "Nghị quyết tháng 12");
        CHECK(province.months.counts().whole == 1);
        // Everything kept is what a fresh reading finds.
        Months fresh;
        world.read([&](const Call& call) {
            const auto kept = province.months.find(call, call.today), again = fresh.find(call, call.today);
            REQUIRE(kept->cells == again->cells);
            for (int month = again->first_month; month < again->end_month(); ++month)
                for (std::size_t cell = 0; cell < again->cells.size(); ++cell)
                    CHECK(kept->record(cell, month) == again->record(cell, month));
        });
    });
}

TEST_CASE("older months are read when somebody looks back") {
    for_each_store([](Store& store) {
        Province province(store);
        province.hold(province.world.na_lung, day("2023-02-04"), 40'000);
        CHECK(province.board(province.world.na_lung).totals.held == 1);
        CHECK(province.board(province.world.na_lung, day("2023-02-10")).totals.held == 1);
        CHECK(province.cell(province.world.na_lung, day("2023-02-10")).months.back() == '1');
        CHECK(province.months.counts().whole == 1);
        CHECK(refuses([&] { province.board(province.world.na_lung, day("2025-01-01")); }, Reason::invalid,
                      "month_board.month_not_begun"));
        CHECK(refuses([&] { province.board(province.world.na_lung, day("1999-01-01")); }, Reason::invalid,
                      "checks.day_out_of_range"));
    });
}

TEST_CASE("cells are found without diacritics, filtered, sorted and paged") {
    for_each_store([](Store& store) {
        Province province(store);
        World& world = province.world;
        ListCells request;
        request.unit_id = world.tuyen_quang;
        request.limit = 2;
        std::vector<std::string> names;
        for (;;) {
            const CellPage page = province.cells(request);
            CHECK(page.count == 5);
            for (const CellMonth& cell : page.cells) names.push_back(cell.name);
            if (!page.next) break;
            request.after = page.next;
        }
        REQUIRE(names.size() == 5);
        CHECK(names.front() == "Phia Trang");  // what needs an act comes first
        CHECK(names[3] == "Nà Lung");
        const auto found = [&](const char* text) {
            return province.cells({world.tuyen_quang, {}, {}, text, CellSort::tree, {}, {}}).count;
        };
        CHECK(found("phía tràng") == 1);
        CHECK(found("khau tinh") == 2);  // by the unit above
        CHECK(province.cells({world.tuyen_quang, {}, MonthState::late, {}, {}, {}, {}}).count == 1);
        request.limit = 5001;
        CHECK(refuses([&] { province.cells(request); }, Reason::invalid, "month_board.limit_out_of_range"));
        request.limit = 2;
        request.after = world.khau_tinh;
        CHECK(refuses([&] { province.cells(request); }, Reason::not_found, "platform.not_found"));
        province.officer = world.person({"month_board.read"}, world.city);
        CHECK(refuses([&] { province.board(world.tuyen_quang); }, Reason::forbidden, "platform.forbidden"));
        CHECK(refuses(
            [&] {
                province.cells({world.na_hang, {}, {}, {}, {}, {}, {}});
            },
            Reason::forbidden, "platform.forbidden"));
        CHECK(refuses([&] { province.board(UnitId{5}); }, Reason::not_found, "platform.not_found"));
    });
}

TEST_CASE("one act urges the late cells, each at most once a week") {
    for_each_store([](Store& store) {
        Province province(store);
        World& world = province.world;
        std::vector<UnitId> told;
        const TellUrged tell = [&](const Call&, const Urge& urge) {
            told.push_back(urge.unit_id);
            return std::int64_t{1};
        };
        const auto urge = [&](UrgeCells request) {
            Urging urging;
            world.write(province.officer,
                        [&](const Call& call) { urging = urge_cells(call, request, province.months, tell); });
            return urging;
        };
        UrgeCells all;
        all.id = UrgeId{world.ids.next(world.now)};
        all.unit_id = world.tuyen_quang;
        all.note = "Đề nghị họp trong tuần";
        world.read(province.officer, [&](const Call& call) {
            const Urging preview = preview_urging(call, {world.tuyen_quang, {}}, province.months);
            REQUIRE(preview.reached.size() == 1);
            CHECK(preview.reached[0].secretary_name == "Nguyễn Văn 1");
        });
        CHECK(urge(all).reached.size() == 1);
        CHECK(told == std::vector{world.phia_trang});
        CHECK(urge(all).reached.size() == 1);  // sent twice it is one act
        CHECK(told.size() == 1);
        Actor other = province.officer;
        other.account_id = AccountId{78};
        std::swap(other, province.officer);
        CHECK(refuses([&] { urge(all); }, Reason::conflict, "month_board.id_taken"));
        std::swap(other, province.officer);

        // The unit reads it, and so does the board.
        world.read(world.person({"meetings.read"}, world.phia_trang), [&](const Call& call) {
            const UnitUrges urges = urges_of(call, {world.phia_trang});
            REQUIRE(urges.urges.size() == 1);
            CHECK(urges.urges[0].urge.note == "Đề nghị họp trong tuần");
            CHECK(urges.urges[0].urge.urged_by_name == "Officer");
            CHECK(urges.urges[0].from_unit_name == "Tuyên Quang");
            CHECK(refuses([&] { urges_of(call, {world.na_lung}); }, Reason::forbidden, "platform.forbidden"));
        });
        CHECK(province.cell(world.phia_trang).urged_on == day("2024-12-16"));
        CHECK(province.board(world.tuyen_quang).totals.urged == 1);

        all.id.reset();
        world.go_to(day("2024-12-22"));
        try {
            urge(all);
            FAIL("urged twice in a week");
        } catch (const Refusal& refusal) {
            CHECK(refusal.reason == Reason::conflict);
            CHECK(refusal.problems[0].key == "month_board.urged_this_week");
            CHECK(refusal.problems[0].arguments[0].second == "2024-12-23");
        }
        // Another cell became late: it is reached, the other one left out and counted.
        world.go_to(day("2024-12-22"));
        province.hold(world.cell_1, day("2024-09-01"), 1);
        province.hold(world.cell_1, day("2024-10-01"), 1);
        province.hold(world.cell_1, day("2024-11-01"), 1);
        const Urging second = urge(all);
        REQUIRE(second.reached.size() == 1);
        CHECK(second.reached[0].unit_id == world.cell_1);
        REQUIRE(second.left_out.size() == 1);
        CHECK(second.left_out[0].possible_on == day("2024-12-23"));
        world.go_to(day("2024-12-23"));
        CHECK(urge({{}, world.tuyen_quang, {}, {world.phia_trang}, {}}).reached.size() == 1);
        CHECK(told.size() == 3);

        CHECK(refuses(
            [&] {
                urge({{}, world.tuyen_quang, {}, {world.na_lung}, {}});
            },
            Reason::invalid, "month_board.not_late"));
        CHECK(refuses(
            [&] {
                urge({{}, world.khau_tinh, {}, {world.phia_trang}, {}});
            },
            Reason::invalid, "month_board.not_below"));
        CHECK(refuses(
            [&] {
                urge({{}, world.tuyen_quang, {}, {}, std::string(501, 'x')});
            },
            Reason::invalid, "checks.too_long"));
        CHECK(refuses(
            [&] {
                urge({{}, world.na_lung, {}, {}, {}});
            },
            Reason::conflict, "month_board.nobody_late"));
        province.officer = world.person({"month_board.read"}, world.tuyen_quang);
        CHECK(refuses([&] { urge(all); }, Reason::forbidden, "platform.forbidden"));
        world.read(province.officer, [&](const Call& call) {
            CHECK(refuses(
                [&] {
                    preview_urging(call, {world.tuyen_quang, {}}, province.months);
                },
                Reason::forbidden, "platform.forbidden"));
        });
    });
}

}  // namespace gw::test
