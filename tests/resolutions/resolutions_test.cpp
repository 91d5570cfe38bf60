#include "resolutions/resolutions.h"

#include <algorithm>

#include "support/people.h"
#include "support/store_for_test.h"

namespace gw::resolutions {
namespace {

using test::day;
using test::refuses;
const std::vector<std::string> permissions{"meetings.read",    "meetings.plan",     "meetings.record",
                                           "resolutions.read", "resolutions.adopt", "tasks.read",
                                           "tasks.assign",     "tasks.report",      "visits.read"};

struct Cell {
    explicit Cell(Store& store) : world(store), people(test::add_people(world, world.na_lung, 6)) {
        secretary = world.person(permissions, world.na_lung, people[0]);
        reader = world.person({"meetings.read"}, world.na_lung, people[3]);
        world.go_to(day("2024-05-04"), 22 * 60);
        meeting = held(day("2024-05-04"));
    }
    meetings::MeetingRecord held(Date on) {
        meetings::MeetingRecord kept;
        meetings::Happening happening = test::everybody_came(world, on, people);
        happening.contributions = {{{}, people[1], "Nên rải cấp phối đường nội thôn"},
                                   {{}, people[2], "Giữ vệ sinh chung"}};
        world.write(secretary, [&](const Call& call) {
            kept = meetings::add(call, test::meeting_on(world, world.na_lung, on, happening), setting);
        });
        return kept;
    }
    TaskToGive task(std::string title, std::size_t owner = 2, std::string_view due = "2024-05-25") const {
        TaskToGive given;
        given.title = std::move(title);
        given.owner_member_id = people[owner];
        given.due_on = day(due);
        return given;
    }
    AdoptResolution request() const {
        AdoptResolution asked;
        asked.meeting_id = meeting.meeting.id;
        asked.title = "Nghị quyết tháng 5";
        asked.votes_for = 6;
        asked.items = {
            {{},
             "Rải cấp phối 800 m đường nội thôn",
             {{CitationKind::contribution, CitedId{meeting.contributions[0].contribution.id.number}}},
             {task("Vận động góp ngày công"), task("Mua đá dăm", 3)}},
            {{}, "Tổng vệ sinh sáng thứ bảy", {}, {}}};
        return asked;
    }
    ResolutionRecord adopted(const AdoptResolution& asked) {
        ResolutionRecord kept;
        world.write(secretary, [&](const Call& call) { kept = adopt(call, asked); });
        return kept;
    }
    void finish(TaskId task_id) {
        world.write(secretary, [&](const Call& call) { tasks::finish(call, {task_id, "xong", false, {}}); });
    }
    std::vector<ResolutionItem> open() {
        std::vector<ResolutionItem> items;
        world.read([&](const Call& call) { items = open_items_of(call.db, world.na_lung); });
        return items;
    }
    template <class Act>
    bool refused(const Actor& actor, Reason reason, std::string_view key, Act act) {
        return refuses([&] { world.write(actor, [&](const Call& call) { act(call); }); }, reason, key);
    }
    test::World world;
    std::vector<MemberId> people;
    Actor secretary, reader;
    meetings::Setting setting{test::project_rulebooks()};
    meetings::MeetingRecord meeting;
};

}  // namespace

TEST_CASE("a resolution gives tasks, and its items are done when their tasks are") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const ResolutionRecord kept = cell.adopted(cell.request());
        CHECK(kept.resolution.number_text == "01-NQ/CB");
        CHECK(kept.resolution.votes_called == 6);
        REQUIRE(kept.items.size() == 2);
        REQUIRE(kept.items[0].tasks.size() == 2);
        CHECK(kept.items[0].tasks[0].task.origin == tasks::Origin::resolution_item);
        CHECK(kept.items[0].citations[0].who == "Nguyễn Văn 2");
        CHECK(cell.open().size() == 2);
        cell.finish(kept.items[0].tasks[0].task.id);
        CHECK(cell.open().size() == 2);
        cell.finish(kept.items[0].tasks[1].task.id);
        REQUIRE(cell.open().size() == 1);
        CHECK(cell.open()[0].text == "Tổng vệ sinh sáng thứ bảy");
        cell.world.read(cell.secretary, [&](const Call& call) {
            CHECK(show(call, {kept.resolution.id}).items[0].item.state == ItemState::done);
            CHECK(list(call, {cell.world.na_lung, {}, {}}).resolutions.size() == 1);
            CHECK(list(call, {cell.world.na_lung, 2023, {}}).resolutions.empty());
            CHECK(list(call, {cell.world.na_lung, {}, cell.meeting.meeting.id}).resolutions.size() == 1);
            CHECK(open_items(call, {cell.world.na_lung}).items.size() == 1);
        });
        // A task opened again opens its item again.
        cell.world.write(cell.secretary, [&](const Call& call) {
            tasks::reopen(call, {kept.items[0].tasks[0].task.id, "đường lún"});
        });
        CHECK(cell.open().size() == 2);
    });
}

TEST_CASE("open items are carried over, or closed by the next resolution") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const ResolutionRecord may = cell.adopted(cell.request());
        cell.world.go_to(day("2024-06-03"), 22 * 60);
        cell.meeting = cell.held(day("2024-06-03"));
        AdoptResolution june = cell.request();
        june.items.pop_back();
        june.items[0].tasks = {cell.task("Đào rãnh", 2, "2024-06-20")};
        june.closings = {{may.items[1].item.id, ItemState::dropped, "đã thành nếp"}};
        CHECK(cell.adopted(june).resolution.number_text == "02-NQ/CB");
        const auto open = cell.open();
        REQUIRE(open.size() == 2);
        CHECK(open[0].id == may.items[0].item.id);
        CHECK(open[0].carried_over == 1);
        CHECK(open[1].carried_over == 0);
        cell.world.read(cell.secretary, [&](const Call& call) {
            const ResolutionItem dropped = show(call, {may.resolution.id}).items[1].item;
            CHECK(dropped.state == ItemState::dropped);
            CHECK(dropped.close_reason == "đã thành nếp");
            CHECK(dropped.closed_on == day("2024-06-03"));
            const auto results = results_of_last(call, cell.world.na_lung, day("2024-06-03"));
            REQUIRE(results);
            CHECK(results->total == 2);
            CHECK(results->done == 0);
            CHECK_FALSE(results_of_last(call, cell.world.na_lung, day("2024-05-04")));
            const auto counts = count_by_unit(call.db, day("2024-01-01"), day("2024-12-31"));
            REQUIRE(counts.size() == 1);
            CHECK(counts[0].resolutions == 2);
            CHECK(counts[0].items == 3);
            // The dropped item is not due; the other two have tasks that are due in the year and not done
            // yet.
            CHECK(counts[0].items_due == 2);
            CHECK(counts[0].items_done == 0);
        });
    });
}

TEST_CASE("the next resolution's ledger says of each earlier task how it stood and what came of it") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const ResolutionRecord may = cell.adopted(cell.request());
        cell.world.read(cell.secretary,
                        [&](const Call& call) { CHECK(ledger(call, {may.resolution.id}).lines.empty()); });
        const auto& given = may.items[0].tasks;
        cell.world.go_to(day("2024-05-20"));
        cell.finish(given[0].task.id);
        cell.world.write(cell.secretary, [&](const Call& call) {
            tasks::report_progress(call, {given[1].task.id, 40, "đã đặt 20 khối"});
        });
        cell.world.go_to(day("2024-06-03"), 22 * 60);
        cell.meeting = cell.held(day("2024-06-03"));
        AdoptResolution asked = cell.request();
        asked.items.pop_back();
        asked.closings = {{may.items[1].item.id, ItemState::done, "đã thành nếp"}};
        const ResolutionRecord june = cell.adopted(asked);
        std::vector<LedgerLine> frozen;
        cell.world.read(cell.secretary,
                        [&](const Call& call) { frozen = ledger(call, {june.resolution.id}).lines; });
        REQUIRE(frozen.size() == 3);
        CHECK(frozen[0].task_title == "Vận động góp ngày công");
        CHECK(frozen[0].item_number_text == may.resolution.number_text);
        CHECK(frozen[0].start_state == StartState::done);
        CHECK(frozen[0].outcome == LedgerOutcome::done);
        CHECK(frozen[1].task_title == "Mua đá dăm");
        CHECK(frozen[1].start_state == StartState::late);
        CHECK(frozen[1].start_progress == 40);
        CHECK(frozen[1].result == "đã đặt 20 khối");
        CHECK(frozen[1].outcome == LedgerOutcome::carried_over);
        CHECK_FALSE(frozen[2].task_id);
        CHECK(frozen[2].item_text == "Tổng vệ sinh sáng thứ bảy");
        CHECK(frozen[2].outcome == LedgerOutcome::done);
        CHECK(frozen[2].reason == "đã thành nếp");

        // What happens later changes nothing in it, and the next ledger goes on from there.
        cell.world.go_to(day("2024-06-20"));
        cell.finish(given[1].task.id);
        cell.world.go_to(day("2024-07-04"), 22 * 60);
        cell.meeting = cell.held(day("2024-07-04"));
        asked = cell.request();
        asked.items.pop_back();
        asked.items[0].tasks.clear();
        const ResolutionRecord july = cell.adopted(asked);
        cell.world.read(cell.secretary, [&](const Call& call) {
            CHECK(ledger(call, {june.resolution.id}).lines[1].outcome == LedgerOutcome::carried_over);
            const auto lines = ledger(call, {july.resolution.id}).lines;
            REQUIRE(lines.size() == 4);
            CHECK(lines[1].task_title == "Mua đá dăm");
            CHECK(lines[1].outcome == LedgerOutcome::done);
            CHECK(lines[1].carried_over == 1);
            CHECK(lines[2].item_number_text == june.resolution.number_text);
        });
        cell.world.read(cell.reader, [&](const Call& call) {
            CHECK(refuses([&] { ledger(call, {june.resolution.id}); }, Reason::not_found,
                          "platform.not_found"));
        });
    });
}

TEST_CASE("a resolution written down late neither closes nor carries what came after its meeting") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const meetings::MeetingRecord may = cell.meeting;
        cell.world.go_to(day("2024-06-03"), 22 * 60);
        cell.meeting = cell.held(day("2024-06-03"));
        const ResolutionRecord june = cell.adopted(cell.request());
        cell.meeting = may;
        AdoptResolution late = cell.request();
        late.closings = {{june.items[1].item.id, ItemState::done, "xong"}};
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.not_open",
                           [&](const Call& call) { adopt(call, late); }));
        late.closings.clear();
        const ResolutionRecord kept = cell.adopted(late);
        for (const ResolutionItem& item : cell.open()) CHECK(item.carried_over == 0);
        CHECK(cell.open().size() == 4);
        cell.world.read(cell.secretary,
                        [&](const Call& call) { CHECK(ledger(call, {kept.resolution.id}).lines.empty()); });
    });
}

TEST_CASE("an item is dropped by a decision only, and its tasks with it") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const ResolutionRecord may = cell.adopted(cell.request());
        const ResolutionItemId item = may.items[0].item.id;
        cell.world.write(cell.secretary, [&](const Call& call) {
            for (const auto& line : may.items[0].tasks) tasks::drop(call, {line.task.id, "hết vốn"});
        });
        CHECK(cell.open().size() == 2);
        cell.world.write(cell.secretary, [&](const Call& call) {
            give_task(call, {item, cell.task("Xin vốn khác")});
            const ResolutionItemLine closed = close_item(call, {item, ItemState::dropped, "xã làm"});
            CHECK(closed.item.state == ItemState::dropped);
            for (const tasks::TaskLine& line : closed.tasks) CHECK(line.task.state == tasks::State::dropped);
        });
        REQUIRE(cell.open().size() == 1);
        // What is opened again is open everywhere.
        cell.world.write(cell.secretary, [&](const Call& call) {
            tasks::reopen(call, {may.items[0].tasks[0].task.id, "có vốn rồi"});
        });
        CHECK(cell.open().size() == 2);
        cell.world.read(cell.secretary, [&](const Call& call) {
            CHECK(agenda_of_open_items(call, cell.world.na_lung).size() == 2);
            CHECK(trail(call, {may.items[0].tasks[1].task.id}).task.task.drop_reason == "hết vốn");
        });
        // Closed as done, its open tasks are done by that word.
        cell.world.write(cell.secretary, [&](const Call& call) {
            const ResolutionItemLine closed = close_item(call, {item, ItemState::done, "đã rải xong"});
            CHECK(closed.item.state == ItemState::done);
            for (const tasks::TaskLine& line : closed.tasks)
                if (line.task.state == tasks::State::done) CHECK(line.task.result == "đã rải xong");
        });
        CHECK(cell.open().size() == 1);
    });
}

TEST_CASE("a resolution is corrected with a reason, and no item leaves by it") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const ResolutionRecord kept = cell.adopted(cell.request());
        const auto asked = [&](const std::function<void(CorrectResolution&)>& change = {}) {
            CorrectResolution request{kept.resolution.id, 1, "gõ nhầm", "Nghị quyết tháng 5/2024", 5, {}, {}};
            for (const ResolutionItemLine& line : kept.items)
                request.items.push_back({line.item.id, line.item.text + ".", {}, {}});
            if (change) change(request);
            return [request](const Call& call) { correct(call, request); };
        };
        using Request = CorrectResolution;
        CHECK(cell.refused(cell.reader, Reason::forbidden, "platform.forbidden", asked()));
        const Actor cannot_assign = cell.world.person({"resolutions.adopt"}, cell.world.na_lung);
        CHECK(cell.refused(cannot_assign, Reason::forbidden, "platform.forbidden", asked([&](Request& r) {
                               r.items.push_back({{}, "Thêm", {}, {cell.task("Việc thêm")}});
                           })));
        CHECK(cell.refused(cell.secretary, Reason::not_found, "platform.not_found",
                           asked([](Request& r) { r.resolution_id = ResolutionId{1}; })));
        CHECK(cell.refused(cell.secretary, Reason::conflict, "resolutions.changed_meanwhile",
                           asked([](Request& r) { r.version = 2; })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "platform.required",
                           asked([](Request& r) { r.reason = " "; })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.item_missing",
                           asked([](Request& r) { r.items.pop_back(); })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.item_missing",
                           asked([](Request& r) { std::swap(r.items[0], r.items[1]); })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.only_wording",
                           asked([&](Request& r) { r.items[0].tasks = {cell.task("Việc")}; })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.not_carried",
                           asked([](Request& r) { r.votes_for = 3; })));
        CHECK(cell.refused(cell.secretary, Reason::conflict, "resolutions.id_taken", asked([&](Request& r) {
                               r.items.push_back({kept.items[0].item.id, "Thêm", {}, {}});
                           })));
        cell.world.write(cell.secretary, asked([&](Request& r) {
                             r.items.push_back({{}, "Nội dung ghi sót", {}, {cell.task("Việc ghi sót")}});
                         }));
        cell.world.read(cell.secretary, [&](const Call& call) {
            const ResolutionRecord now = show(call, {kept.resolution.id});
            CHECK(now.resolution.version == 2);
            CHECK(now.resolution.number_text == kept.resolution.number_text);
            CHECK(now.resolution.votes_for == 5);
            REQUIRE(now.items.size() == 3);
            CHECK(now.items[0].item.text == "Rải cấp phối 800 m đường nội thôn.");
            CHECK(now.items[0].tasks.size() == 2);
            CHECK(now.items[2].item.number == 3);
            CHECK(now.items[2].tasks.size() == 1);
        });
        CHECK(cell.open().size() == 3);
    });
}

TEST_CASE("a speaker sees what became of each own word, without any permission") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        cell.adopted(cell.request());
        const Actor speaker = cell.world.person({}, cell.world.na_lung, cell.people[1]);
        cell.world.go_to(day("2024-06-03"), 22 * 60);
        cell.held(day("2024-06-03"));
        cell.world.read(speaker, [&](const Call& call) {
            const OwnWords all = own_words(call, {});
            REQUIRE(all.words.size() == 2);
            CHECK(all.words[0].sentence.day == day("2024-06-03"));
            CHECK(all.words[0].items.empty());
            REQUIRE(all.words[1].items.size() == 1);
            CHECK(all.words[1].items[0].item.text == "Rải cấp phối 800 m đường nội thôn");
            const OwnWords first = own_words(call, {{}, 1});
            REQUIRE(first.next);
            CHECK(own_words(call, {first.next, 1}).words[0].sentence.day == day("2024-05-04"));
            CHECK(refuses([&] { own_words(call, {{}, 0}); }, Reason::invalid, "checks.limit_out_of_range"));
        });
        const Actor nobody = cell.world.person({"resolutions.read"}, cell.world.na_lung);
        cell.world.read(nobody, [&](const Call& call) { CHECK(own_words(call, {}).words.empty()); });
    });
}

TEST_CASE("an item counts as done on time when no task of it was late") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        AdoptResolution asked = cell.request();
        asked.items[1].tasks = {cell.task("Quét đường", 4, "2024-05-10")};
        const ResolutionRecord kept = cell.adopted(asked);
        cell.world.go_to(day("2024-05-20"));
        for (const ResolutionItemLine& line : kept.items)
            for (const tasks::TaskLine& task : line.tasks) cell.finish(task.task.id);
        cell.world.read([&](const Call& call) {
            const auto counts = count_by_unit(call.db, day("2024-01-01"), day("2024-12-31"));
            REQUIRE(counts.size() == 1);
            CHECK(counts[0].items_due == 2);
            CHECK(counts[0].items_done == 2);
            CHECK(counts[0].items_done_on_time == 1);
            const auto origins =
                tasks::count_by_origin(call.db, tasks::Origin::resolution_item, day("2024-01-01"));
            REQUIRE(origins.size() == 2);
            CHECK(origins[0].done == 2);
            CHECK(origins[1].done_late == 1);
            CHECK(origins[1].last_due_on == day("2024-05-10"));
        });
    });
}

TEST_CASE("many resolutions go in at once") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        std::vector<Resolution> resolutions;
        std::vector<KeptResolutionItem> items;
        std::vector<Citation> citations;
        for (std::int64_t i = 1; i <= 500; ++i) {
            Resolution& resolution = resolutions.emplace_back();
            resolution.id = ResolutionId{cell.world.ids.next(cell.world.now)};
            resolution.meeting_id = cell.meeting.meeting.id;
            resolution.unit_id = cell.world.na_lung;
            resolution.term_begins_on = day("2024-01-01");
            resolution.number = i;
            resolution.adopted_on = day("2024-05-04");
            KeptResolutionItem& item = items.emplace_back();
            item.id = ResolutionItemId{cell.world.ids.next(cell.world.now)};
            item.resolution_id = resolution.id;
            item.unit_id = cell.world.na_lung;
            citations.push_back({item.id, CitationKind::contribution,
                                 CitedId{cell.meeting.contributions[0].contribution.id.number}});
        }
        cell.world.write([&](const Call& call) {
            add_resolutions(call, resolutions);
            add_items(call, items);
            add_citations(call, citations);
        });
        CHECK(cell.open().size() == 500);
        CHECK(cell.adopted(cell.request()).resolution.number_text == "501-NQ/CB");
    });
}

TEST_CASE("a resolution sent twice is one resolution") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        AdoptResolution asked = cell.request();
        asked.id = ResolutionId{cell.world.ids.next(cell.world.now)};
        asked.items[0].id = ResolutionItemId{cell.world.ids.next(cell.world.now)};
        asked.items[0].tasks[0].id = TaskId{cell.world.ids.next(cell.world.now)};
        cell.adopted(asked);
        const auto audit = cell.world.audit_count();
        CHECK(cell.adopted(asked).resolution.number == 1);
        CHECK(cell.world.audit_count() == audit);
        AdoptResolution other = asked;
        other.title = "Khác";
        CHECK(cell.refused(cell.secretary, Reason::conflict, "resolutions.id_taken",
                           [&](const Call& call) { adopt(call, other); }));
        other.id.reset();
        CHECK(cell.refused(cell.secretary, Reason::conflict, "resolutions.id_taken",
                           [&](const Call& call) { adopt(call, other); }));
    });
}

TEST_CASE("adopting is refused with its reason, and nothing of it is kept") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const auto audit = cell.world.audit_count();
        const auto asked = [&](const std::function<void(AdoptResolution&)>& change) {
            return [&cell, change](const Call& call) {
                AdoptResolution request = cell.request();
                change(request);
                adopt(call, request);
            };
        };
        CHECK(cell.refused(cell.reader, Reason::forbidden, "platform.forbidden",
                           asked([](AdoptResolution&) {})));
        const Actor cannot_assign = cell.world.person({"resolutions.adopt"}, cell.world.na_lung);
        CHECK(cell.refused(cannot_assign, Reason::forbidden, "platform.forbidden",
                           asked([](AdoptResolution&) {})));
        CHECK(cell.refused(cell.secretary, Reason::not_found, "platform.not_found",
                           asked([](AdoptResolution& r) { r.meeting_id = MeetingId{4}; })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.no_items",
                           asked([](AdoptResolution& r) { r.items.clear(); })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.not_carried",
                           asked([](AdoptResolution& r) { r.votes_for = 3; })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.not_carried",
                           asked([](AdoptResolution& r) {
                               r.votes_for = 3;
                               r.needs_two_thirds = true;
                           })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.too_many_votes",
                           asked([](AdoptResolution& r) { r.votes_for = 7; })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.before_the_meeting",
                           asked([](AdoptResolution& r) { r.adopted_on = day("2024-05-03"); })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "checks.day_in_future",
                           asked([](AdoptResolution& r) { r.adopted_on = day("2024-05-05"); })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.cannot_cite",
                           asked([](AdoptResolution& r) {
                               r.items[0].citations = {{CitationKind::contribution, CitedId{1}}};
                           })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.cannot_cite",
                           asked([](AdoptResolution& r) {
                               r.items[0].citations = {{CitationKind::advice, CitedId{1}}};
                           })));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.not_open",
                           asked([](AdoptResolution& r) {
                               r.closings = {{ResolutionItemId{1}, ItemState::done, "xong"}};
                           })));
        CHECK(cell.refused(
            cell.secretary, Reason::invalid, "tasks.owner_is_elsewhere",
            asked([](AdoptResolution& r) { r.items[0].tasks[1].owner_member_id = MemberId{1}; })));
        meetings::Meeting planned;
        cell.world.write(cell.secretary, [&](const Call& call) {
            planned = meetings::add(call, test::meeting_on(cell.world, cell.world.na_lung, day("2024-06-03")),
                                    cell.setting)
                          .meeting;
        });
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.meeting_not_held",
                           asked([&](AdoptResolution& r) { r.meeting_id = planned.id; })));
        CHECK(cell.world.audit_count() == audit + 1);
        CHECK(cell.open().empty());
    });
}

TEST_CASE("an item has a count of its own, out of all full members called") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        // Nine are called: six full members and one more who stayed away; two on probation do not vote.
        const auto more = test::add_people(cell.world, cell.world.na_lung, 3, "Lý Thị");
        for (const std::size_t i : {1U, 2U})
            test::change_member(cell.world, more[i], [](members::Member& m) {
                m.stage = members::Stage::probationary;
                m.full_on.reset();
                m.admitted_on = day("2024-01-01");
            });
        cell.world.go_to(day("2024-06-03"), 22 * 60);
        meetings::Happening happening = test::everybody_came(cell.world, day("2024-06-03"), cell.people);
        happening.roll.push_back({more[0], meetings::Mark::excused, "ốm"});
        happening.roll.push_back({more[1], meetings::Mark::present, std::nullopt});
        happening.roll.push_back({more[2], meetings::Mark::present, std::nullopt});
        meetings::MeetingRecord june;
        cell.world.write(cell.secretary, [&](const Call& call) {
            june = meetings::add(
                call, test::meeting_on(cell.world, cell.world.na_lung, day("2024-06-03"), happening),
                cell.setting);
        });
        const auto asked = [&](std::optional<std::int64_t> votes_for, bool needs_two_thirds,
                               std::int64_t votes_for_all = 4) {
            AdoptResolution request;
            request.meeting_id = june.meeting.id;
            request.title = "Nghị quyết tháng 6";
            request.votes_for = votes_for_all;
            request.items = {{{}, "Đề nghị công nhận đảng viên chính thức", {}, {}}};
            request.items[0].votes_for = votes_for;
            request.items[0].needs_two_thirds = needs_two_thirds;
            return request;
        };
        const auto refused_for = [&](const AdoptResolution& request, std::string_view key) {
            std::string field;
            try {
                cell.world.write(cell.secretary, [&](const Call& call) { adopt(call, request); });
            } catch (const Refusal& refusal) {
                for (const Problem& problem : refusal.problems)
                    if (problem.key == key) field = problem.field;
            }
            return field;
        };
        CHECK(refused_for(asked(3, false), "resolutions.not_carried") == "items/0/votes_for");
        CHECK(refused_for(asked(4, true), "resolutions.not_carried") == "items/0/votes_for");
        CHECK(refused_for(asked(7, true), "resolutions.too_many_votes") == "items/0/votes_for");
        CHECK(refused_for(asked(-1, false), "resolutions.too_many_votes") == "items/0/votes_for");
        // Without a count of its own it is held to that of the whole.
        CHECK(refused_for(asked(std::nullopt, true), "resolutions.not_carried") == "items/0/votes_for");
        AdoptResolution carried = asked(5, true);
        carried.id = ResolutionId{cell.world.ids.next(cell.world.now)};
        const ResolutionRecord kept = cell.adopted(carried);
        CHECK(kept.items[0].item.votes_for == 5);
        CHECK(kept.items[0].item.votes_called == 7);
        CHECK(kept.items[0].item.needs_two_thirds);
        carried.items[0].votes_for = 6;
        CHECK(cell.refused(cell.secretary, Reason::conflict, "resolutions.id_taken",
                           [&](const Call& call) { adopt(call, carried); }));
        const ResolutionRecord other = cell.adopted(asked(std::nullopt, true, 6));
        CHECK_FALSE(other.items[0].item.votes_for);
        CHECK(other.resolution.votes_called == 7);
    });
}

TEST_CASE("an item is closed outside a meeting once, with a reason, and takes more tasks while open") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const ResolutionRecord kept = cell.adopted(cell.request());
        const ResolutionItemId item = kept.items[1].item.id;
        CHECK(cell.refused(cell.reader, Reason::forbidden, "platform.forbidden", [&](const Call& call) {
            close_item(call, {item, ItemState::done, "xong"});
        }));
        CHECK(cell.refused(cell.reader, Reason::forbidden, "platform.forbidden", [&](const Call& call) {
            give_task(call, {item, cell.task("Việc")});
        }));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "platform.required", [&](const Call& call) {
            close_item(call, {item, ItemState::done, ""});
        }));
        CHECK(cell.refused(cell.secretary, Reason::invalid, "resolutions.close_as_done_or_dropped",
                           [&](const Call& call) {
                               close_item(call, {item, ItemState::open, "x"});
                           }));
        CHECK(cell.refused(cell.secretary, Reason::not_found, "platform.not_found", [&](const Call& call) {
            close_item(call, {ResolutionItemId{1}, ItemState::done, "x"});
        }));
        TaskId extra;
        cell.world.write(cell.secretary, [&](const Call& call) {
            extra = give_task(call, {item, cell.task("Mượn máy xúc")}).id;
        });
        CHECK(cell.open().size() == 2);
        cell.finish(extra);
        CHECK(cell.open().size() == 1);
        CHECK(cell.refused(cell.secretary, Reason::conflict, "resolutions.not_open", [&](const Call& call) {
            close_item(call, {item, ItemState::done, "xong"});
        }));
        const ResolutionItemId other = kept.items[0].item.id;
        cell.world.write(cell.secretary, [&](const Call& call) {
            CHECK(close_item(call, {other, ItemState::done, "xã làm giúp"}).item.state == ItemState::done);
        });
        CHECK(cell.refused(cell.secretary, Reason::conflict, "resolutions.not_open", [&](const Call& call) {
            give_task(call, {other, cell.task("Việc")});
        }));
        CHECK(cell.open().empty());
    });
}

TEST_CASE("trail, outcome and story are for readers of the unit") {
    test::for_each_store([](Store& store) {
        Cell cell(store);
        const ResolutionRecord kept = cell.adopted(cell.request());
        const ContributionId spoken = cell.meeting.contributions[0].contribution.id;
        const Actor owner = cell.world.person({}, cell.world.na_lung, cell.people[2]);
        cell.world.read(owner, [&](const Call& call) {
            const Trail back = trail(call, {kept.items[0].tasks[0].task.id});
            REQUIRE(back.sentences.size() == 1);
            CHECK(back.sentences[0].text == "Nên rải cấp phối đường nội thôn");
            CHECK(back.resolution->number_text == "01-NQ/CB");
            CHECK(refuses([&] { trail(call, {kept.items[0].tasks[1].task.id}); }, Reason::not_found,
                          "platform.not_found"));
            CHECK(refuses([&] { contribution_outcome(call, {spoken}); }, Reason::not_found,
                          "platform.not_found"));
            CHECK(refuses(
                [&] {
                    story(call, {cell.world.na_lung, {}}, {});
                },
                Reason::forbidden, "platform.forbidden"));
            CHECK(refuses(
                [&] {
                    list(call, {cell.world.na_lung, {}, {}});
                },
                Reason::forbidden, "platform.forbidden"));
            CHECK(refuses([&] { open_items(call, {cell.world.na_lung}); }, Reason::forbidden,
                          "platform.forbidden"));
            CHECK(
                refuses([&] { show(call, {kept.resolution.id}); }, Reason::not_found, "platform.not_found"));
            CHECK(refuses([&] { advice_outcome(call, {AdviceItemId{1}}); }, Reason::not_found,
                          "platform.not_found"));
        });
        cell.world.read(cell.reader, [&](const Call& call) {
            const Story only_meetings = story(call, {cell.world.na_lung, {}}, {});
            REQUIRE(only_meetings.entries.size() == 1);
            CHECK(only_meetings.entries[0].kind == StoryKind::meeting);
        });
        cell.world.read(cell.secretary, [&](const Call& call) {
            const Outcome forward = contribution_outcome(call, {spoken});
            REQUIRE(forward.items.size() == 1);
            CHECK(forward.items[0].tasks.size() == 2);
            StoryEntry of_the_year;
            of_the_year.day = day("2024-12-31");
            of_the_year.kind = StoryKind::unit_class;
            const Story all =
                story(call, {cell.world.na_lung, 2024},
                      {[&](const Call&, UnitId, std::int64_t) { return std::vector{of_the_year}; }});
            CHECK(std::ranges::count(all.entries, StoryKind::unit_class, &StoryEntry::kind) == 1);
            // Both tasks are open: each stands on the day it is due and says so.
            CHECK(all.entries.size() == 7);
            for (const tasks::TaskLine& given : kept.items[0].tasks) {
                const auto entry = std::ranges::find_if(all.entries, [&](const StoryEntry& each) {
                    return each.kind == StoryKind::task && each.id.number == given.task.id.number;
                });
                REQUIRE(entry != all.entries.end());
                CHECK(entry->day == given.task.due_on);
                CHECK(entry->state == "open");
                REQUIRE(entry->because.size() == 1);
                CHECK(entry->because[0].id.number == kept.items[0].item.id.number);
            }
            const Story next = story(call, {cell.world.na_lung, 2025}, {});
            CHECK(std::ranges::count(next.entries, StoryKind::task, &StoryEntry::kind) == 0);
            CHECK(refuses(
                [&] {
                    story(call, {cell.world.na_lung, 99999}, {});
                },
                Reason::invalid, "checks.year_out_of_range"));
        });
    });
}

}  // namespace gw::resolutions
