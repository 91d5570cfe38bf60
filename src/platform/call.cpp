#include "platform/call.h"

#include "platform/announcements.h"
#include "platform/audit/audit.h"
#include "platform/db/store.h"

namespace gw {

Actor program_actor(std::string name) {
    Actor actor;
    actor.name = std::move(name);
    actor.may = [](std::string_view, UnitId) { return true; };
    actor.reach = [](std::string_view) { return std::vector<Reach>{{0, INT32_MAX}}; };
    return actor;
}

Actor nobody() { return {}; }

void Call::require(std::string_view permission, UnitId unit_id) const {
    if (!actor.may(permission, unit_id))
        throw Refusal(Reason::forbidden,
                      Problem{"", "platform.forbidden", {{"permission", std::string(permission)}}});
}

void Call::announce(std::string_view topic, UnitId unit_id) const { announcements.announce(topic, unit_id); }

void Call::append_audit(std::string_view action, std::int64_t subject_id, UnitId unit_id,
                        std::string_view detail) const {
    audit::append(db, {0,
                       now,
                       actor.account_id.number,
                       actor.name,
                       std::string(action),
                       subject_id,
                       unit_id.number,
                       std::string(detail),
                       request_id,
                       {}});
}

void Call::write(const std::function<void(const Call&)>& change) const {
    store.write([&](Db& writer) {
        const Call inner{
            writer, actor, now,        today,         language,        tree,          ids, announcements,
            store,  files, request_id, session_token, presented_token, remote_address};
        change(inner);
    });
}

}  // namespace gw
