// The audit trail: one chain of entries per store. Each entry carries the hash of the one before it, so that
// a changed, missing or moved entry shows. Written in the transaction of the change it tells of.
#pragma once
#include <optional>
#include <string>

#include "platform/call.h"
#include "platform/router.h"

namespace gw::audit {

struct Entry {
    std::int64_t position = 0;  // 1, 2, 3 ... without gaps
    Moment at;
    std::int64_t account_id = 0;
    std::string actor_name;
    std::string action;  // "meeting.held"
    std::int64_t subject_id = 0;
    std::int64_t unit_id = 0;
    std::string detail;  // JSON text or empty
    std::string request_id;
    std::string hash;  // SHA-256, hexadecimal
};
BOOST_DESCRIBE_STRUCT(Entry, (),
                      (position, at, account_id, actor_name, action, subject_id, unit_id, detail, request_id,
                       hash))

// The hash an entry must carry when the entry before it carries `previous_hash` (empty for the first).
std::string hash_of(const Entry& entry, std::string_view previous_hash);

void append(Db& db, Entry entry);

struct Verdict {
    std::int64_t entry_count = 0;
    std::string last_hash;  // keep it elsewhere: it also proves that no entry was cut off the end
    std::optional<std::int64_t> broken_position;
    std::string what;  // what is wrong there, for the administrator
};
// Walks the whole chain. `expected_last_hash` is one noted earlier, or empty.
Verdict verify(Db& db, std::string_view expected_last_hash = {});

// GET /api/audit: the trail of a unit, newest first. Refused without `audit.read` over the unit.
void add_routes(Router& router);

}  // namespace gw::audit
