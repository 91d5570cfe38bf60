// The rows of the table `jobs`.
#pragma once
#include <optional>
#include <string>

#include "platform/jobs/jobs.h"

namespace gw::jobs {

struct JobRow {
    JobId id;
    std::string name;
    std::string payload;
    State state = State::waiting;
    Moment run_after;
    std::int64_t attempts = 0;
    std::int64_t progress = 0;
    std::int64_t total = 0;
    std::string message;  // JSON list of problems, or empty
    std::string answer;   // JSON, or empty
    AccountId account_id;
    Moment created_at;
    std::optional<Moment> started_at;
    std::optional<Moment> finished_at;
};
BOOST_DESCRIBE_STRUCT(JobRow, (),
                      (id, name, payload, state, run_after, attempts, progress, total, message, answer,
                       account_id, created_at, started_at, finished_at))

std::optional<JobRow> find_job(Db& db, JobId job_id);
// The first waiting job of this name whose time has come.
std::optional<JobRow> find_due_job(Db& db, std::string_view name, Moment now);
// When the first waiting job becomes due.
std::optional<Moment> find_next_due(Db& db);
void set_job_running(Db& db, JobId job_id, Moment now);
void set_job_progress(Db& db, JobId job_id, std::int64_t done, std::int64_t total);
// How a run ended: done, failed, or waiting again.
void set_job_ended(Db& db, const JobRow& row);
void set_running_jobs_waiting(Db& db);
// Running jobs that were begun `most_attempts` times.
void fail_running_jobs(Db& db, int most_attempts, const std::string& message, Moment now);

// Problems as kept in a row, and back.
std::string problems_text(const Problems& problems);
Problems problems_from(const std::string& text);

}  // namespace gw::jobs
