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
    CHECK(item_as_it_stands(kept, its).state == ItemState::dropped);
    its[0].state = tasks::State::open;
    kept.closed_as = ItemState::done;
    kept.closed_on = day("2024-06-01");
    CHECK(item_as_it_stands(kept, its).state == ItemState::done);
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
