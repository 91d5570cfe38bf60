#include <numeric>

#include "year_for_test.h"

namespace gw::test {

using classification::EvaluationState;
using classification::SubjectKind;

namespace {

// Ten members of Na Lung who all did their work; five of them beyond what was asked, the first the most.
std::vector<MemberId> add_ten_members(YearForTest& year) {
    std::vector<MemberId> people;
    for (int i = 0; i < 10; ++i) {
        people.push_back(year.add_member(year.world.na_lung, "Member " + std::to_string(i)));
        for (int task = 0; task < 8; ++task)
            year.add_task(year.world.na_lung, people.back(), on(3, 1), on(2, 20), i < 5 && task < 8 - i);
    }
    year.meet_all_year(year.world.na_lung, people);
    return people;
}

std::int64_t sum_of(const classification::ClassMix& mix) {
    return std::accumulate(mix.classes.begin(), mix.classes.end(), std::int64_t{0},
                           [](std::int64_t sum, const auto& share) { return sum + share.count; });
}

void check_balance(const classification::ClassMix& mix) {
    CHECK(mix.total == mix.exempt + mix.not_evaluated + mix.evaluated);
    CHECK(mix.evaluated == sum_of(mix));
}

}  // namespace

TEST_CASE("at most a fifth of the good members of a grassroots organisation are excellent") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        const auto people = add_ten_members(year);
        const auto report = year.review();
        CHECK(report.member_count == 10);
        CHECK(report.unit_count == 11);
        for (std::size_t i = 0; i < people.size(); ++i) {
            const auto found = year.class_of(people[i]);
            REQUIRE(found);
            CHECK(found->pre_class == (i < 5 ? 4 : 3));
            CHECK(found->class_number == (i < 2 ? 4 : 3));
            CHECK(found->class_key == (i < 2 ? "excellent" : "good"));
        }
        year.world.read([&](const Call& call) {
            const auto page = classification::unit_class(call, {year.world.khau_tinh, 2024}, year.setting);
            const auto cap = std::find_if(page.caps.begin(), page.caps.end(),
                                          [](const auto& line) { return line.subject == "member"; });
            REQUIRE(cap != page.caps.end());
            CHECK(cap->base_count == 10);
            CHECK(cap->allowed == 2);
            CHECK(cap->candidates == 5);
            CHECK(cap->lowered == 3);
            CHECK(cap->base == "good_or_better");
            CHECK(cap->rounding == "floor");
            CHECK(cap->percent == 20);
        });
    });
}

TEST_CASE("gates leave out, bar and limit") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        const UnitId cell = year.world.na_lung;
        const auto member = [&](const std::string& name, const std::function<void(members::Member&)>& shape) {
            return year.add_member(cell, name, shape);
        };
        const MemberId fresh = member("full for 5 months", [](members::Member& m) { m.full_on = on(7, 20); });
        const MemberId half_a_year =
            member("full for 6 months", [](members::Member& m) { m.full_on = on(6, 30); });
        const MemberId probationary = member("probationary", [](members::Member& m) {
            m.stage = members::Stage::probationary;
            m.full_on.reset();
        });
        const MemberId excused = member("excused", [](members::Member& m) { m.is_excused = true; });
        const MemberId suspended = member("suspended", [](members::Member& m) { m.is_suspended = true; });
        const MemberId unknown =
            member("nobody knows since when", [](members::Member& m) { m.full_on.reset(); });
        const MemberId reprimanded = member("reprimanded", [](members::Member& m) { m.discipline = 1; });
        const MemberId warned = member("warned", [](members::Member& m) { m.discipline = 2; });
        year.meet_all_year(cell, {half_a_year, reprimanded, warned});
        year.review();
        for (const MemberId id : {fresh, probationary, excused, suspended}) {
            CHECK(year.class_of(id)->state == EvaluationState::exempt);
            CHECK(year.class_of(id)->class_number == 0);
        }
        CHECK(year.class_of(half_a_year)->state == EvaluationState::evaluated);
        CHECK(year.class_of(half_a_year)->class_key == "good");
        CHECK(year.class_of(unknown)->state == EvaluationState::not_evaluated);
        CHECK(year.class_of(reprimanded)->class_key == "completed");
        CHECK(year.class_of(warned)->class_key == "not_completed");
        year.world.read([&](const Call& call) {
            const auto page = classification::unit_class(call, {cell, 2024}, year.setting);
            CHECK(page.members.total == 8);
            CHECK(page.members.exempt == 4);
            CHECK(page.members.not_evaluated == 1);
            CHECK(page.members.evaluated == 3);
            check_balance(page.members);
        });
    });
}

TEST_CASE("denominators balance on every level and sum up the tree") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        add_ten_members(year);
        year.add_member(year.world.cell_1, "excused", [](members::Member& m) { m.is_excused = true; });
        year.add_member(year.world.cell_2, "alone");
        year.review();
        year.world.read([&](const Call& call) {
            std::int64_t members = 0;
            for (const UnitId id :
                 {year.world.tuyen_quang, year.world.na_hang, year.world.khau_tinh, year.world.na_lung}) {
                const auto page = classification::unit_class(call, {id, 2024}, year.setting);
                check_balance(page.members);
                for (const auto& kind : page.units_below) check_balance(kind.mix);
            }
            for (const UnitId id : {year.world.na_hang, year.world.city})
                members += classification::unit_class(call, {id, 2024}, year.setting).members.total;
            const auto root = classification::unit_class(call, {year.world.tuyen_quang, 2024}, year.setting);
            CHECK(root.members.total == members);
            CHECK(members == 12);
            REQUIRE(root.units_below.size() == 3);
            CHECK(root.units_below[0].kind == "cell");
            CHECK(root.units_below[0].mix.total == 5);
            CHECK(root.units_below[2].mix.total == 2);
        });
    });
}

TEST_CASE("upper units are judged after, and by, what stands below them") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        // Every cell of Khau Tinh fails its members; the committee above must not complete either.
        for (const UnitId cell : {year.world.na_lung, year.world.ban_lang})
            for (int i = 0; i < 3; ++i)
                year.add_member(cell, "warned " + std::to_string(i),
                                [](members::Member& m) { m.discipline = 2; });
        year.review();
        CHECK(year.class_of(year.world.na_lung)->class_key == "not_completed");
        CHECK(year.class_of(year.world.khau_tinh)->class_key == "not_completed");
        CHECK(year.class_of(year.world.khau_tinh)->is_weak);
        year.world.read([&](const Call& call) {
            const auto proof = classification::unit_proof(call, {year.world.khau_tinh, 2024}, year.setting);
            CHECK(std::any_of(proof.gates.begin(), proof.gates.end(),
                              [](const auto& gate) { return gate.key == "third_of_units_failing"; }));
            REQUIRE(proof.children.size() == 2);
            CHECK(proof.children[0].of_class.key == "not_completed");
            const auto page = classification::unit_class(call, {year.world.khau_tinh, 2024}, year.setting);
            CHECK(page.is_weak);
            CHECK(std::any_of(page.weak_reasons.begin(), page.weak_reasons.end(),
                              [](const auto& reason) { return reason.key == "failed"; }));
        });
    });
}

TEST_CASE("a review replaces the one before, is kept with its rulebook and leaves one audit entry") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        const auto people = add_ten_members(year);
        bool heard = false;
        year.world.announcements.listen("classification", [&](const std::set<UnitId>&) { heard = true; });
        const std::int64_t before = year.world.audit_count();
        year.review();
        CHECK(year.world.audit_count() == before + 1);
        CHECK(heard);
        year.review();
        year.world.read([&](const Call& call) {
            CHECK(call.db.count("SELECT COUNT(*) FROM member_classes") == 10);
            CHECK(call.db.count("SELECT COUNT(*) FROM unit_classes") == 11);
            CHECK(call.db.count("SELECT COUNT(*) FROM reviews") == 2);
            CHECK(call.db.count("SELECT COUNT(DISTINCT review_id) FROM review_columns") == 1);
            CHECK(classification::classes_of_year(call.db, 2024).size() == 11);
            const auto last = classification::find_last_review(call.db, 2024);
            REQUIRE(last);
            const auto edition = shipped().find("vn.classification", 2024);
            CHECK(last->checksum == edition->checksum);
            CHECK(classification::find_rulebook_text(call.db, last->checksum) == edition->text);
            CHECK(last->caps.find("\"rounding\":\"floor\"") != std::string::npos);
            // Facts come back as they were, and a library without the edition proves by the kept text.
            const auto facts = classification::find_facts(call.db, *last);
            const auto fresh = classification::collect_facts(call, 2024, edition->rulebook());
            REQUIRE(facts);
            CHECK(facts->units.ids == fresh.units.ids);
            CHECK(facts->tree.end == fresh.tree.end);
            CHECK(facts->member_units == fresh.member_units);
            for (const auto& column : fresh.members.columns) {
                REQUIRE(facts->members.find(column.name));
                CHECK(facts->members.find(column.name)->values == column.values);
                CHECK(facts->members.find(column.name)->given == column.given);
            }
            const rulebooks::Library empty;
            classification::Reviews elsewhere(empty);
            const auto kept = elsewhere.find(call.db, 2024);
            REQUIRE(kept);
            CHECK(kept->result().members.final_class.size() == 10);
            for (const MemberId id : people)
                CHECK(kept->result().members.final_class[*kept->find_member(id)] ==
                      classification::find_member_class(call.db, id, 2024)->class_number);
        });
    });
}

TEST_CASE("reviews are refused to who may not, without a rulebook, and before the year") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        const auto review_as = [&](const Actor& actor, std::int64_t of_year) {
            year.world.read(actor,
                            [&](const Call& call) { classification::review(call, of_year, shipped()); });
        };
        const Actor below = year.world.person({"classification.propose"}, year.world.na_hang);
        const Actor above = year.world.person({"classification.propose"}, year.world.tuyen_quang);
        CHECK(refuses([&] { review_as(below, 2024); }, Reason::forbidden, "platform.forbidden"));
        CHECK(refuses([&] { review_as(above, 1990); }, Reason::not_found, "classification.no_rulebook"));
        year.world.go_to(Date{std::chrono::year(2023) / 6 / 1});
        CHECK(refuses([&] { review_as(above, 2024); }, Reason::invalid, "classification.year_not_begun"));
        year.world.go_to(on(12, 31));
        review_as(above, 2024);
        CHECK(year.class_of(year.world.na_lung).has_value());
    });
}

TEST_CASE("a rulebook that asks for what no record gives is told by the name of the fact") {
    const auto edition = shipped().find("vn.classification", 2024);
    evaluation::Rulebook rulebook = edition->rulebook();
    evaluation::Fact unknown;
    unknown.key = "dues_paid";
    unknown.domain = evaluation::Domain::member;
    for_each_store([&](Store& store) {
        YearForTest year(store);
        evaluation::Rulebook with_fact = rulebook, without_cells = rulebook;
        with_fact.facts.push_back(unknown);
        without_cells.kinds.erase(without_cells.kinds.begin());
        year.world.read([&](const Call& call) {
            CHECK(refuses([&] { classification::collect_facts(call, 2024, with_fact); }, Reason::conflict,
                          "classification.unknown_fact"));
            CHECK(refuses([&] { classification::collect_facts(call, 2024, without_cells); }, Reason::conflict,
                          "classification.unknown_kind"));
        });
    });
}

TEST_CASE("a record outside the range of its fact refuses the review and names it") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        year.add_member(year.world.na_lung, "A", [](members::Member& m) {
            m.joined_on = Date{std::chrono::year(1900) / 1 / 1};
            m.full_on = Date{std::chrono::year(1900) / 1 / 1};  // 1,499 months; the rulebook allows 1,200
        });
        CHECK(refuses([&] { year.review(); }, Reason::conflict, "classification.wrong_fact"));
        CHECK_FALSE(year.class_of(year.world.na_lung));
    });
}

}  // namespace gw::test
