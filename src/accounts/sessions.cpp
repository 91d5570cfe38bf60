#include <atomic>
#include <cstring>

#include "accounts/powers.h"
#include "platform/announcements.h"
#include "platform/db/store.h"

namespace gw::accounts {

namespace {

constexpr std::size_t shard_count = 16;      // threads seldom wait for the same lock
constexpr std::size_t most_in_shard = 4096;  // sessions; then the shard begins anew

struct HashOfHash {
    std::size_t operator()(const TokenHash& hash) const noexcept {
        std::size_t number = 0;
        std::memcpy(&number, hash.data(), sizeof number);
        return number;
    }
};

// What is known of a session since `generation`, and the actor made of it for one tree and day.
struct KnownSession {
    SessionId id;
    AccountRow account;
    std::vector<PermissionRow> permissions;
    std::vector<FurtherGrant> further;
    Moment expires_at;
    std::uint64_t generation = 0;
    std::atomic<std::int64_t> last_seen = 0;   // milliseconds
    std::atomic<std::int64_t> last_noted = 0;  // what the store knows of it
    std::shared_ptr<const organisation::Tree> tree;
    Date today{};
    std::shared_ptr<const Actor> actor;
};

struct Shard {
    std::shared_mutex lock;
    std::unordered_map<TokenHash, std::unique_ptr<KnownSession>, HashOfHash> sessions;
};

std::shared_ptr<const Actor> make_actor(const AccountRow& account,
                                        const std::vector<PermissionRow>& permissions,
                                        const std::vector<FurtherGrant>& further, Date today,
                                        const std::shared_ptr<const organisation::Tree>& tree) {
    return std::make_shared<const Actor>(
        actor_of(account, std::make_shared<const Powers>(permissions, further, today, tree)));
}

}  // namespace

struct Sessions::Inside {
    Inside(Store& given_store, SessionLimits given_limits, FurtherGrants given_grants)
        : store(given_store), limits(given_limits), further_grants(std::move(given_grants)) {}

    Store& store;
    SessionLimits limits;
    FurtherGrants further_grants;
    // Counted up when something changed; what was read before that counts no more.
    std::atomic<std::uint64_t> generation = 1;
    std::array<Shard, shard_count> shards;

    bool is_over(const KnownSession& session, Moment now) const {
        return now >= session.expires_at ||
               now.milliseconds - session.last_seen.load(std::memory_order_relaxed) >=
                   limits.idle_milliseconds;
    }

    void note_use_of(KnownSession& session, Moment now) {
        if (now.milliseconds > session.last_seen.load(std::memory_order_relaxed))
            session.last_seen.store(now.milliseconds, std::memory_order_relaxed);
        std::int64_t noted = session.last_noted.load(std::memory_order_relaxed);
        if (now.milliseconds - noted < limits.noting_milliseconds) return;
        // One of the threads that come here at the same time wins.
        if (!session.last_noted.compare_exchange_strong(noted, now.milliseconds)) return;
        store.write([id = session.id, now](Db& db) { note_use(db, id, now); },
                    [](const std::exception_ptr&) {});
    }

    // Null when there is no such session or its account is locked.
    std::unique_ptr<KnownSession> read(const TokenHash& hash) {
        auto session = std::make_unique<KnownSession>();
        session->generation = generation.load(std::memory_order_acquire);
        bool is_known = false;
        store.read([&](Db& db) {
            const auto row = find_session_row(db, hash);
            auto account = row ? find_account_row(db, row->account_id) : std::nullopt;
            if (!account || account->is_locked) return;
            is_known = true;
            session->id = row->id;
            session->account = *std::move(account);
            session->account.password_hash.clear();
            session->permissions = permissions_of(db, row->account_id);
            session->further = further_of(further_grants, db, row->account_id);
            session->expires_at = row->expires_at;
            session->last_seen = row->last_seen_at.milliseconds;
            session->last_noted = row->last_seen_at.milliseconds;
        });
        return is_known ? std::move(session) : nullptr;
    }

    void forget_all() {
        generation.fetch_add(1, std::memory_order_acq_rel);
        for (Shard& shard : shards) {
            const std::unique_lock hold(shard.lock);
            shard.sessions.clear();
        }
    }
};

Sessions::Sessions(Store& store, SessionLimits limits, FurtherGrants further_grants)
    : inside_(std::make_unique<Inside>(store, limits, std::move(further_grants))) {}

Sessions::~Sessions() = default;

std::shared_ptr<const Actor> Sessions::find_actor(std::string_view token, Moment now, Date today,
                                                  const std::shared_ptr<const organisation::Tree>& tree) {
    if (!is_token(token)) return nullptr;
    const TokenHash hash = hash_of_token(token);
    Shard& shard = inside_->shards[hash.back() % shard_count];
    {
        const std::shared_lock hold(shard.lock);
        const auto found = shard.sessions.find(hash);
        if (found != shard.sessions.end()) {
            KnownSession& session = *found->second;
            const bool is_current = session.generation == inside_->generation.load(std::memory_order_acquire);
            if (is_current && inside_->is_over(session, now)) return nullptr;
            if (is_current && session.tree == tree && session.today == today) {
                inside_->note_use_of(session, now);
                return session.actor;
            }
        }
    }
    auto session = inside_->read(hash);
    if (!session || inside_->is_over(*session, now)) return nullptr;
    session->tree = tree;
    session->today = today;
    session->actor = make_actor(session->account, session->permissions, session->further, today, tree);
    inside_->note_use_of(*session, now);
    std::shared_ptr<const Actor> actor = session->actor;
    const std::unique_lock hold(shard.lock);
    if (shard.sessions.size() >= most_in_shard) shard.sessions.clear();
    // Sessions that rest would keep trees of former days in memory.
    std::erase_if(shard.sessions, [&](const auto& entry) { return entry.second->tree != tree; });
    shard.sessions[hash] = std::move(session);
    return actor;
}

bool Sessions::was_ended(std::string_view token) const {
    if (!is_token(token)) return false;
    bool is_ended = false;
    inside_->store.read([&](Db& db) { is_ended = accounts::was_ended(db, hash_of_token(token)); });
    return is_ended;
}

std::shared_ptr<const Actor> Sessions::actor_of(AccountId account_id, Moment, Date today,
                                                const std::shared_ptr<const organisation::Tree>& tree) {
    std::shared_ptr<const Actor> actor;
    inside_->store.read([&](Db& db) {
        const auto account = find_account_row(db, account_id);
        if (account && !account->is_locked)
            actor = make_actor(*account, permissions_of(db, account_id),
                               further_of(inside_->further_grants, db, account_id), today, tree);
    });
    return actor;
}

void Sessions::listen(Announcements& announcements) {
    for (const char* topic : {"accounts", "grants", "sessions", "units"})
        announcements.listen(topic,
                             [inside = inside_.get()](const std::set<UnitId>&) { inside->forget_all(); });
}

std::size_t Sessions::count() const {
    std::size_t count = 0;
    for (Shard& shard : inside_->shards) {
        const std::shared_lock hold(shard.lock);
        count += shard.sessions.size();
    }
    return count;
}

}  // namespace gw::accounts
