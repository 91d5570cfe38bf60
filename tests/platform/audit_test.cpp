#include "platform/audit/audit.h"

#include "support/store_for_test.h"
#include "support/world.h"

namespace gw::test {

namespace {

using Subject = Id<struct AuditTestSubject>;

void write_trail(World& world) {
    for (int i = 1; i <= 20; ++i)
        world.write([&](const Call& call) {
            call.record("thing.changed", Subject{i}, world.na_lung, R"({"step":)" + std::to_string(i) + "}");
        });
}

audit::Verdict verdict_of(World& world, std::string_view expected = {}) {
    audit::Verdict verdict;
    world.read([&](const Call& call) { verdict = audit::verify(call.db, expected); });
    return verdict;
}

}  // namespace

TEST_CASE("an untouched trail is whole, and its last hash can be held against it later") {
    for_each_store([](Store& store) {
        World world(store);
        write_trail(world);
        const auto verdict = verdict_of(world);
        CHECK(verdict.entry_count >= 20);
        CHECK_FALSE(verdict.broken_position);
        write_trail(world);
        CHECK_FALSE(verdict_of(world, verdict.last_hash).broken_position);
    });
}

TEST_CASE("one changed byte is found and located, in whichever column it is") {
    for_each_store([](Store& store) {
        World world(store);
        write_trail(world);
        for (const char* change : {"detail = '{\"step\":9}'", "actor_name = 'tesu'",
                                   "action = 'thing.changee'", "at = at + 1", "subject_id = subject_id + 1",
                                   "unit_id = 1", "account_id = 7", "request_id = 'TESU'", "hash = 'x'"}) {
            CAPTURE(change);
            const auto before = verdict_of(world);
            REQUIRE_FALSE(before.broken_position);
            const std::int64_t position = before.entry_count - 10;
            audit::Entry kept;
            world.read([&](const Call& call) {
                kept = *call.db.one<audit::Entry>("SELECT * FROM audit_entries WHERE position = :position",
                                                  {{"position", position}});
            });
            store.write([&](Db& db) {
                db.run("UPDATE audit_entries SET " + std::string(change) + " WHERE position = :position",
                       {{"position", position}});
            });
            CHECK(verdict_of(world).broken_position == position);
            store.write([&](Db& db) {
                db.run("DELETE FROM audit_entries WHERE position = :position", {{"position", position}});
                db.insert("audit_entries", kept);
            });
        }
    });
}

TEST_CASE("a missing entry shows, in the middle and at the end") {
    for_each_store([](Store& store) {
        World world(store);
        write_trail(world);
        const auto whole = verdict_of(world);
        store.write([&](Db& db) {
            db.run("DELETE FROM audit_entries WHERE position = :position", {{"position", whole.entry_count}});
        });
        CHECK_FALSE(verdict_of(world).broken_position);  // the chain alone cannot know its end
        CHECK(verdict_of(world, whole.last_hash).broken_position == whole.entry_count);
        store.write([&](Db& db) { db.run("DELETE FROM audit_entries WHERE position = 5"); });
        CHECK(verdict_of(world).broken_position == 5);
    });
}

TEST_CASE("a refused call leaves no entry") {
    for_each_store([](Store& store) {
        World world(store);
        const auto before = world.audit_count();
        CHECK(refuses(
            [&] {
                world.write([&](const Call& call) {
                    call.record("thing.changed", Subject{1}, world.na_lung);
                    refuse_unknown("thing_id");
                });
            },
            Reason::not_found, "platform.not_found"));
        CHECK(world.audit_count() == before);
    });
}

TEST_CASE("the trail of a unit is shown to those who may read it") {
    for_each_store([](Store& store) {
        World world(store);
        CHECK(refuses(
            [&] {
                world.read(world.person({"units.read"}, world.na_lung),
                           [&](const Call& call) { call.require("audit.read", world.na_lung); });
            },
            Reason::forbidden, "platform.forbidden"));
    });
}

}  // namespace gw::test
