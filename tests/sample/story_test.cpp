// The two stories of the sample, each link of them.
#include <algorithm>
#include <map>
#include <set>

#include "accounts/accounts.h"
#include "classification/classification.h"
#include "directives/directives.h"
#include "meetings/series.h"
#include "month_board/patterns.h"
#include "notices/notices.h"
#include "resolutions/resolutions.h"
#include "sample/app_for_test.h"
#include "tasks/tasks.h"
#include "visits/visits.h"

using namespace gw;
using namespace gw::test;

TEST_CASE("Na Lung: the advice of April is answered in May, and the meetings get better") {
    AppForTest test(Dialect::sqlite);
    test.fill();
    test.read([](const Call& call) {
        const UnitId na_lung = unit_named(call, "Chi bộ thôn Nà Lung");
        const auto path = call.tree->path(call.tree->get(na_lung));
        REQUIRE(path.size() == 4);
        CHECK(call.tree->at(path[1]).name == "Đảng bộ huyện Na Hang");
        CHECK(call.tree->at(path[2]).name == "Đảng bộ xã Khau Tinh");

        const auto visits = visits::visits_of(call.db, na_lung, on(1, 1), on(12, 16));
        REQUIRE(visits.size() == 1);
        CHECK(visits[0].visited_on == on(4, 4));
        REQUIRE(visits[0].meeting_id);
        CHECK(meetings::find_meeting(call.db, *visits[0].meeting_id)->meets_on == on(4, 4));
        const auto advice = visits::advice_of(call.db, na_lung, on(1, 1), on(12, 16));
        REQUIRE(advice.size() == 3);
        std::map<Date, ResolutionId> resolution_on;
        for (const auto& record : resolutions::list(call, {na_lung, std::nullopt, std::nullopt}).resolutions)
            resolution_on[record.resolution.adopted_on] = record.resolution.id;
        const auto may = resolutions::show(call, {resolution_on.at(on(5, 4))});
        for (const visits::AdviceItem& item : advice) {
            CHECK(item.state == visits::AdviceState::confirmed);
            CHECK(item.answered_on == on(5, 4));
            CHECK(item.confirmed_on == on(8, 6));
            CHECK(!item.effect.empty());
            CHECK(std::any_of(may.items.begin(), may.items.end(),
                              [&](const auto& line) { return line.item.id == *item.answered_by_item_id; }));
        }
        const auto agenda = call.db.count(
            "SELECT COUNT(*) FROM agenda_items a JOIN meetings m ON m.id = a.meeting_id WHERE m.unit_id = "
            ":unit_id AND m.meets_on = :day AND "
            "a.source_kind = 'advice'",
            {{"unit_id", na_lung}, {"day", on(5, 4)}});
        CHECK(agenda == 3);

        std::int64_t tasks_of_may = 0, late = 0, exceeded = 0;
        std::set<tasks::OwnerKind> owners;
        for (const auto& line : may.items) {
            CHECK(!line.citations.empty());
            for (const tasks::TaskLine& task : line.tasks) {
                ++tasks_of_may;
                CHECK(task.task.state == tasks::State::done);
                CHECK(!task.task.result.empty());
                CHECK(*task.task.done_on <= on(6, 30));
                late += *task.task.done_on > task.task.due_on;
                exceeded += task.task.is_exceeded;
                owners.insert(task.task.owner_kind);
                const resolutions::Trail trail = resolutions::trail(call, {task.task.id});
                REQUIRE(trail.item);
                CHECK(trail.item->id == line.item.id);
                REQUIRE(!trail.sentences.empty());
                CHECK(!trail.sentences[0].text.empty());
                CHECK(!trail.sentences[0].who.empty());
            }
        }
        CHECK(tasks_of_may >= 10);
        CHECK(late == 1);
        CHECK(exceeded == 1);
        CHECK(owners.size() == 2);

        for (const meetings::Meeting& meeting :
             meetings::meetings_of(call.db, na_lung, on(1, 1), on(12, 16))) {
            CAPTURE(to_text(meeting.meets_on));
            REQUIRE(meeting.score_milli);
            REQUIRE(meeting.score_class);
            if (meeting.meets_on <= on(3, 4)) CHECK(*meeting.score_milli >= 65000);
            if (meeting.meets_on <= on(3, 4)) CHECK(*meeting.score_milli < 70000);
            if (meeting.meets_on == on(4, 4)) CHECK(*meeting.score_milli == 71000);
            if (meeting.meets_on >= on(6, 4)) CHECK(*meeting.score_milli >= 88000);
        }
        const auto january =
            meetings::meetings_of(call.db, na_lung, on(12, 31),
                                  {std::chrono::year{2025}, std::chrono::month{1}, std::chrono::day{31}});
        REQUIRE(january.size() == 1);
        CHECK(january[0].state == meetings::State::planned);
        CHECK(resolutions::open_items_of(call.db, na_lung).size() == 3);

        const auto unit_class = classification::find_unit_class(call.db, na_lung, 2024);
        REQUIRE(unit_class);
        CHECK(unit_class->class_key == "good");
    });
}

TEST_CASE("the level above finds each kind of pattern and late cells, and nothing to ask of Na Lung") {
    AppForTest test(Dialect::sqlite);
    test.fill();
    test.read([](const Call& call) {
        month_board::Patterns patterns;
        std::map<month_board::PatternKind, std::set<std::string>> cells_with;
        const auto page = month_board::list_patterns(call, {call.tree->at(0).id}, patterns);
        for (const month_board::Pattern& pattern : page.patterns) {
            const auto& unit = call.tree->at(call.tree->get(pattern.unit_id));
            CHECK(unit.name != "Chi bộ thôn Nà Lung");
            cells_with[pattern.kind].insert(unit.code);
        }
        using Kind = month_board::PatternKind;
        CHECK(cells_with[Kind::copied_minutes] == std::set<std::string>{"02263-02"});
        CHECK(cells_with[Kind::last_day] == std::set<std::string>{"02263-06"});
        CHECK(cells_with[Kind::empty_resolutions].contains("02263-08"));
        CHECK(cells_with[Kind::always_present].contains("02512-05"));
        month_board::Months months;
        month_board::ListCells late;
        late.unit_id = unit_named(call, "Đảng bộ xã Khau Tinh");
        late.state = month_board::MonthState::late;
        CHECK(month_board::list_cells(call, late, months).count == 1);
    });
}

TEST_CASE("today at Na Lung something is late and something is due soon") {
    AppForTest test(Dialect::sqlite);
    test.fill();
    test.read([](const Call& call) {
        const UnitId na_lung = unit_named(call, "Chi bộ thôn Nà Lung");
        CHECK(to_text(call.today) == sample::today);
        tasks::ListTasks open;
        open.unit_id = na_lung;
        open.state = tasks::State::open;
        std::int64_t late = 0, soon = 0;
        for (const tasks::TaskLine& line : tasks::list(call, open).tasks) {
            late += line.is_late;
            soon += !line.is_late;
        }
        CHECK(late == 1);
        CHECK(soon == 3);
        const auto member = accounts::find_account(call.db, "dangvien");
        tasks::ListTasks own = open;
        own.owner_member_id = member->member_id;
        CHECK(tasks::list(call, own).tasks.size() == 1);
    });
}

TEST_CASE(
    "cell 2 of An Tuong gives work to groups after each meeting, from its members' words, and is excellent") {
    AppForTest test(Dialect::sqlite);
    test.fill();
    test.read([](const Call& call) {
        UnitId cell;
        for (const organisation::TreeUnit& unit : call.tree->units())
            if (unit.code == "02512-02") cell = unit.id;
        REQUIRE(cell);
        CHECK(call.tree->at(call.tree->get(cell)).name == "Chi bộ 2");
        const auto resolutions = resolutions::list(call, {cell, 2024, std::nullopt}).resolutions;
        CHECK(resolutions.size() == 12);
        std::set<std::string> kinds;
        for (const auto& record : resolutions)
            for (const auto& line : record.items) {
                REQUIRE(!line.citations.empty());
                CHECK(line.citations[0].kind == resolutions::CitationKind::contribution);
                CHECK(!line.citations[0].text.empty());
                for (const tasks::TaskLine& task : line.tasks)
                    if (task.task.owner_unit_id)
                        kinds.insert(call.tree->kind_of(call.tree->get(*task.task.owner_unit_id)).key);
            }
        CHECK(kinds == std::set<std::string>{"front_board", "women_union", "farmers_union", "youth_union",
                                             "veterans_association", "self_management_group"});
        CHECK(classification::find_unit_class(call.db, cell, 2024)->class_key == "excellent");
    });
}

TEST_CASE("what was asked from above is answered, superseded, late in some cells, and one reminder waits") {
    AppForTest test(Dialect::sqlite);
    test.fill();
    test.read([](const Call& call) {
        const UnitId na_lung = unit_named(call, "Chi bộ thôn Nà Lung");
        std::int64_t concrete = 0, waiting = 0, superseded = 0, late = 0;
        for (const directives::DirectiveLine& line : directives::list(call, {na_lung, {}, {}}).directives) {
            REQUIRE(line.own);
            CAPTURE(line.directive.title);
            superseded += line.directive.superseded_by_id.has_value();
            concrete += line.own->standing == directives::Standing::concrete;
            waiting += line.directive.kind == directives::Kind::reminder &&
                       line.own->standing == directives::Standing::open;
            late += line.counts.late;
            // It is answered by a sentence of the cell's own resolution that names it.
            if (line.own->resolution_item_id) {
                CHECK(call.db.count("SELECT COUNT(*) FROM citations c JOIN resolution_items i ON i.id = "
                                    "c.resolution_item_id WHERE i.id = :item AND i.unit_id = :unit AND "
                                    "c.kind = 'directive' AND c.cited_id = :directive",
                                    {{"item", *line.own->resolution_item_id},
                                     {"unit", na_lung},
                                     {"directive", line.directive.id}}) == 1);
            }
        }
        CHECK(concrete == 2);
        CHECK(waiting == 1);
        CHECK(superseded == 1);
        CHECK(late > 0);
        // The next ledger tells of what is open, not of the whole year again.
        CHECK(call.db.count("SELECT COUNT(*) FROM resolution_items WHERE unit_id = :unit AND ledger_outcome "
                            "= 'none'",
                            {{"unit", na_lung}}) == 3);
    });
}

TEST_CASE("the speaker of the Front work board has a task to report") {
    AppForTest test(Dialect::sqlite);
    test.fill();
    test.read([](const Call& call) {
        const auto speaker = accounts::find_account(call.db, "mattran");
        REQUIRE(speaker);
        CHECK(call.db.count("SELECT COUNT(*) FROM grants WHERE account_id = :id AND role_key = "
                            "'group_speaker' AND unit_id = :unit",
                            {{"id", speaker->id}, {"unit", speaker->home_unit_id}}) == 1);
        CHECK(call.db.count("SELECT COUNT(*) FROM tasks WHERE owner_unit_id = :unit AND state = 'open'",
                            {{"unit", speaker->home_unit_id}}) == 1);
    });
}

TEST_CASE("the people of Na Lung find in their inbox what the year told them, and its cells meet by a rule") {
    AppForTest test(Dialect::sqlite);
    test.fill();
    test.read([&](const Call& call) {
        const UnitId na_lung = unit_named(call, "Chi bộ thôn Nà Lung");
        const auto list = meetings::list_series(call, {na_lung}, {test.app->rulebooks()});
        REQUIRE(list.series.size() == 1);
        CHECK(list.series[0].day_of_month == 4);
        CHECK(list.series[0].minute_of_day == 19 * 60 + 30);
        REQUIRE(!list.meetings.empty());
        CHECK(to_text(list.meetings[0].due_on) == "2025-01-04");
        CHECK(!list.meetings[0].was_moved);

        const auto inbox_of = [&](const char* user_name) {
            Actor actor;
            actor.account_id = accounts::find_account(call.db, user_name)->id;
            const Call own{call.db,    actor,      call.now,       call.today,
                           "vi",       call.tree,  call.ids,       call.announcements,
                           call.store, call.files, call.request_id};
            return notices::list(own, {{}, {}, 200}, {.texts = test.app->texts()});
        };
        const notices::NoticePage secretary = inbox_of("thuky"), member = inbox_of("dangvien");
        std::set<notices::Kind> kinds;
        for (const notices::Notice& notice : secretary.notices) {
            kinds.insert(notice.kind);
            CHECK(notice.text.find('{') == std::string::npos);
        }
        CHECK(kinds.contains(notices::Kind::advice_given));
        CHECK(kinds.contains(notices::Kind::directive_given));
        CHECK(secretary.unread_count > 0);
        CHECK(secretary.unread_count < static_cast<std::int64_t>(secretary.notices.size()));
        CHECK(member.unread_count > 0);
    });
}
