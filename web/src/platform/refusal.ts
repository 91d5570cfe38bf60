// What to tell a person when the server refuses, in their language and saying what to do.
import { number } from './format';
import type { Problem } from './problem';
import { t } from './texts.svelte';

// The server's own sentence when it wrote one for people; otherwise ours for the status.
export function refusal_title(problem: Problem): string {
  if (problem.status === 429) {
    const seconds = problem.retry_after_seconds;
    return seconds === undefined
      ? t('ui.too_many_tries')
      : t('ui.too_many_tries_wait', { minutes: Math.max(1, Math.ceil(seconds / 60)) });
  }
  if (problem.title) return problem.title;
  if (problem.status === 403) return t('ui.not_allowed');
  if (problem.status === 404) return t('ui.not_found');
  if (problem.status >= 500) return t('ui.server_in_trouble');
  return t('ui.refused', { status: number(problem.status) });
}
