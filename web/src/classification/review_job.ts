// Makes a review on the server and follows it until it is done.
import { answer, api } from '../platform/api';
import { Refused, Unreachable, type Problem } from '../platform/problem';
import type { Schema } from '../platform/schemas';

// What the job leaves behind.
export interface ReviewReport {
  unit_count: number;
  member_count: number;
  weak_count: number;
  collect_milliseconds: number;
  evaluate_milliseconds: number;
  keep_milliseconds: number;
}

const look_again_after = 400;

// The report of a job that is done. A job that failed is refused with the reasons it left.
export function report_of(job: Schema<'jobs.JobAnswer'>): ReviewReport | undefined {
  if (job.state === 'done') return job.answer as ReviewReport;
  if (job.state !== 'failed') return undefined;
  const problem: Problem = {
    type: 'about:blank',
    title: '',
    status: 409,
    reason: 'conflict',
    problems: job.problems,
  };
  throw new Refused(problem);
}

// `tell` hears how much is done, from 0 to 1. A network that is away for a while is waited for.
export async function make_review(
  year: number,
  tell: (share: number | undefined) => void,
  is_wanted: () => boolean,
): Promise<ReviewReport | undefined> {
  const { job_id } = await answer(api.POST('/api/reviews', { body: { year } }));
  while (is_wanted()) {
    try {
      const job = await answer(api.GET('/api/jobs/{job_id}', { params: { path: { job_id } } }));
      tell(job.total > 0 ? job.progress / job.total : undefined);
      const report = report_of(job);
      if (report) return report;
    } catch (trouble) {
      if (!(trouble instanceof Unreachable)) throw trouble;
    }
    await new Promise((resolve) => setTimeout(resolve, look_again_after));
  }
  return undefined;
}
