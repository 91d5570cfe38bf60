// A program that is killed in the middle of bringing a file in leaves nothing half; the next start does it
// whole.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "exchange/exchange_operations.h"
#include "platform/jobs/jobs.h"
#include "support/store_for_test.h"
#include "support/world.h"

namespace gw::exchange {

namespace {

constexpr const char* address_name = "GROUNDWORK_TEST_KILLED_IMPORT_STORE";
constexpr const char* files_name = "GROUNDWORK_TEST_KILLED_IMPORT_FILES";
using test::refuses;
constexpr int row_count = 5000;

// A program as it starts again over a store that has been used: jobs only.
struct Program {
    Program(const StoreConfig& config, const std::string& files_folder)
        : store(Store::open(config)), files(files_folder) {
        store->read([this](Db& db) { trees.rebuild(db, today); });
    }
    void run_jobs(std::int64_t die_after) {
        jobs::Jobs jobs({.store = *store,
                         .announcements = announcements,
                         .open_call =
                             [this](AccountId, const std::function<void(const Call&)>& work) {
                                 store->read([&](Db& db) {
                                     work({db, actor, now, today, "en", trees.today(), ids, announcements,
                                           *store, files, "TEST"});
                                 });
                             },
                         .clock = [this] { return now; }});
        jobs.add("exchange.commit", [&](const jobs::JobRun& run) {
            commit(run.call, run.payload<CommitImport>().import_id, [&](std::int64_t done, std::int64_t) {
                if (done >= die_after) ::kill(::getpid(), SIGKILL);
            });
        });
        jobs.run_all_due();
    }
    std::int64_t count(const char* sql) {
        std::int64_t counted = 0;
        store->read([&](Db& db) { counted = db.count(sql); });
        return counted;
    }

    std::unique_ptr<Store> store;
    Files files;
    Actor actor = program_actor("test");
    Ids ids{2};
    Announcements announcements;
    organisation::Trees trees;
    Moment now{1'714'800'000'000};
    Date today = day_of(now, 420);
};

TEST_CASE("child process: commit until killed" * doctest::skip()) {
    const char* const address = std::getenv(address_name);
    const char* const files = std::getenv(files_name);
    REQUIRE(address != nullptr);
    REQUIRE(files != nullptr);
    Program({address, test::project_migrations()}, files).run_jobs(row_count / 2);
}

// True when the child died by the signal it sent itself.
bool is_killed_while_committing(const StoreConfig& config, const std::string& files_folder) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        setenv(address_name, config.address.c_str(), 1);
        setenv(files_name, files_folder.c_str(), 1);
        execl("/proc/self/exe", "test", "--test-case=child process: commit until killed", "--no-skip",
              "--no-intro", static_cast<char*>(nullptr));
        _exit(127);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

}  // namespace

TEST_CASE("a program killed in the middle of a commit leaves nothing half, and the next start finishes it") {
    test::for_each_database([](Dialect dialect) {
        test::StoreForTest store(dialect);
        const test::FolderForTest folder;
        const std::string files = folder.file("files");
        {
            test::World world(*store);
            std::string table = "code,full_name,unit_code\n";
            for (int i = 0; i < row_count; ++i) table += std::to_string(i) + ",A,02263-1\n";
            Import import;
            world.read(
                [&](const Call& call) { import = preview(call, Subject::members, "list.csv", "", table); });
            world.write([&](const Call& call) { begin_commit(call, import.id); });
            CHECK(refuses([&] { world.write([&](const Call& call) { begin_commit(call, import.id); }); },
                          Reason::conflict, "exchange.is_committing"));
            CHECK(refuses([&] { world.read([&](const Call& call) { drop(call, import.id); }); },
                          Reason::conflict, "exchange.is_committed"));
            std::filesystem::copy(world.folder + "/files", files, std::filesystem::copy_options::recursive);
        }
        store.close();
        CHECK(is_killed_while_committing(store.config(), files));

        Program again(store.config(), files);
        CHECK(again.count("SELECT COUNT(*) FROM members") == 0);
        CHECK(again.count("SELECT COUNT(*) FROM audit_entries WHERE action = 'import.committed'") == 0);
        CHECK(again.count("SELECT COUNT(*) FROM jobs WHERE state = 'running'") == 1);
        again.run_jobs(INT64_MAX);
        CHECK(again.count("SELECT COUNT(*) FROM members") == row_count);
        CHECK(again.count("SELECT COUNT(*) FROM audit_entries WHERE action = 'import.committed'") == 1);
        CHECK(again.count("SELECT COUNT(*) FROM jobs WHERE state = 'done'") == 1);
        again.store->close();
        again.store.reset();
        store.open();
    });
}

TEST_CASE("an import that was not committed can be forgotten with its file; others' imports are unknown") {
    test::for_each_store([](Store& store) {
        test::World world(store);
        const Actor owner = world.person({"exchange.import", "members.change", "organisation.change"},
                                         world.na_hang),
                    other = world.person({"exchange.import", "members.change", "organisation.change"},
                                         world.na_hang);
        Import import;
        world.read(owner, [&](const Call& call) {
            import = preview(call, Subject::members, "list.csv", "", "code,name,unit code\n1,A,nowhere\n");
        });
        const auto act = [&](const Actor& who, auto change) {
            return [&world, &who, change] { world.read(who, change); };
        };
        CHECK(refuses(act(other, [&](const Call& call) { drop(call, import.id); }), Reason::not_found,
                      "platform.not_found"));
        CHECK(refuses(act(other, [&](const Call& call) { get_import(call, import.id); }), Reason::not_found,
                      "platform.not_found"));
        CHECK(refuses([&] { world.write(owner, [&](const Call& call) { begin_commit(call, import.id); }); },
                      Reason::conflict, "exchange.has_mistakes"));
        CHECK(world.files->has(import.sha256));
        world.read(owner, [&](const Call& call) { drop(call, import.id); });
        CHECK(!world.files->has(import.sha256));
        CHECK(refuses(act(owner, [&](const Call& call) { get_import(call, import.id); }), Reason::not_found,
                      "platform.not_found"));

        world.read(owner, [&](const Call& call) {
            import = preview(call, Subject::members, "list.csv", "", "code,name,unit code\n1,A,02263-1\n");
        });
        world.read(owner,
                   [&](const Call& call) { commit(call, import.id, [](std::int64_t, std::int64_t) {}); });
        CHECK(refuses([&] { world.write(owner, [&](const Call& call) { begin_commit(call, import.id); }); },
                      Reason::conflict, "exchange.already_committed"));
        CHECK(refuses(act(owner, [&](const Call& call) { drop(call, import.id); }), Reason::conflict,
                      "exchange.is_committed"));
        const Actor revoked = [&] {
            Actor copy = owner;
            copy.reach = [](std::string_view) { return std::vector<Reach>{}; };
            return copy;
        }();
        CHECK(refuses([&] { world.write(revoked, [&](const Call& call) { begin_commit(call, import.id); }); },
                      Reason::forbidden, "platform.forbidden"));
    });
}

}  // namespace gw::exchange
