#include "platform/jobs/jobs.h"

#include <algorithm>
#include <condition_variable>

#include "platform/announcements.h"
#include "platform/db/store.h"
#include "platform/jobs/jobs_store.h"
#include "platform/log/log.h"

namespace gw::jobs {

namespace {

constexpr auto between_progress_writes = std::chrono::milliseconds(250);
constexpr auto longest_sleep = std::chrono::seconds(5);
constexpr std::int64_t wait_growth = 4;

std::string problem_text(std::string key) { return problems_text({Problem{"", std::move(key)}}); }

}  // namespace

// What a worker took up.
struct Jobs::Claimed : JobRow {
    const Handler* handler = nullptr;
};

struct Jobs::Wake {
    std::mutex lock;
    std::condition_variable condition;
    bool is_woken = false;

    void wake() {
        {
            const std::lock_guard hold(lock);
            is_woken = true;
        }
        condition.notify_all();
    }
};

JobId enqueue_text(const Call& call, std::string_view name, std::string payload, Moment run_after) {
    JobRow row;
    row.id = call.new_id<JobId>();
    row.name = name;
    row.payload = std::move(payload);
    row.run_after = run_after;
    row.account_id = call.actor.account_id;
    row.created_at = call.now;
    call.db.insert("jobs", row);
    call.announce("jobs");
    return row.id;
}

Jobs::Jobs(JobsParts parts) : parts_(std::move(parts)), wake_(std::make_shared<Wake>()) {
    parts_.announcements.listen("jobs", [wake = wake_](const std::set<UnitId>&) { wake->wake(); });
}

Jobs::~Jobs() { stop(); }

void Jobs::add(std::string name, Handler handler) { handlers_[std::move(name)] = std::move(handler); }

void Jobs::take_up_again() {
    const Moment now = parts_.clock();
    parts_.store.write([&](Db& db) {
        fail_running_jobs(db, parts_.most_attempts, problem_text("jobs.killed_too_often"), now);
        set_running_jobs_waiting(db);
    });
}

void Jobs::start() {
    take_up_again();
    for (int i = 0; i < parts_.threads; ++i) workers_.emplace_back([this] { work(); });
}

void Jobs::stop() {
    is_stopping_ = true;
    wake_->wake();
    for (std::thread& worker : workers_) worker.join();
    workers_.clear();
}

void Jobs::run_all_due() {
    take_up_again();
    while (const auto job = claim()) run(*job);
}

void Jobs::work() {
    while (!is_stopping_) {
        auto sleep = std::chrono::milliseconds(longest_sleep);
        try {
            if (const auto job = claim()) {
                run(*job);
                continue;
            }
            std::optional<Moment> next;
            parts_.store.read([&](Db& db) { next = find_next_due(db); });
            if (next) {
                const auto until =
                    std::chrono::milliseconds(next->milliseconds - parts_.clock().milliseconds);
                // A due job that nobody handles must not keep the worker spinning.
                if (until.count() > 0) sleep = std::min(sleep, until);
            }
        } catch (const std::exception& error) {
            log::write(log::Level::error, "jobs", {{"what", error.what()}});
        }
        std::unique_lock hold(wake_->lock);
        wake_->condition.wait_for(hold, sleep, [this] { return wake_->is_woken || is_stopping_; });
        wake_->is_woken = false;
    }
}

std::optional<Jobs::Claimed> Jobs::claim() {
    const Moment now = parts_.clock();
    // Looked for by reading first: an idle program writes nothing.
    bool is_any_due = false;
    parts_.store.read([&](Db& db) {
        for (const auto& [name, handler] : handlers_) is_any_due = is_any_due || find_due_job(db, name, now);
    });
    if (!is_any_due) return std::nullopt;

    std::optional<JobRow> first;
    parts_.store.write([&](Db& db) {
        first.reset();
        for (const auto& [name, handler] : handlers_)
            if (auto due = find_due_job(db, name, now);
                due &&
                (!first || std::pair(due->run_after, due->id) < std::pair(first->run_after, first->id)))
                first = std::move(due);
        if (first) set_job_running(db, first->id, now);
    });
    if (!first) return std::nullopt;
    first->attempts += 1;
    return Claimed{*first, &handlers_.find(first->name)->second};
}

void Jobs::run(const Claimed& job) {
    {
        const std::lock_guard hold(lock_);
        running_[job.id] = {};
    }
    std::string answer;
    State state = State::done;
    std::string message;
    Moment run_after = job.run_after;
    try {
        parts_.open_call(job.account_id, [&](const Call& call) {
            (*job.handler)({call, job.id, job.payload,
                            [&](std::int64_t done, std::int64_t total) {
                                note_progress(job.id, {done, total});
                            },
                            [this] { return is_stopping_.load(); }, &answer});
        });
    } catch (const Refusal& refusal) {
        state = State::failed;
        message = problems_text(refusal.problems);
    } catch (const Interrupted&) {
        state = State::waiting;
        run_after = parts_.clock();
    } catch (const std::exception& error) {
        log::write(log::Level::error, "job",
                   {{"job", job.name},
                    {"job_id", to_text(job.id)},
                    {"attempt", job.attempts},
                    {"what", error.what()}});
        state = job.attempts < parts_.most_attempts ? State::waiting : State::failed;
        message = problem_text(state == State::waiting ? "jobs.fault_tried_again" : "jobs.fault");
        std::int64_t wait = parts_.first_wait_milliseconds;
        for (std::int64_t i = 1; i < job.attempts; ++i) wait *= wait_growth;
        run_after = {parts_.clock().milliseconds + wait};
    }
    finish(job, state, message, answer, run_after);
}

void Jobs::note_progress(JobId job_id, Progress progress) {
    std::shared_ptr<std::atomic<bool>> is_being_written;
    {
        const std::lock_guard hold(lock_);
        Running& running = running_[job_id];
        running.progress = progress;
        const auto now = std::chrono::steady_clock::now();
        if (now - running.written_at < between_progress_writes || running.is_being_written->exchange(true))
            return;
        running.written_at = now;
        is_being_written = running.is_being_written;
    }
    // Not waited for: the writer may be busy with this very job.
    parts_.store.write(
        [job_id, progress](Db& db) { set_job_progress(db, job_id, progress.done, progress.total); },
        [is_being_written](std::exception_ptr) { *is_being_written = false; });
}

std::optional<Jobs::Progress> Jobs::progress_of(JobId job_id) const {
    const std::lock_guard hold(lock_);
    const auto found = running_.find(job_id);
    if (found == running_.end()) return std::nullopt;
    return found->second.progress;
}

void Jobs::finish(const Claimed& job, State state, const std::string& message, const std::string& answer,
                  Moment run_after) {
    const Moment now = parts_.clock();
    const auto progress = progress_of(job.id).value_or(Progress{});
    parts_.store.write([&](Db& db) {
        JobRow row = job;
        row.state = state;
        row.message = message;
        row.answer = answer;
        row.run_after = run_after;
        row.progress = progress.done;
        row.total = progress.total;
        if (state != State::waiting) row.finished_at = now;
        set_job_ended(db, row);
    });
    const std::lock_guard hold(lock_);
    running_.erase(job.id);
}

}  // namespace gw::jobs
