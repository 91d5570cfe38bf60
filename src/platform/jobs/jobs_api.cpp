#include "platform/jobs/jobs_store.h"
#include "platform/router.h"
#include "platform/texts/texts.h"

namespace gw::jobs {

namespace {

struct AskJob {
    JobId job_id;
};
BOOST_DESCRIBE_STRUCT(AskJob, (), (job_id))

struct JobProblem {
    std::string field, key, message;
};
BOOST_DESCRIBE_STRUCT(JobProblem, (), (field, key, message))

struct JobAnswer {
    JobId id;
    std::string name;
    State state = State::waiting;
    std::int64_t attempts = 0;
    std::int64_t progress = 0;
    std::int64_t total = 0;  // 0: not known yet
    std::vector<JobProblem> problems;
    JsonText answer;
    Moment created_at;
    std::optional<Moment> finished_at;
};
BOOST_DESCRIBE_STRUCT(JobAnswer, (),
                      (id, name, state, attempts, progress, total, problems, answer, created_at, finished_at))

}  // namespace

void add_routes(Router& router, const Jobs& jobs, const Texts& texts) {
    router.get("/api/jobs/{job_id}", "Tells how far a job is and what came of it",
               [&jobs, &texts](const Call& call, const AskJob& request) {
                   const auto row = find_job(call.db, request.job_id);
                   const bool is_own = row && row->account_id == call.actor.account_id;
                   if (!row || (!is_own && !call.actor.may("jobs.read", call.actor.home_unit_id)))
                       refuse_unknown("job_id");
                   JobAnswer answer{row->id,    row->name, row->state,    row->attempts,   row->progress,
                                    row->total, {},        {row->answer}, row->created_at, row->finished_at};
                   if (const auto newer = jobs.progress_of(row->id); newer && row->state == State::running) {
                       answer.progress = newer->done;
                       answer.total = newer->total;
                   }
                   for (const Problem& problem : problems_from(row->message))
                       answer.problems.push_back({problem.field, problem.key,
                                                  texts.text(call.language, problem.key, problem.arguments)});
                   return answer;
               });
}

}  // namespace gw::jobs
