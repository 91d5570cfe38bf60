// Who is told when one capability speaks through another.
#include "borders.h"

#include <algorithm>

#include "notices/notices.h"
#include "platform/texts/texts.h"
#include "support/account_for_test.h"
#include "support/store_for_test.h"

namespace gw::test {
namespace {

struct Ears {
    explicit Ears(Store& store) : world(store) {
        const auto people = add_people(world, world.na_lung, 1);
        const auto neighbours = add_people(world, world.ban_lang, 1);
        secretary = add_account(world, "thuky", {"meetings.plan"}, world.na_lung, people[0]);
        helper = add_account(world, "nguoigiup", {"meetings.read"}, world.ban_lang, neighbours[0]);
        commune = add_account(world, "phuong", {"consolidation.propose"}, world.khau_tinh);
        district = add_account(world, "huyen", {"consolidation.decide"}, world.na_hang);
        province = add_account(world, "tinh", {"consolidation.decide"}, world.tuyen_quang);
        about.id = ConsolidationId{1};
        about.unit_id = world.na_lung;
        about.proposed_by = commune.account_id;
        about.helper_member_id = neighbours[0];
    }

    // What one act leaves in the inbox of each: the texts of the newest notice of those who got one more.
    std::vector<std::string> who_hears(consolidation::Telling telling, const consolidation::Late& late = {}) {
        const auto before = counts();
        world.write(commune, [&](const Call& call) { tell_of_weak_unit(call, about, telling, late); });
        std::vector<std::string> heard;
        const auto after = counts();
        for (const auto& [name, count] : after)
            if (count > before.at(name)) heard.push_back(name);
        return heard;
    }
    std::string text_for(const Actor& actor) { return inbox(actor).front().text; }

    std::vector<notices::Notice> inbox(const Actor& actor) {
        static const Texts texts(GROUNDWORK_SOURCE_DIR "/messages");
        std::vector<notices::Notice> found;
        world.read(actor,
                   [&](const Call& call) { found = notices::list(call, {}, {.texts = texts}).notices; });
        return found;
    }

private:
    std::map<std::string, std::size_t> counts() {
        std::map<std::string, std::size_t> found;
        for (const auto& [name, actor] : {std::pair{"secretary", &secretary},
                                          {"helper", &helper},
                                          {"commune", &commune},
                                          {"district", &district},
                                          {"province", &province}})
            found[name] = inbox(*actor).size();
        return found;
    }

public:
    World world;
    consolidation::Case about;
    Actor secretary, helper, commune, district, province;
};

}  // namespace

TEST_CASE("what happens to a weak unit is told to those it concerns, and to nobody else") {
    using consolidation::Telling;
    using Names = std::vector<std::string>;
    for_each_store([](Store& store) {
        Ears ears(store);
        const Names of_the_case{"commune", "helper", "secretary"};
        ears.about.helper_member_id.reset();
        CHECK(ears.who_hears(Telling::proposed) == Names{"district"});
        ears.about.helper_member_id = ears.helper.member_id;
        CHECK(ears.who_hears(Telling::helper_named) == Names{"helper"});
        for (const Telling telling :
             {Telling::put, Telling::not_put, Telling::left, Telling::relapsed, Telling::closed})
            CHECK(ears.who_hears(telling) == of_the_case);
        CHECK(ears.who_hears(Telling::late, {0, true}) == Names{"helper"});
        CHECK(ears.text_for(ears.helper) == "The helper’s note of last month is missing.");
        CHECK(ears.who_hears(Telling::late, {2, false}) == Names{"helper", "secretary"});
        CHECK(ears.text_for(ears.secretary) == "2 measures are past their day. ");
        // The program has no name for people.
        CHECK(ears.inbox(ears.secretary).front().told_by == ears.commune.name);
        ears.world.write([&](const Call& call) { tell_of_weak_unit(call, ears.about, Telling::closed, {}); });
        CHECK(ears.inbox(ears.secretary).front().told_by.empty());
    });
}

}  // namespace gw::test
