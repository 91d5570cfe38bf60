#include <random>
#include <set>

#include "members/members_operations.h"
#include "year_for_test.h"

namespace gw::test {

using classification::Basis;
using meetings::Mark;

namespace {

// What the kept-up classes say is what gathering and evaluating everything anew gives.
void check_equal_to_anew(YearForTest& year) {
    year.world.read([&](const Call& call) {
        const auto standing = year.setting.todays_classes.find(call);
        REQUIRE(standing);
        classification::TodaysClasses anew(shipped());
        const auto fresh = anew.find(call);
        REQUIRE(fresh);
        CHECK(standing->facts().units.ids == fresh->facts().units.ids);
        CHECK(standing->facts().members.ids == fresh->facts().members.ids);
        CHECK(standing->facts().member_units == fresh->facts().member_units);
        const auto facts = classification::collect_facts(call, 2024, fresh->rulebook());
        const auto result = evaluation::evaluate(fresh->plan(), facts.input());
        for (const auto* one : {standing.get(), fresh.get()}) {
            for (std::size_t at = 0; at < facts.members.columns.size(); ++at) {
                CHECK(one->facts().members.columns[at].values == facts.members.columns[at].values);
                CHECK(one->facts().members.columns[at].given == facts.members.columns[at].given);
            }
            for (std::size_t at = 0; at < facts.units.columns.size(); ++at) {
                CHECK(one->facts().units.columns[at].values == facts.units.columns[at].values);
                CHECK(one->facts().units.columns[at].given == facts.units.columns[at].given);
            }
            CHECK(one->result().members.score == result.members.score);
            CHECK(one->result().members.final_class == result.members.final_class);
            CHECK(one->result().members.state == result.members.state);
            CHECK(one->result().units.score == result.units.score);
            CHECK(one->result().units.final_class == result.units.final_class);
            CHECK(one->result().units.weak_bits == result.units.weak_bits);
            CHECK(one->result().weak == result.weak);
            CHECK(one->result().caps == result.caps);
        }
    });
}

// A year that goes on by chance: everything that records may say of it.
class Chance {
public:
    explicit Chance(YearForTest& year, unsigned seed) : year_(year), random_(seed) {
        cells_ = {year.world.na_lung, year.world.ban_lang, year.world.phia_trang, year.world.cell_1,
                  year.world.cell_2};
        for (int i = 0; i < 20; ++i) add_member();
    }

    void go_on() {
        switch (below(9)) {
            case 0: return add_member();
            case 1: return meet();
            case 2:
            case 3: return give_task();
            case 4: return finish_task();
            case 5: return visit();
            case 6: return assess();
            case 7: return move_member();
            default: return touch_unit();
        }
    }

private:
    std::size_t below(std::size_t end) {
        return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_);
    }
    UnitId any_cell() { return cells_[below(cells_.size())]; }
    Date any_day() { return on(1 + static_cast<int>(below(12)), 1 + static_cast<int>(below(28))); }

    void add_member() {
        const UnitId cell = any_cell();
        const auto discipline = static_cast<std::int64_t>(below(6) == 0 ? below(3) : 0);
        const bool is_leader = below(4) == 0;
        people_.emplace_back(year_.add_member(cell, "Somebody",
                                              [&](members::Member& m) {
                                                  m.discipline = discipline;
                                                  if (is_leader) m.office = members::Office::deputy_secretary;
                                              }),
                             cell);
    }

    void meet() {
        const UnitId cell = any_cell();
        std::vector<std::pair<MemberId, Mark>> roll;
        // Some who have moved away since stand on the roll too.
        for (const auto& [id, of] : people_)
            if (of == cell || below(8) == 0)
                roll.emplace_back(id, below(5) == 0   ? Mark::absent
                                      : below(6) == 0 ? Mark::excused
                                                      : Mark::present);
        year_.add_meeting(cell, any_day(), roll, static_cast<std::int64_t>(40'000 + 1000 * below(60)),
                          below(3) == 0);
    }

    void give_task() {
        const auto& [id, of] = people_[below(people_.size())];
        const UnitId unit_id = below(5) == 0 ? any_cell() : of;
        tasks_.push_back(
            year_.add_task(unit_id, below(6) == 0 ? std::optional<MemberId>() : id, any_day(), {}));
    }

    void finish_task() {
        if (tasks_.empty()) return;
        const TaskId id = tasks_[below(tasks_.size())];
        const bool is_dropped = below(4) == 0;
        year_.world.write([&](const Call& call) {
            if (tasks::find_task(call.db, id)->state != tasks::State::open) return;
            if (is_dropped) tasks::drop(call, {id, "not needed"});
            else tasks::finish(call, {id, "done", below(2) == 0, any_day()});
        });
    }

    void visit() {
        visits::RecordVisit visit;
        visit.unit_id = any_cell();
        visit.visited_on = any_day();
        visit.group_name = "The group";
        visit.advice_items.push_back({{}, "Advice", "Change", on(12, 31)});
        visit.findings.push_back({{}, findings::Gravity::serious, "Finding", "Remedy", on(12, 31)});
        year_.world.write([&](const Call& call) { visits::record(call, visit); });
    }

    void assess() {
        const auto level = static_cast<std::int64_t>(1 + below(4));
        if (below(2) == 0) {
            const UnitId cell = any_cell();
            year_.world.write([&](const Call& call) {
                classification::assess_unit(call, {cell, 2024, {{"self_level", level}}}, year_.setting);
            });
        } else {
            const MemberId id = people_[below(people_.size())].first;
            year_.world.write([&](const Call& call) {
                classification::assess_member(call, {id, 2024, {{"self_level_results", level}}},
                                              year_.setting);
            });
        }
    }

    void move_member() {
        auto& [id, of] = people_[below(people_.size())];
        const UnitId to = any_cell();
        if (to == of || !has_moved_.insert(id).second) return;  // nobody moves twice on a day
        year_.world.write([&](const Call& call) {
            members::transfer(call, {.member_id = id, .unit_id = to, .on = call.today});
        });
        of = to;
    }

    // As every change of a unit, it makes the units be placed again.
    void touch_unit() {
        year_.world.write([&](const Call& call) {
            call.record("unit.renamed", year_.world.na_lung, year_.world.na_lung, "{}");
        });
    }

    YearForTest& year_;
    std::mt19937 random_;
    std::vector<UnitId> cells_;
    std::vector<std::pair<MemberId, UnitId>> people_;
    std::vector<TaskId> tasks_;
    std::set<MemberId> has_moved_;
};

}  // namespace

TEST_CASE("the classes as they stand today follow every record") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        Chance chance(year, 7);
        check_equal_to_anew(year);
        for (int step = 0; step < 60; ++step) {
            chance.go_on();
            check_equal_to_anew(year);
        }
        const auto counts = year.setting.todays_classes.counts();
        CHECK(counts.whole == 1);  // only the first look read everything
        CHECK(counts.followed > 20);
        CHECK(counts.placed > 5);
    });
}

TEST_CASE("an entry that nobody knows, an import and a new day make everything be read anew") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        year.add_member(year.world.na_lung, "A");
        const auto whole = [&] {
            check_equal_to_anew(year);
            return year.setting.todays_classes.counts().whole;
        };
        CHECK(whole() == 1);
        year.world.write([&](const Call& call) { call.record("session.begun", year.world.na_lung); });
        CHECK(whole() == 1);
        year.world.write([&](const Call& call) { call.record("import.committed", year.world.na_lung); });
        CHECK(whole() == 2);
        year.world.write([&](const Call& call) { call.record("weather.changed", year.world.na_lung); });
        CHECK(whole() == 3);
        year.world.go_to(on(12, 30));
        CHECK(whole() == 4);
    });
}

TEST_CASE("a class as it stands today needs no review, says so, and leaves the review as it was") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        const MemberId a = year.add_member(year.world.na_lung, "A");
        year.meet_all_year(year.world.na_lung, {a});
        year.add_task(year.world.na_lung, a, on(3, 1), on(2, 20));
        const auto of_today = [&](const Call& call) {
            return classification::member_class(call, {a, 2024, Basis::today}, year.setting);
        };
        year.world.read([&](const Call& call) {
            CHECK_FALSE(classification::member_class(call, {a, 2024}, year.setting).review);
            const auto page = of_today(call);
            REQUIRE(page.review);
            CHECK_FALSE(page.review->is_kept);
            REQUIRE(page.outcome);
            CHECK(page.outcome->final_class.number > 1);
            const auto proof = classification::member_proof(call, {a, 2024, Basis::today}, year.setting);
            CHECK(proof.final_class.number == page.outcome->final_class.number);
            CHECK_FALSE(proof.review.is_kept);
            CHECK(proof.changed_since.count == 0);
            const auto unit =
                classification::unit_class(call, {year.world.na_lung, 2024, Basis::today}, year.setting);
            REQUIRE(unit.outcome);
            CHECK(unit.members.total == 1);
        });
        year.review();
        year.world.write([&](const Call& call) {
            const members::Member member = members::get_member(call.db, a);
            members::ChangeMember change;
            change.member_id = a;
            change.version = member.version;
            change.code = member.code;
            change.full_name = member.full_name;
            change.full_on = member.full_on;
            change.discipline = 2;
            members::change(call, change);
        });
        year.world.read([&](const Call& call) {
            const auto kept = classification::member_class(call, {a, 2024}, year.setting);
            CHECK(kept.review->is_kept);
            CHECK(kept.outcome->final_class.number > 1);
            CHECK(of_today(call).outcome->final_class.key == "not_completed");
            CHECK(refuses(
                [&] {
                    classification::member_class(call, {a, 2023, Basis::today}, year.setting);
                },
                Reason::invalid, "classification.not_this_year"));
        });
    });
}

TEST_CASE("a class as it stands today is shown to whoever may see the proof, and reading it is noted") {
    for_each_store([](Store& store) {
        YearForTest year(store);
        const MemberId a = year.add_member(year.world.na_lung, "A");
        const Actor nobody = year.world.person({}, year.world.na_lung);
        const Actor reader = year.world.person({"classification.read"}, year.world.na_lung);
        const Actor elsewhere = year.world.person(
            {"classification.read", "classification.propose", "members.read_file"}, year.world.ban_lang);
        const Actor own = year.world.person({}, year.world.na_lung, a);
        const auto forbidden = [&](const Actor& actor, const auto& ask) {
            bool is_forbidden = false;
            year.world.read(actor, [&](const Call& call) {
                try {
                    ask(call);
                } catch (const Refusal& refusal) {
                    is_forbidden = refusal.reason == Reason::forbidden;
                }
            });
            return is_forbidden;
        };
        const auto unit = [&](const Call& call) {
            classification::unit_proof(call, {year.world.na_lung, 2024, Basis::today}, year.setting);
        };
        const auto member = [&](const Call& call) {
            classification::member_proof(call, {a, 2024, Basis::today}, year.setting);
        };
        CHECK(forbidden(nobody, unit));
        CHECK(forbidden(elsewhere, unit));
        CHECK_FALSE(forbidden(reader, unit));
        CHECK(forbidden(nobody, member));
        CHECK(forbidden(reader, member));
        CHECK(forbidden(elsewhere, member));
        CHECK_FALSE(forbidden(own, member));
    });
}

}  // namespace gw::test
