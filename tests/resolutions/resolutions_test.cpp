#include "resolutions/resolutions.h"

#include <algorithm>

#include "cell_for_resolutions.h"
#include "support/store_for_test.h"

namespace gw::resolutions {
using test::day;
using test::refuses;

TEST_CASE("a resolution gives tasks, and its items are done when their tasks are") {
    test::for_each_store([](Store& store) {
        CellForResolutions cell(store);
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
            const OpenResolutionItems standing = open_items(call, {cell.world.na_lung});
            CHECK(standing.items.size() == 1);
            // What was done waits to be told at the next meeting.
            REQUIRE(standing.done.size() == 1);
            CHECK(standing.done[0].item.id == kept.items[0].item.id);
            CHECK(!standing.done[0].tasks[0].task.result.empty());
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
        CellForResolutions cell(store);
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

TEST_CASE("a result waits to be told until a ledger told of it") {
    test::for_each_store([](Store& store) {
        CellForResolutions cell(store);
        const ResolutionRecord may = cell.adopted(cell.request());
        for (const tasks::TaskLine& task : may.items[0].tasks) cell.finish(task.task.id);
        const auto count_untold = [&] {
            std::size_t count = 0;
            cell.world.read(cell.secretary, [&](const Call& call) {
                count = open_items(call, {cell.world.na_lung}).done.size();
            });
            return count;
        };
        CHECK(count_untold() == 1);
        cell.world.go_to(day("2024-06-03"), 22 * 60);
        CHECK(count_untold() == 1);
        cell.meeting = cell.held(day("2024-06-03"));
        AdoptResolution june = cell.request();
        june.items.pop_back();
        june.items[0].tasks = {cell.task("Đào rãnh", 2, "2024-06-20")};
        cell.adopted(june);
        CHECK(count_untold() == 0);
    });
}

TEST_CASE("an item counts as done on time when no task of it was late") {
    test::for_each_store([](Store& store) {
        CellForResolutions cell(store);
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
        CellForResolutions cell(store);
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
        CellForResolutions cell(store);
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
        CellForResolutions cell(store);
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
        CellForResolutions cell(store);
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
        CellForResolutions cell(store);
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
        CellForResolutions cell(store);
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
