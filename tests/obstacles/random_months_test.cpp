// Months of chance through the store: whatever people do, somebody owes the next act.
#include <map>
#include <random>

#include "ladder.h"
#include "obstacles/obstacles_rules.h"

namespace gw::obstacles {

TEST_CASE("random months leave every obstacle with exactly one who owes, or ended") {
    test::for_each_store([](Store& store) {
        Ladder it(store);
        std::mt19937 random(7);
        const std::vector<UnitId> units{
            it.world.na_lung,     it.world.ban_lang,  it.world.phia_trang,           it.world.cell_1,
            it.world.front_board, it.world.khau_tinh, it.world.self_management_group};
        std::map<UnitId, Actor> people;
        it.world.read([&](const Call& call) {
            for (const auto& unit : call.tree->units())
                people.emplace(
                    unit.id,
                    it.world.person({"obstacles.read", "obstacles.raise", "obstacles.answer"}, unit.id));
        });
        std::vector<ObstacleId> ids;
        int answers = 0, words = 0;
        for (std::int64_t day = 1; day < 300; day += 1 + static_cast<std::int64_t>(random() % 6)) {
            it.go_to(day);
            if (random() % 3 == 0) ids.push_back(it.raised(units[random() % units.size()]));
            for (const ObstacleId id : ids) {
                const Obstacle now = it.get(id);
                const auto owing = owed_by(now);
                CHECK(owing.has_value() == !now.ended_on);
                if (!owing) continue;
                if (now.holder_id != it.world.tuyen_quang) CHECK(now.due_on >= it.on(day));
                if (random() % 8 != 0) continue;
                const ObstacleStory can = it.story(id, people.at(*owing));
                if (now.state == State::owed) {
                    REQUIRE(can.may_answer);
                    const Way way = random() % 3 == 0 && can.may_pass_up ? Way::pass_up
                                    : random() % 2 == 0                  ? Way::solve
                                                                         : Way::answer;
                    it.answered(people.at(*owing), id, way);
                    ++answers;
                } else {
                    REQUIRE(can.may_confirm);
                    it.world.write(people.at(*owing), [&](const Call& call) {
                        if (can.may_reopen && random() % 2 == 0) reopen(call, {id, "Vẫn còn"}, it.setting);
                        else confirm(call, {id, random() % 2 == 0, ""}, it.setting);
                    });
                    ++words;
                }
            }
        }
        CHECK(answers > 20);
        CHECK(words > 10);
        // Nobody reopens any more: all end, or are late at the top.
        it.go_to(300 + 4 * 16 + 16);
        for (const ObstacleId id : ids) {
            const Obstacle now = it.get(id);
            const bool is_at_top = now.state == State::owed && now.holder_id == it.world.tuyen_quang;
            CHECK((now.ended_on || is_at_top));
            const auto steps = it.story(id, it.world.program).steps;
            CHECK(steps.size() == static_cast<std::size_t>(now.step_count));
            for (std::size_t i = 1; i < steps.size(); ++i) {
                CHECK(steps[i].step.acted_on >= steps[i - 1].step.acted_on);
                CHECK((steps[i].step.act == Act::withdraw ||
                       steps[i].step.unit_id == steps[i - 1].step.to_unit_id));
            }
        }
    });
}

}  // namespace gw::obstacles
