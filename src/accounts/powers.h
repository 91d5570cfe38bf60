// What one account may do today: its permissions, each as ranges of the tree. Private to accounts.
#pragma once
#include "accounts/accounts_store.h"

namespace gw::accounts {

class Powers {
public:
    // Grants that do not hold on `today`, or whose unit does not stand, give nothing.
    Powers(const std::vector<PermissionRow>& rows, Date today,
           std::shared_ptr<const organisation::Tree> tree);

    bool may(std::string_view permission, UnitId unit_id) const;
    std::vector<Reach> reach(std::string_view permission) const;
    // The units that carry each permission, without those below another one that carries it.
    std::vector<std::pair<std::string, UnitId>> heads() const;

private:
    std::shared_ptr<const organisation::Tree> tree_;
    std::map<std::string, std::vector<Reach>, std::less<>> reaches_;  // in order, not overlapping
};

inline bool holds_on(Date from_on, const std::optional<Date>& until_on, Date day) {
    return from_on <= day && (!until_on || day < *until_on);
}

Actor actor_of(const AccountRow& account, std::shared_ptr<const Powers> powers);

}  // namespace gw::accounts
