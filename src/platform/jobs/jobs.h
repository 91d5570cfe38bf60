// Work that goes on after the answer: a row in the table `jobs`, written in the transaction that wants it,
// and worker threads that take the rows up after the commit.
//
// Words: a job is *waiting* until its time comes, *running* while a worker has it, then *done* or *failed*. A
// job that was running when the program was killed waits again at the next start, so a handler must bear
// being run twice.
#pragma once
#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "platform/call.h"
#include "platform/json/json.h"

namespace gw {

class Router;
class Texts;

namespace jobs {

using JobId = Id<struct JobThing>;

BOOST_DEFINE_ENUM_CLASS(State, waiting, running, done, failed)

// Adds a job in the transaction of the call and wakes the workers after the commit. It runs in the name of
// the caller's account, not before `run_after`. `payload` is JSON.
JobId enqueue_text(const Call& call, std::string_view name, std::string payload, Moment run_after = {});
template <Record R>
JobId enqueue(const Call& call, std::string_view name, const R& payload, Moment run_after = {}) {
    return enqueue_text(call, name, to_json(payload), run_after);
}

// How a job stands; nothing when there is none of that id.
std::optional<State> find_state(Db& db, JobId job_id);

// One run of one job, as its handler sees it.
struct JobRun {
    const Call& call;  // reads in a snapshot; changes go through Call::write
    JobId job_id;
    std::string payload_text;
    // Says how far the work is. Cheap: kept in memory, written to the table at most every 250 ms.
    std::function<void(std::int64_t done, std::int64_t total)> progress;
    // True when the program stops: long work should end by throwing Interrupted, and is taken up again.
    std::function<bool()> is_stopping;
    std::string* answer = nullptr;

    // The payload as the struct it was enqueued as. Throws when it is not: the job fails.
    template <Record R>
    R payload() const {
        R record{};
        Problems problems;
        read_json_text(payload_text, record, {}, problems);
        refuse_if(problems);
        return record;
    }
    // What the job leaves behind for who asks after it.
    template <Record R>
    void leave_answer(const R& record) const {
        *answer = to_json(record);
    }
};

class Interrupted : public std::exception {
public:
    const char* what() const noexcept override { return "the program stops"; }
};

// A Refusal fails the job at once with its problems as the reason. Any other exception is a fault of ours:
// the job waits and is tried again, after 1, 4, 16 and 64 seconds, and then fails.
using Handler = std::function<void(const JobRun&)>;

struct JobsParts {
    Store& store;
    Announcements& announcements;
    // Opens a call in the name of an account (the program itself when it is 0) and runs the given function in
    // it: in a read snapshot, on the calling thread. Throws what the function throws.
    std::function<void(AccountId, const std::function<void(const Call&)>&)> open_call;
    std::function<Moment()> clock;
    int threads = 1;
    int most_attempts = 5;
    int first_wait_milliseconds = 1000;  // before the second attempt; each later wait is four times as long
};

class Jobs {
public:
    explicit Jobs(JobsParts parts);
    ~Jobs();
    Jobs(const Jobs&) = delete;
    Jobs& operator=(const Jobs&) = delete;

    // Before start(). A job whose name nobody handles stays waiting.
    void add(std::string name, Handler handler);
    // Sets jobs left running by a killed program back to waiting, and starts the workers.
    void start();
    // Lets running jobs end (or interrupt themselves) and ends the workers. Safe to call twice.
    void stop();
    // Runs every job that is due now on the calling thread, until none is left: for tests and commands,
    // without start().
    void run_all_due();

    struct Progress {
        std::int64_t done = 0, total = 0;
    };
    // How far a running job is, newer than the table knows.
    std::optional<Progress> progress_of(JobId job_id) const;

private:
    struct Claimed;
    struct Wake;
    void take_up_again();
    void work();
    std::optional<Claimed> claim();
    void run(const Claimed& job);
    void note_progress(JobId job_id, Progress progress);
    void finish(const Claimed& job, State state, const std::string& message, const std::string& answer,
                Moment run_after);

    struct Running {
        Progress progress;
        std::chrono::steady_clock::time_point written_at = {};
        std::shared_ptr<std::atomic<bool>> is_being_written = std::make_shared<std::atomic<bool>>(false);
    };

    JobsParts parts_;
    std::map<std::string, Handler, std::less<>> handlers_;
    std::vector<std::thread> workers_;
    std::shared_ptr<Wake> wake_;  // shared with the listener, which may be told something after the end
    std::atomic<bool> is_stopping_ = false;
    mutable std::mutex lock_;  // guards running_
    std::map<JobId, Running> running_;
};

// GET /api/jobs/{job_id}: state, progress and what came of it. Refused (not_found) to everyone but the
// account the job runs for and whoever holds jobs.read over their home unit. `texts` must outlive the router.
void add_routes(Router& router, const Jobs& jobs, const Texts& texts);

}  // namespace jobs
}  // namespace gw
