// Everything one call may touch: who calls, when, and the open transaction.
// The same for a web request, a command, a job and a test.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "platform/actor.h"
#include "platform/db/db.h"
#include "platform/ids.h"
#include "platform/problem.h"

namespace gw {

class Files;
class Store;
class Announcements;
namespace organisation {
class Tree;
}

struct Call {
    Db& db;
    const Actor& actor;
    Moment now;
    Date today;
    std::string language;                            // of the person who reads the answer
    std::shared_ptr<const organisation::Tree> tree;  // the units as of today
    Ids& ids;
    Announcements& announcements;
    Store& store;
    Files& files;
    std::string request_id;
    // Set by signing in and out: the session token to hand to the browser; empty text takes it away.
    std::optional<std::string>* session_token = nullptr;
    std::string presented_token = {};  // the session token that came with the request
    std::string remote_address = {};

    template <class AnyId>
    AnyId new_id() const {
        return AnyId{ids.next(now)};
    }

    // Refuses the call (forbidden) unless the actor holds `permission` over `unit_id`.
    void require(std::string_view permission, UnitId unit_id) const;

    // Adds a line to the audit trail, in the same transaction as the change itself. `subject_id` names the
    // thing changed, `unit_id` whose trail it belongs to, `detail` what a reader needs to know (JSON text or
    // empty).
    template <class Thing>
    void record(std::string_view action, Id<Thing> subject_id, UnitId unit_id = {},
                std::string_view detail = {}) const {
        append_audit(action, subject_id.number, unit_id, detail);
    }

    // Tells listeners, after the commit and before the answer, that something of `topic` changed.
    void announce(std::string_view topic, UnitId unit_id = {}) const;

    // For slow operations, which run outside the writer: makes a change in a transaction of its own and waits
    // until it is durable. `change` gets the inner call.
    void write(const std::function<void(const Call&)>& change) const;

private:
    void append_audit(std::string_view action, std::int64_t subject_id, UnitId unit_id,
                      std::string_view detail) const;
};

}  // namespace gw
