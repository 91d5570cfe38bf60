#include "numbering/numbering.h"

#include <thread>

#include "platform/texts/texts.h"
#include "support/people.h"
#include "support/store_for_test.h"

namespace gw::numbering {
using test::day;
using test::refuses;

namespace {

Number given(test::World& world, UnitId unit_id, std::string_view on, Kind kind = Kind::resolution) {
    Number number;
    world.write([&](const Call& call) { number = give(call, unit_id, kind, day(on), {}); });
    return number;
}

void begin(test::World& world, UnitId unit_id, std::string_view on) {
    world.write([&](const Call& call) { begin_term(call, {unit_id, day(on)}); });
}

}  // namespace

TEST_CASE("numbers are continuous per unit and kind, and every year is a term until somebody names a day") {
    test::for_each_store([](Store& store) {
        test::World world(store);
        CHECK(given(world, world.na_lung, "2024-01-04").text == "01-NQ/CB");
        CHECK(given(world, world.na_lung, "2024-02-04").text == "02-NQ/CB");
        CHECK(given(world, world.na_lung, "2024-02-04", Kind::minutes).text == "01-BB/CB");
        CHECK(given(world, world.ban_lang, "2024-02-04").text == "01-NQ/CB");
        CHECK(given(world, world.khau_tinh, "2024-02-04").text == "01-NQ/ĐU");
        // A record that comes late takes the next number as it arrives.
        CHECK(given(world, world.na_lung, "2024-01-20").text == "03-NQ/CB");
        CHECK(given(world, world.na_lung, "2025-01-04").text == "01-NQ/CB");
        CHECK(given(world, world.na_lung, "2025-01-04").term_begins_on == day("2025-01-01"));
    });
}

TEST_CASE("a term is the unit's own or that of the nearest unit above, and a new one begins at 01") {
    test::for_each_store([](Store& store) {
        test::World world(store);
        begin(world, world.tuyen_quang, "2020-10-14");
        CHECK(given(world, world.na_lung, "2021-12-04").text == "01-NQ/CB");
        CHECK(given(world, world.na_lung, "2022-01-04").text == "02-NQ/CB");
        begin(world, world.na_lung, "2022-06-01");
        CHECK(given(world, world.na_lung, "2022-05-31").text == "03-NQ/CB");
        CHECK(given(world, world.na_lung, "2022-06-01").text == "01-NQ/CB");
        CHECK(given(world, world.ban_lang, "2022-06-01").term_begins_on == day("2020-10-14"));
        // The unit's own day counts also when a unit above begins a term later.
        begin(world, world.tuyen_quang, "2025-10-01");
        CHECK(given(world, world.na_lung, "2025-11-04").text == "02-NQ/CB");
        CHECK(given(world, world.ban_lang, "2025-11-04").text == "01-NQ/CB");
        world.read([&](const Call& call) {
            const Terms terms = list_terms(call, {world.na_lung});
            REQUIRE(terms.terms.size() == 2);
            CHECK(terms.terms[0].begins_on == day("2022-06-01"));
            CHECK(terms.terms[1].unit_id == world.tuyen_quang);
            CHECK(terms.terms[1].begins_on == day("2020-10-14"));
            CHECK(list_terms(call, {world.ban_lang}).terms.size() == 2);
        });
    });
}

TEST_CASE("a refused call takes no number, and calls at the same time take each their own") {
    test::for_each_store([](Store& store) {
        test::World world(store);
        CHECK_THROWS_AS(world.write([&](const Call& call) {
            give(call, world.na_lung, Kind::resolution, day("2024-01-04"), {});
            throw Refusal(Reason::invalid, Problem{"", "platform.not_valid"});
        }),
                        Refusal);
        std::vector<std::int64_t> numbers(40);
        std::vector<std::jthread> threads;
        for (std::size_t thread = 0; thread < 4; ++thread)
            threads.emplace_back([&, thread] {
                for (std::size_t i = thread; i < numbers.size(); i += 4)
                    world.write([&](const Call& call) {
                        numbers[i] =
                            give(call, world.na_lung, Kind::resolution, day("2024-01-04"), {}).number;
                    });
            });
        threads.clear();
        std::sort(numbers.begin(), numbers.end());
        for (std::size_t i = 0; i < numbers.size(); ++i)
            CHECK(numbers[i] == static_cast<std::int64_t>(i) + 1);
    });
}

TEST_CASE("a series goes on after numbers of a paper book") {
    test::for_each_store([](Store& store) {
        test::World world(store);
        const Series book[] = {{world.na_lung, Kind::resolution, day("2024-01-01"), 43},
                               {world.na_lung, Kind::resolution, day("2024-01-01"), 7}};
        world.write([&](const Call& call) { raise(call.db, book); });
        CHECK(given(world, world.na_lung, "2024-06-04").text == "44-NQ/CB");
    });
}

TEST_CASE("only who may change units begins a term, once, on a day that can be") {
    test::for_each_store([](Store& store) {
        test::World world(store);
        const Actor reader = world.person({"organisation.read"}, world.na_lung);
        const Actor office = world.person({"organisation.read", "organisation.change"}, world.khau_tinh);
        const auto act = [&](const Actor& actor, std::string_view on) {
            return [&world, &actor, on] {
                world.write(actor, [&](const Call& call) { begin_term(call, {world.na_lung, day(on)}); });
            };
        };
        CHECK(refuses(act(reader, "2024-01-04"), Reason::forbidden, "platform.forbidden"));
        CHECK(refuses(act(office, "1924-01-04"), Reason::invalid, "checks.day_out_of_range"));
        const std::int64_t before = world.audit_count();
        act(office, "2024-01-04")();
        act(office, "2024-01-04")();
        CHECK(world.audit_count() == before + 1);
        const Actor stranger = world.person({"organisation.read"}, world.an_tuong);
        CHECK(refuses(
            [&] { world.read(stranger, [&](const Call& call) { list_terms(call, {world.na_lung}); }); },
            Reason::forbidden, "platform.forbidden"));
    });
}

TEST_CASE("a kind of unit that the catalogues do not know gives the first letters of its name") {
    const organisation::TreeKind troop{"troop", "Thiếu đoàn", "Scout troop", "दल", 3, true, true};
    const organisation::TreeKind cell{"cell", "Chi bộ", "Cell", "प्रकोष्ठ", 4, true, true};
    const Texts texts(std::string(GROUNDWORK_SOURCE_DIR) + "/messages");
    CHECK(Letters(texts, "vi").number_text(5, Kind::resolution, cell) == "05-NQ/CB");
    CHECK(Letters(texts, "en").number_text(12, Kind::minutes, troop) == "12-MIN/ST");
    CHECK(Letters(texts, "hi").number_text(112, Kind::conclusion, troop) == "112-नि/द");
}

}  // namespace gw::numbering
