#include "platform/jobs/jobs_store.h"

namespace gw::jobs {

namespace {

struct KeptArgument {
    std::string name, value;
};
BOOST_DESCRIBE_STRUCT(KeptArgument, (), (name, value))

struct KeptProblem {
    std::string field, key;
    std::vector<KeptArgument> arguments;
};
BOOST_DESCRIBE_STRUCT(KeptProblem, (), (field, key, arguments))

struct KeptProblems {
    std::vector<KeptProblem> problems;
};
BOOST_DESCRIBE_STRUCT(KeptProblems, (), (problems))

}  // namespace

std::optional<JobRow> find_job(Db& db, JobId job_id) {
    return db.one<JobRow>("SELECT * FROM jobs WHERE id = :id", {{"id", job_id}});
}

std::optional<State> find_state(Db& db, JobId job_id) {
    return db.one<State>("SELECT state FROM jobs WHERE id = :id", {{"id", job_id}});
}

std::optional<JobRow> find_due_job(Db& db, std::string_view name, Moment now) {
    return db.one<JobRow>(
        "SELECT * FROM jobs WHERE state = 'waiting' AND name = :name AND run_after <= :now ORDER BY "
        "run_after, id LIMIT 1",
        {{"name", name}, {"now", now}});
}

std::optional<Moment> find_next_due(Db& db) {
    return db.one<Moment>("SELECT run_after FROM jobs WHERE state = 'waiting' ORDER BY run_after LIMIT 1");
}

void set_job_running(Db& db, JobId job_id, Moment now) {
    db.run("UPDATE jobs SET state = 'running', attempts = attempts + 1, started_at = :now WHERE id = :id",
           {{"now", now}, {"id", job_id}});
}

void set_job_progress(Db& db, JobId job_id, std::int64_t done, std::int64_t total) {
    db.run("UPDATE jobs SET progress = :done, total = :total WHERE id = :id AND state = 'running'",
           {{"done", done}, {"total", total}, {"id", job_id}});
}

void set_job_ended(Db& db, const JobRow& row) {
    // An interrupted run (waiting without a message) does not count as an attempt.
    db.run(
        "UPDATE jobs SET state = :state, message = :message, answer = :answer, run_after = :run_after, "
        "progress = :progress, "
        "total = :total, finished_at = :finished_at, attempts = :attempts WHERE id = :id",
        {{"state", row.state},
         {"message", row.message},
         {"answer", row.answer},
         {"run_after", row.run_after},
         {"progress", row.progress},
         {"total", row.total},
         {"finished_at", row.finished_at},
         {"attempts", row.state == State::waiting && row.message.empty() ? row.attempts - 1 : row.attempts},
         {"id", row.id}});
}

void set_running_jobs_waiting(Db& db) { db.run("UPDATE jobs SET state = 'waiting' WHERE state = 'running'"); }

void fail_running_jobs(Db& db, int most_attempts, const std::string& message, Moment now) {
    db.run(
        "UPDATE jobs SET state = 'failed', message = :message, finished_at = :now WHERE state = 'running' "
        "AND attempts >= :most",
        {{"message", message}, {"now", now}, {"most", most_attempts}});
}

std::string problems_text(const Problems& problems) {
    KeptProblems kept;
    for (const Problem& problem : problems) {
        auto& one = kept.problems.emplace_back(KeptProblem{problem.field, problem.key, {}});
        for (const auto& [name, value] : problem.arguments) one.arguments.push_back({name, value});
    }
    return to_json(kept);
}

Problems problems_from(const std::string& text) {
    Problems problems;
    if (text.empty()) return problems;
    KeptProblems kept;
    Problems ignored;
    read_json_text(text, kept, {}, ignored);
    for (const auto& one : kept.problems) {
        auto& problem = problems.emplace_back(Problem{one.field, one.key});
        for (const auto& argument : one.arguments)
            problem.arguments.emplace_back(argument.name, argument.value);
    }
    return problems;
}

}  // namespace gw::jobs
