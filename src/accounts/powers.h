// What one account may do today: its permissions, each as ranges of the tree. Private to accounts.
#pragma once
#include "accounts/accounts_store.h"

namespace gw::accounts {

class Powers {
public:
    // Grants that do not hold on `today`, or whose unit does not stand, give nothing.
    Powers(const std::vector<PermissionRow>& rows, const std::vector<FurtherGrant>& further, Date today,
           std::shared_ptr<const organisation::Tree> tree);

    bool may(std::string_view permission, UnitId unit_id) const;
    std::vector<Reach> reach(std::string_view permission) const;
    Ground ground(std::string_view permission, UnitId unit_id) const;
    struct Head {
        std::string permission;
        UnitId unit_id;
        bool is_without_below = false;
    };
    // The units that carry each permission, without those below another one that carries it.
    std::vector<Head> heads() const;

private:
    struct Held {
        Reach reach;
        std::size_t ground;  // which of grounds_
    };
    const Held* find(std::string_view permission, UnitId unit_id) const;

    std::shared_ptr<const organisation::Tree> tree_;
    std::vector<Ground> grounds_;  // each once: an account holds many permissions by few grants
    std::map<std::string, std::vector<Held>, std::less<>> held_;  // in order, not overlapping
};

// What is handed over for an account; nothing when nobody hands anything over.
inline std::vector<FurtherGrant> further_of(const FurtherGrants& further, Db& db, AccountId account_id) {
    return further ? further(db, account_id) : std::vector<FurtherGrant>{};
}

inline bool holds_on(Date from_on, const std::optional<Date>& until_on, Date day) {
    return from_on <= day && (!until_on || day < *until_on);
}

Actor actor_of(const AccountRow& account, std::shared_ptr<const Powers> powers);

}  // namespace gw::accounts
