// What the sample's bodies inspect, read as its people by what their roles give them.
#include "accounts/accounts.h"
#include "inspections/inspections.h"
#include "sample/app_for_test.h"
#include "support/world.h"
#include "visits/visits.h"

using namespace gw;
using namespace gw::test;
using inspections::Phase;

namespace {

class People {
public:
    explicit People(AppForTest& test) : test_(test) {
        test.read([&](const Call& call) { store_ = &call.store; });
        sessions_ =
            std::make_unique<accounts::Sessions>(*store_, accounts::SessionLimits{}, visits::reach_by_orders);
    }
    void as(const char* user_name, const std::function<void(const Call&)>& look) const {
        std::optional<accounts::Account> account;
        std::shared_ptr<const organisation::Tree> tree;
        Moment now{};
        Date today{};
        test_.read([&](const Call& call) {
            account = accounts::find_account(call.db, user_name);
            tree = call.tree;
            now = call.now;
            today = call.today;
        });
        REQUIRE(account);
        const auto actor = sessions_->actor_of(account->id, now, today, tree);
        REQUIRE(actor);
        test_.read([&](const Call& call) {
            look({call.db, *actor, call.now, call.today, call.language, call.tree, call.ids,
                  call.announcements, call.store, call.files, call.request_id});
        });
    }

private:
    AppForTest& test_;
    Store* store_ = nullptr;
    std::unique_ptr<accounts::Sessions> sessions_;
};

}  // namespace

TEST_CASE("the commune and the Block have inspections in every phase, each known to those concerned") {
    AppForTest test(Dialect::sqlite);
    test.fill();
    const People people(test);
    UnitId commune, block;
    test.read([&](const Call& call) {
        commune = unit_named(call, "Đảng bộ xã Khau Tinh");
        block = unit_named(call, "Đảng bộ Khối các cơ quan và doanh nghiệp tỉnh");
    });
    const auto phases = [&](const Call& own, UnitId body) {
        std::vector<Phase> found;
        for (const auto& line : inspections::list(own, {body, {}, 2024}).inspections)
            found.push_back(line.phase);
        return found;
    };
    people.as("vanphong", [&](const Call& own) {
        CHECK(phases(own, commune) == std::vector{Phase::conduct, Phase::close, Phase::closed});
        const auto programme = inspections::show_programme(own, {commune, 2024});
        REQUIRE(programme.entries.size() == 5);
        CHECK(programme.may_plan);
        CHECK(programme.entries[2].is_late);
        CHECK_FALSE(programme.entries[4].is_late);
    });
    people.as("khoi", [&](const Call& own) {
        CHECK(phases(own, block) == std::vector{Phase::prepare, Phase::prepare, Phase::conduct, Phase::close,
                                                Phase::closed, Phase::closed, Phase::closed, Phase::closed});
        CHECK(inspections::show_programme(own, {block, 2024}).entries.size() == 9);
        int late = 0, came_back = 0;
        for (const auto& line : inspections::list(own, {block, {}, 2024}).inspections) {
            late += line.is_late;
            for (const auto& finding : inspections::show(own, {line.inspection.id}).findings)
                came_back += finding.came_back_count > 0;
        }
        CHECK(late == 2);
        CHECK(came_back == 1);
    });
    people.as("lanhdao", [&](const Call& own) {
        const auto programme = inspections::show_programme(own, {own.actor.home_unit_id, 2024});
        CHECK(programme.may_plan);
        CHECK(programme.entries.size() == 5);
        CHECK(phases(own, own.actor.home_unit_id) == std::vector{Phase::close, Phase::closed, Phase::closed});
    });
    InspectionId of_member;
    people.as("dangvien", [&](const Call& own) {
        const auto mine = inspections::list_mine(own).inspections;
        REQUIRE(mine.size() == 1);
        of_member = mine[0].inspection.id;
        const auto record = inspections::show(own, {of_member});
        CHECK(record.is_object);
        CHECK(record.line.phase == Phase::closed);
        CHECK(record.papers.size() == 6);  // five delivered, and the own report
        REQUIRE(record.answers.size() == 1);
        CHECK(record.answers[0].paper_number == inspections::conclusion);
        REQUIRE(record.findings.size() == 1);
        CHECK(record.findings[0].state == findings::State::closed);
    });
    people.as("kiemtra", [&](const Call& own) {
        CHECK(inspections::list_mine(own).inspections.size() >= 14);  // of every team
        CHECK(inspections::show(own, {of_member}).papers.size() == 11);
    });
    for (const char* user_name : {"thuky", "khoi", "tinhuy", "lanhdao", "quantri"})
        people.as(user_name, [&](const Call& own) {
            for (const auto& line : inspections::list(own, {}).inspections)
                CHECK(line.inspection.id != of_member);
            CHECK(test::refuses([&] { inspections::show(own, {of_member}); }, Reason::not_found,
                                "platform.not_found"));
        });
    people.as("thuky", [&](const Call& own) {
        const auto mine = inspections::list_mine(own).inspections;
        REQUIRE(mine.size() == 1);
        CHECK(mine[0].phase == Phase::conduct);
    });
}
