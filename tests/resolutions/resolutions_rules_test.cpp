#include "resolutions/resolutions_rules.h"

#include "support/people.h"

namespace gw::resolutions {
using test::day;

TEST_CASE("a resolution is carried by more than half of all full members called") {
    CHECK_FALSE(is_carried(10, 20, false));
    CHECK(is_carried(11, 20, false));
    CHECK_FALSE(is_carried(0, 0, false));
    CHECK(is_carried(14, 20, true));
    CHECK_FALSE(is_carried(13, 20, true));
    CHECK(is_carried(2, 3, true));
    CHECK_FALSE(is_carried(0, 0, true));
}

TEST_CASE("an item is done when all its tasks are closed and one is done") {
    KeptResolutionItem kept;
    CHECK(item_as_it_stands(kept, {}).state == ItemState::open);
    std::vector<tasks::Task> its(2);
    CHECK(item_as_it_stands(kept, its).state == ItemState::open);
    its[0].state = tasks::State::done;
    its[0].done_on = day("2024-05-20");
    CHECK(item_as_it_stands(kept, its).state == ItemState::open);
    CHECK(item_as_it_stands(kept, its).tasks_closed == 1);
    its[1].state = tasks::State::dropped;
    its[1].dropped_on = day("2024-05-25");
    const ResolutionItem done = item_as_it_stands(kept, its);
    CHECK(done.state == ItemState::done);
    CHECK(done.closed_on == day("2024-05-25"));
    CHECK(was_done_by(done, day("2024-05-25")));
    CHECK_FALSE(was_done_by(done, day("2024-05-24")));
    its[0].state = tasks::State::dropped;
    its[0].dropped_on = day("2024-05-20");
    // Dropping every task decides nothing about the item.
    CHECK(item_as_it_stands(kept, its).state == ItemState::open);
    kept.closed_as = ItemState::dropped;
    kept.closed_on = day("2024-06-01");
    kept.close_reason = "thôi";
    CHECK(item_as_it_stands(kept, its).state == ItemState::dropped);
    // A task opened again after the decision opens its item.
    its[0].state = tasks::State::open;
    CHECK(item_as_it_stands(kept, its).state == ItemState::open);
    CHECK(item_as_it_stands(kept, its).close_reason.empty());
}

TEST_CASE("a ledger line says how a task stood on the day and what came of it") {
    ResolutionItemBefore before;
    before.kept.id = ResolutionItemId{7};
    before.kept.text = "Rải cấp phối";
    before.tasks.resize(4);
    before.owner_names.resize(4);
    for (tasks::Task& task : before.tasks) task.due_on = day("2024-05-20");
    before.tasks[0].state = tasks::State::done;
    before.tasks[0].done_on = day("2024-05-18");
    before.tasks[0].result = "12 hộ";
    before.tasks[1].progress = 40;
    before.tasks[1].result = "đang làm";
    before.tasks[2].due_on = day("2024-06-20");
    // Reported after the day of the resolution, which came in late.
    before.tasks[3].state = tasks::State::done;
    before.tasks[3].done_on = day("2024-06-10");
    before.tasks[3].progress = 100;
    before.tasks[3].result = "sau";
    before.item = item_as_it_stands(before.kept, before.tasks);
    std::vector<LedgerLine> lines;
    CHECK(add_lines(lines, before, nullptr, day("2024-06-03")) == LedgerOutcome::carried_over);
    REQUIRE(lines.size() == 4);
    CHECK(lines[0].start_state == StartState::done);
    CHECK(lines[0].outcome == LedgerOutcome::done);
    CHECK(lines[0].result == "12 hộ");
    CHECK(lines[1].start_state == StartState::late);
    CHECK(lines[1].start_progress == 40);
    CHECK(lines[1].outcome == LedgerOutcome::carried_over);
    CHECK(lines[2].start_state == StartState::open);
    CHECK(lines[3].start_state == StartState::late);
    CHECK(lines[3].result.empty());
    CHECK(lines[3].outcome == LedgerOutcome::carried_over);

    lines.clear();
    const ResolutionItemToClose closing{before.kept.id, ItemState::dropped, "xã đã làm"};
    CHECK(add_lines(lines, before, &closing, day("2024-06-03")) == LedgerOutcome::dropped);
    CHECK(lines[0].outcome == LedgerOutcome::done);
    CHECK(lines[0].reason.empty());
    CHECK(lines[1].outcome == LedgerOutcome::dropped);
    CHECK(lines[1].reason == "xã đã làm");

    // An item whose tasks were all dropped waits for a decision, and the ledger says so.
    lines.clear();
    before.tasks.resize(1);
    before.tasks[0].state = tasks::State::dropped;
    before.tasks[0].dropped_on = day("2024-05-18");
    before.tasks[0].drop_reason = "hết vốn";
    before.item = item_as_it_stands(before.kept, before.tasks);
    CHECK(add_lines(lines, before, nullptr, day("2024-06-03")) == LedgerOutcome::carried_over);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].outcome == LedgerOutcome::dropped);
    CHECK(lines[0].reason == "hết vốn");
    CHECK_FALSE(lines[1].task_id);
    CHECK(lines[1].outcome == LedgerOutcome::carried_over);
}

TEST_CASE("the wording of a resolution lists every mistake at once") {
    AdoptResolution request;
    request.votes_for = -1;
    request.items.resize(1);
    request.items[0].citations = {{CitationKind::advice, CitedId{1}}, {CitationKind::advice, CitedId{1}}};
    request.closings = {{ResolutionItemId{1}, ItemState::open, ""},
                        {ResolutionItemId{1}, ItemState::done, "xong"}};
    std::string keys;
    for (const Problem& problem : problems_in(request)) keys += problem.field + "=" + problem.key + " ";
    CHECK(keys ==
          "title=platform.required votes_for=resolutions.too_many_votes items/0/text=platform.required "
          "items/0/citations/1=resolutions.cited_twice closings/0/reason=platform.required "
          "closings/0/state=resolutions.close_as_done_or_dropped "
          "closings/1/resolution_item_id=resolutions.closed_twice ");
    CHECK(problems_in(AdoptResolution{}).size() == 2);
}

TEST_CASE("a story runs by day, causes before what follows from them") {
    std::vector<StoryEntry> entries(3);
    entries[0].day = entries[1].day = day("2024-05-04");
    entries[0].kind = StoryKind::resolution;
    entries[1].kind = StoryKind::meeting;
    entries[2].day = day("2024-04-17");
    put_in_order(entries);
    CHECK(entries[0].day == day("2024-04-17"));
    CHECK(entries[1].kind == StoryKind::meeting);
    CHECK(entries[2].kind == StoryKind::resolution);
}

}  // namespace gw::resolutions
