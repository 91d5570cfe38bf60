// The sample units with somebody at each level who may do everything, and what they were told.
#pragma once
#include "obstacles/obstacles.h"
#include "support/store_for_test.h"
#include "support/world.h"

namespace gw::obstacles {

using test::refuses;

struct Told {
    Telling telling;
    UnitId holder_id, left_unit_id;
    bool operator==(const Told&) const = default;
};

struct Ladder {
    explicit Ladder(Store& store) : world(store) {
        const std::vector<std::string> all{"obstacles.read", "obstacles.raise", "obstacles.answer",
                                           "organisation.change"};
        secretary = world.person({"obstacles.read", "obstacles.raise"}, world.na_lung);
        commune = world.person(all, world.khau_tinh);
        district = world.person(all, world.na_hang);
        province = world.person(all, world.tuyen_quang);
        member = world.person({"obstacles.read"}, world.na_lung);
        outsider = world.person(all, world.an_tuong);
        setting.tell = [this](const Call&, const Obstacle& obstacle, Telling telling, UnitId left) {
            told.push_back({telling, obstacle.holder_id, left});
        };
        start = day_of(world.now, world.zone_minutes);
    }
    RaiseObstacle request(UnitId unit_id, std::string text = "Nhà văn hóa thôn chưa có điện") const {
        RaiseObstacle asked;
        asked.unit_id = unit_id;
        asked.text = std::move(text);
        asked.tried = "Đã xin xã hai lần";
        asked.asked = "Kéo điện về nhà văn hóa";
        return asked;
    }
    ObstacleId raised(UnitId unit_id, std::string text = "Nhà văn hóa thôn chưa có điện") {
        ObstacleId id;
        world.write([&](const Call& call) {
            id = raise(call, request(unit_id, std::move(text)), setting).line.obstacle.id;
        });
        return id;
    }
    Date on(std::int64_t day) const { return date_of(day_number(start) + day); }
    // Lets days go by; the day job runs on each of them, or only on the last.
    std::int64_t go_to(std::int64_t day) {
        world.go_to(on(day));
        std::int64_t steps = 0;
        world.write([&](const Call& call) { steps = settle(call, setting); });
        return steps;
    }
    Obstacle get(ObstacleId id) {
        Obstacle found;
        world.read([&](const Call& call) { found = find_obstacle(call.db, id).value(); });
        return found;
    }
    ObstacleStory story(ObstacleId id, const Actor& actor) {
        ObstacleStory told_story;
        world.read(actor, [&](const Call& call) { told_story = show(call, {id}); });
        return told_story;
    }
    void answered(const Actor& actor, ObstacleId id, Way way = Way::answer) {
        world.write(actor, [&](const Call& call) {
            answer(call,
                   {id, way, "Chưa có vốn năm nay",
                    way == Way::solve ? std::optional(call.today) : std::nullopt},
                   setting);
        });
    }
    template <class Act>
    bool refused(const Actor& actor, Reason reason, std::string_view key, Act act) {
        return refuses([&] { world.write(actor, [&](const Call& call) { act(call); }); }, reason, key);
    }
    test::World world;
    Actor secretary, commune, district, province, member, outsider;
    std::vector<Told> told;
    Setting setting;
    Date start{};
};

}  // namespace gw::obstacles
