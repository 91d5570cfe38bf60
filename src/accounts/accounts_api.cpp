#include "accounts/accounts_operations.h"

namespace gw::accounts {

void add_routes(Router& router, SignInLimits& limits, Passwords& passwords, UnitOfMember unit_of_member,
                FurtherGrants further) {
    Route& signing_in = router.post("/api/session", "Signs in: sets the session cookie",
                                    [&limits, &passwords, further](const Call& call, const SignIn& request) {
                                        return sign_in(call, request, limits, passwords, {}, further);
                                    });
    signing_in.is_open = true;
    signing_in.way = Way::slow;
    router.get("/api/session", "Who is signed in, and what they may do where",
               [further](const Call& call, const Nothing&) { return current_account(call, further); });
    router.remove("/api/session", "Signs out: ends this session",
                  [](const Call& call, const Nothing&) { return sign_out(call); });
    router.get(
        "/api/session/why", "Which of one's grants give a permission over a unit",
        [further](const Call& call, const AskWhy& request) { return why_may_i(call, request, further); });
    router.post("/api/session/language", "Chooses the language of one's account", choose_language);
    router
        .post("/api/session/password", "Changes one's password and ends one's other sessions",
              [&limits, &passwords](const Call& call, const ChangePassword& request) {
                  return change_password(call, request, limits, passwords);
              })
        .way = Way::slow;
    router
        .post("/api/session/recovery_key", "Shows, for the password, what opens one's device without its PIN",
              [&limits, &passwords](const Call& call, const ShowPassword& request) {
                  return recovery_key(call, request, limits, passwords);
              })
        .way = Way::slow;
    router.get("/api/units/{unit_id}/pin_rule", "Whether a unit wants a PIN on its people's devices",
               pin_rule);
    router.put("/api/units/{unit_id}/pin_rule", "Says whether a unit wants a PIN on its people's devices",
               set_pin_rule);
    router.get("/api/sessions", "Lists one's sessions",
               [](const Call& call, const Nothing&) { return list_sessions(call); });
    router.remove("/api/sessions", "Signs out everywhere: ends all of one's sessions",
                  [](const Call& call, const Nothing&) { return sign_out_everywhere(call); });
    router.remove("/api/sessions/{session_id}", "Ends one of one's sessions", end_session);

    router.get("/api/accounts", "Lists the accounts of the units one keeps", list_accounts);
    router
        .post("/api/accounts", "Adds an account, with a first role when one is named",
              [&passwords, unit_of_member = std::move(unit_of_member)](const Call& call,
                                                                       const AddAccount& request) {
                  return create_account(call, request, passwords, unit_of_member);
              })
        .way = Way::slow;
    router.post("/api/accounts/{account_id}/locking", "Locks an account or unlocks it", lock_account);
    router.get("/api/accounts/{account_id}/grants", "Lists the grants of an account", list_grants);
    router.post("/api/accounts/{account_id}/grants",
                "Gives an account a role over a unit and everything below it", add_grant);
    router.remove("/api/grants/{grant_id}", "Takes a grant away", remove_grant);
    router.get("/api/roles", "Lists the roles with their permissions and the roles they give",
               [](const Call& call, const Nothing&) { return list_roles_for_reader(call); });
    router.put("/api/roles/{role_key}/given_roles", "Says which roles whoever holds a role may give",
               set_given_roles);
}

}  // namespace gw::accounts
