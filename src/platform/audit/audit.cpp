#include "platform/audit/audit.h"

#include <sodium.h>

namespace gw::audit {

namespace {

// Length before text, so that no two entries have the same bytes.
void add_part(std::string& bytes, std::string_view part) {
    bytes += std::to_string(part.size());
    bytes += ':';
    bytes += part;
}

struct TrailRequest {
    UnitId unit_id;
    std::optional<std::int64_t> before;  // position
    std::optional<std::int64_t> limit;
};
BOOST_DESCRIBE_STRUCT(TrailRequest, (), (unit_id, before, limit))

struct TrailRow {
    std::int64_t position = 0;
    Moment at;
    std::string actor_name;
    std::string action;
    Id<struct Subject> subject_id;
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(TrailRow, (), (position, at, actor_name, action, subject_id, detail))

struct Trail {
    std::vector<TrailRow> rows;
};
BOOST_DESCRIBE_STRUCT(Trail, (), (rows))

Trail trail(const Call& call, const TrailRequest& request) {
    call.require("audit.read", request.unit_id);
    const auto limit = std::clamp<std::int64_t>(request.limit.value_or(100), 1, 500);
    return {call.db.list<TrailRow>(
        "SELECT position, at, actor_name, action, subject_id, detail FROM audit_entries "
        "WHERE unit_id = :unit_id AND position < :before ORDER BY position DESC LIMIT :limit",
        {{"unit_id", request.unit_id}, {"before", request.before.value_or(INT64_MAX)}, {"limit", limit}})};
}

}  // namespace

std::string hash_of(const Entry& entry, std::string_view previous_hash) {
    std::string bytes;
    add_part(bytes, previous_hash);
    add_part(bytes, std::to_string(entry.position));
    add_part(bytes, std::to_string(entry.at.milliseconds));
    add_part(bytes, std::to_string(entry.account_id));
    add_part(bytes, entry.actor_name);
    add_part(bytes, entry.action);
    add_part(bytes, std::to_string(entry.subject_id));
    add_part(bytes, std::to_string(entry.unit_id));
    add_part(bytes, entry.detail);
    add_part(bytes, entry.request_id);
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    std::string text(2 * sizeof digest + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), digest, sizeof digest);
    text.pop_back();
    return text;
}

void append(Db& db, Entry entry) {
    struct Head {
        std::int64_t position = 0;
        std::string hash;
    } head;
    db.each("SELECT position, hash FROM audit_entries ORDER BY position DESC LIMIT 1", {},
            [&](const Row& row) {
                head = {row.number(0), std::string(row.text(1))};
            });
    entry.position = head.position + 1;
    entry.hash = hash_of(entry, head.hash);
    db.insert("audit_entries", entry);
}

Verdict verify(Db& db, std::string_view expected_last_hash) {
    Verdict verdict;
    bool saw_expected = expected_last_hash.empty();
    std::string previous_hash;
    auto broken = [&](std::int64_t position, std::string what) {
        if (verdict.broken_position) return;
        verdict.broken_position = position;
        verdict.what = std::move(what);
    };
    db.each(
        "SELECT position, at, account_id, actor_name, action, subject_id, unit_id, detail, request_id, hash "
        "FROM audit_entries ORDER BY position",
        {}, [&](const Row& row) {
            ++verdict.entry_count;
            const Entry entry{row.number(0),
                              Moment{row.number(1)},
                              row.number(2),
                              std::string(row.text(3)),
                              std::string(row.text(4)),
                              row.number(5),
                              row.number(6),
                              std::string(row.text(7)),
                              std::string(row.text(8)),
                              std::string(row.text(9))};
            if (entry.position != verdict.entry_count)
                broken(verdict.entry_count,
                       "an entry is missing before position " + std::to_string(entry.position));
            if (entry.hash != hash_of(entry, previous_hash))
                broken(entry.position,
                       "the entry does not match its hash: it was changed, or the one before it was");
            previous_hash = entry.hash;
            if (entry.hash == expected_last_hash) saw_expected = true;
        });
    verdict.last_hash = previous_hash;
    if (!saw_expected)
        broken(verdict.entry_count + 1,
               "the trail does not hold the entry with the expected hash: its end was cut off");
    return verdict;
}

void add_routes(Router& router) {
    router.get("/api/units/{unit_id}/audit", "Lists the audit trail of a unit, newest first", trail);
}

}  // namespace gw::audit
