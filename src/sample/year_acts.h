// Acts of people on days of the sample year, by the operations that everybody uses, so that each leaves its
// story.
#pragma once
#include <functional>

#include "organisation/organisation.h"
#include "platform/call.h"
#include "sample/province.h"

namespace gw::sample {

struct Somebody {
    AccountId account_id;  // none: somebody who never signed in
    std::string name;
    UnitId home_unit_id;
    MemberId member_id{};
};

class YearActs {
public:
    // Acts with another `ids_number` make other ids. The call must outlive it.
    YearActs(const Call& call, std::uint32_t ids_number) : outer_(call), ids_(ids_number) {
        // The units were added in this very transaction, so the tree in memory does not know them yet.
        trees_.rebuild(call.db, call.today);
    }

    void as(const Somebody& who, Date day, const std::function<void(const Call&)>& act) {
        Actor actor = program_actor(who.name.empty() ? "sample" : who.name);
        actor.account_id = who.account_id;
        actor.home_unit_id = who.home_unit_id;
        actor.member_id = who.member_id;
        const Call call{outer_.db,
                        actor,
                        moment_of(day, 9 * 60, zone_minutes),
                        day,
                        outer_.language,
                        trees_.today(),
                        ids_,
                        outer_.announcements,
                        outer_.store,
                        outer_.files,
                        outer_.request_id};
        act(call);
    }
    const organisation::Trees& trees() const { return trees_; }

private:
    const Call& outer_;
    organisation::Trees trees_;
    Ids ids_;
};

}  // namespace gw::sample
