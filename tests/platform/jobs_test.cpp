#include "platform/jobs/jobs.h"

#include <atomic>
#include <fstream>
#include <future>

#include "platform/csv.h"
#include "platform/router.h"
#include "platform/texts/texts.h"
#include "support/comes_true.h"
#include "support/store_for_test.h"
#include "support/world.h"

namespace gw::jobs {

namespace {

using test::for_each_store, test::refuses, test::World;

struct Payload {
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Payload, (), (number))

// Jobs over a world whose clock stands still.
struct Shop {
    explicit Shop(Store& store)
        : world(store),
          jobs({.store = store,
                .announcements = world.announcements,
                .open_call = [this](AccountId,
                                    const std::function<void(const Call&)>& work) { world.read(work); },
                .clock = [this] { return Moment{now.load()}; },
                .most_attempts = 3}) {}

    JobId enqueue_one(std::int64_t number, Moment run_after = {}) {
        JobId id;
        world.write([&](const Call& call) { id = enqueue(call, "count", Payload{number}, run_after); });
        return id;
    }
    State state(JobId id) {
        std::optional<State> found;
        world.read([&](const Call& call) { found = find_state(call.db, id); });
        return found.value();
    }
    std::string text(const char* column, JobId id) {
        std::string found;
        world.read([&](const Call& call) {
            found = call.db
                        .one<std::string>(std::string("SELECT ") + column + " FROM jobs WHERE id = :id",
                                          {{"id", id}})
                        .value();
        });
        return found;
    }

    World world;
    std::atomic<std::int64_t> now{1'714'798'800'000};
    Jobs jobs;
};

}  // namespace

TEST_CASE("a job runs after the commit with its payload and leaves an answer") {
    for_each_store([](Store& store) {
        Shop shop(store);
        std::vector<std::int64_t> seen;
        shop.jobs.add("count", [&](const JobRun& run) {
            seen.push_back(run.payload<Payload>().number);
            run.progress(1, 2);
            run.leave_answer(Payload{7});
        });
        const JobId first = shop.enqueue_one(1), second = shop.enqueue_one(2);
        CHECK(shop.state(first) == State::waiting);
        shop.jobs.run_all_due();
        CHECK(seen == std::vector<std::int64_t>{1, 2});
        CHECK(shop.state(second) == State::done);
        CHECK(shop.text("answer", first) == R"({"number":7})");
    });
}

TEST_CASE("a job of a call that was refused never runs") {
    for_each_store([](Store& store) {
        Shop shop(store);
        int runs = 0;
        shop.jobs.add("count", [&](const JobRun&) { ++runs; });
        CHECK_THROWS_AS(shop.world.write([](const Call& call) {
            enqueue(call, "count", Payload{1});
            refuse_unknown("x");
        }),
                        Refusal);
        shop.jobs.run_all_due();
        CHECK(runs == 0);
    });
}

TEST_CASE("a refusal fails a job at once and its reason can be read") {
    for_each_store([](Store& store) {
        Shop shop(store);
        int runs = 0;
        shop.jobs.add("count", [&](const JobRun&) {
            ++runs;
            throw Refusal(Reason::invalid, Problem{"file", "files.too_large", {{"megabytes", "32"}}});
        });
        const JobId id = shop.enqueue_one(1);
        shop.jobs.run_all_due();
        CHECK(runs == 1);
        CHECK(shop.state(id) == State::failed);

        const Texts texts(std::string(GROUNDWORK_SOURCE_DIR) + "/messages");
        Router router;
        add_routes(router, shop.jobs, texts);
        Values values;
        int status = 0;
        http::Request request;
        const Route* route = router.find("GET", "/api/jobs/" + to_text(id), values, status);
        REQUIRE(route != nullptr);
        const auto input = route->read_request(request, values);
        http::Response response;
        shop.world.read([&](const Call& call) { route->run(call, input.get())(response); });
        CHECK(response.body.find("The file is larger than 32 MB") != std::string::npos);
        const Actor other = shop.world.person({}, shop.world.na_lung);
        CHECK(refuses(
            [&] {
                shop.world.read(other, [&](const Call& call) { route->run(call, input.get())(response); });
            },
            Reason::not_found, "platform.not_found"));
        const Actor administrator = shop.world.person({"jobs.read"}, shop.world.tuyen_quang);
        shop.world.read(administrator, [&](const Call& call) { route->run(call, input.get())(response); });
    });
}

TEST_CASE("a fault is tried again later and later, then the job fails") {
    for_each_store([](Store& store) {
        Shop shop(store);
        int runs = 0;
        shop.jobs.add("count", [&](const JobRun&) {
            ++runs;
            throw std::runtime_error("the disk is full");
        });
        const JobId id = shop.enqueue_one(1);
        shop.jobs.run_all_due();
        shop.now += 999;
        shop.jobs.run_all_due();
        CHECK(runs == 1);
        shop.now += 1;
        shop.jobs.run_all_due();
        CHECK(runs == 2);
        shop.now += 3999;
        shop.jobs.run_all_due();
        CHECK(runs == 2);
        CHECK(shop.state(id) == State::waiting);
        shop.now += 1;
        shop.jobs.run_all_due();
        CHECK(runs == 3);
        CHECK(shop.state(id) == State::failed);
        CHECK(shop.text("message", id).find("jobs.fault") != std::string::npos);
        CHECK(shop.text("message", id).find("disk") == std::string::npos);
    });
}

TEST_CASE("a job waits for its time, and one that nobody handles stays waiting") {
    for_each_store([](Store& store) {
        Shop shop(store);
        int runs = 0;
        shop.jobs.add("count", [&](const JobRun&) { ++runs; });
        shop.enqueue_one(1, Moment{shop.now + 10'000});
        JobId other;
        shop.world.write([&](const Call& call) { other = enqueue(call, "other", Payload{1}); });
        shop.jobs.run_all_due();
        CHECK(runs == 0);
        shop.now += 10'000;
        shop.jobs.run_all_due();
        CHECK(runs == 1);
        CHECK(shop.state(other) == State::waiting);
    });
}

TEST_CASE("a job left running by a killed program is taken up again, but not for ever") {
    for_each_store([](Store& store) {
        Shop shop(store);
        int runs = 0;
        shop.jobs.add("count", [&](const JobRun&) { ++runs; });
        const JobId once = shop.enqueue_one(1), often = shop.enqueue_one(2);
        shop.world.write([&](const Call& call) {
            call.db.run("UPDATE jobs SET state = 'running', attempts = 1 WHERE id = :id", {{"id", once}});
            call.db.run("UPDATE jobs SET state = 'running', attempts = 3 WHERE id = :id", {{"id", often}});
        });
        shop.jobs.run_all_due();
        CHECK(runs == 1);
        CHECK(shop.state(once) == State::done);
        CHECK(shop.state(often) == State::failed);
    });
}

TEST_CASE("a worker wakes up after a commit") {
    for_each_store([](Store& store) {
        Shop shop(store);
        std::atomic<int> runs = 0;
        shop.jobs.add("count", [&](const JobRun&) { ++runs; });
        shop.jobs.start();
        // A worker that only looked from time to time, every five seconds, would need longer for so many.
        constexpr int jobs = 30;
        const auto asked = std::chrono::steady_clock::now();
        for (int i = 1; i <= jobs; ++i) {
            shop.enqueue_one(i);
            REQUIRE(testing::comes_true([&] { return runs == i; }));
        }
        CHECK(std::chrono::steady_clock::now() - asked < testing::longest_wait);
        shop.jobs.stop();
    });
}

TEST_CASE("workers tell progress and stop with the program") {
    for_each_store([](Store& store) {
        Shop shop(store);
        std::promise<void> begun;
        shop.jobs.add("count", [&](const JobRun& run) {
            run.progress(3, 10);
            begun.set_value();
            while (!run.is_stopping()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
            throw Interrupted();
        });
        shop.jobs.start();
        const JobId id = shop.enqueue_one(1);
        REQUIRE(begun.get_future().wait_for(testing::longest_wait) == std::future_status::ready);
        REQUIRE(shop.jobs.progress_of(id));
        CHECK(shop.jobs.progress_of(id)->done == 3);
        CHECK(shop.jobs.progress_of(id)->total == 10);
        shop.jobs.stop();
        // Interrupted: waits for the next start, and the attempt does not count.
        CHECK(shop.state(id) == State::waiting);
        shop.world.read([&](const Call& call) { CHECK(call.db.count("SELECT attempts FROM jobs") == 0); });
    });
}

TEST_CASE("files: what is read back is what was kept, and damage shows") {
    const test::FolderForTest folder;
    const Files files(folder.path(), 1 << 20);
    const std::string sha256 = files.keep("hello");
    CHECK(sha256 == "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    CHECK(files.keep("hello") == sha256);
    CHECK(files.read(sha256) == "hello");
    CHECK(files.path_of(sha256) == std::filesystem::path(folder.path()) / "2c" / sha256.substr(2));
    CHECK(files.read(files.keep("")) == "");
    CHECK(refuses([&] { files.keep(std::string((1 << 20) + 1, 'x')); }, Reason::invalid, "files.too_large"));
    CHECK_THROWS_AS(files.read("../../etc/passwd"), FileDamaged);
    CHECK_THROWS_AS(files.read(std::string(64, '0')), FileDamaged);
    std::ofstream(files.path_of(sha256)) << "hellO";
    CHECK_THROWS_AS(files.read(sha256), FileDamaged);
    files.remove(sha256);
    CHECK(!files.has(sha256));
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) CHECK(entry.is_directory());
}

TEST_CASE("files: a row names the blob without folders or control characters") {
    for_each_store([](Store& store) {
        World world(store);
        FileId id;
        world.write([&](const Call& call) {
            id = add_file(call, "C:\\secret\\danh\nsách.xlsx", "text/csv", "bytes").id;
        });
        world.read([&](const Call& call) {
            const auto row = find_file(call.db, id);
            REQUIRE(row);
            CHECK(row->name == "danhsách.xlsx");
            CHECK(row->byte_count == 5);
            CHECK(call.files.read(row->sha256) == "bytes");
        });
    });
}

TEST_CASE("csv: cells are quoted where needed and harmless as formulas") {
    CsvText csv;
    csv.add_row({"a", "b;c", "say \"x\"", "=1+1", "-2", "+84", "@x", "two\nlines", "＝1"});
    CHECK(csv.take() ==
          "\xEF\xBB\xBF"
          "a,\"b;c\",\"say \"\"x\"\"\",'=1+1,'-2,'+84,'@x,\"two\nlines\",'＝1\r\n");
    CHECK(without_guard("'=1+1") == "=1+1");
    CHECK(without_guard("'name") == "'name");
}

}  // namespace gw::jobs
