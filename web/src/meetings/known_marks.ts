// What the minutes and the resolution of a meeting already answer of the sheet, by the names that rulebooks give these
// facts. Only what is sure is said: a meeting that decided nothing may still have been concluded by its chair.
import type { Schema } from '../platform/schemas';
import { answer, api } from '../platform/api';
import { ask_resolutions, type Meeting, type MeetingRecord } from './asking';
import type { Answer } from './recording.svelte';

const facts_of: Record<Answer, string[]> = {
  resolution: ['conclusion_adopted', 'summed_up'],
  named_owner: ['tasks_assigned'],
  full_minutes: ['minute_book_complete'],
};

export const facts_known = (answers: readonly string[]): string[] =>
  answers.flatMap((each) => facts_of[each as Answer] ?? []);

export function known_from_record(
  { meeting }: Pick<MeetingRecord, 'meeting'>,
  resolutions: readonly Schema<'resolutions.ResolutionRecord'>[],
): string[] {
  const items = resolutions.flatMap((each) => each.items);
  const has_named_owner = items.some((item) => item.tasks.some((line) => line.task.owner_kind === 'member'));
  const has_full_minutes =
    meeting.chair_id !== null &&
    meeting.minute_taker_id !== null &&
    (meeting.speaker_count > 0 || meeting.summary !== '');
  const answers: Answer[] = [];
  if (items.length > 0) answers.push('resolution');
  if (has_named_owner) answers.push('named_owner');
  if (has_full_minutes) answers.push('full_minutes');
  return facts_known(answers);
}

// What a held meeting decided, whole.
export const resolved_key = (meeting_id: string) => `resolved by ${meeting_id}`;
export async function ask_resolved({ id, unit_id, meets_on }: Meeting) {
  const { resolutions } = await ask_resolutions(unit_id, id, Number(meets_on.slice(0, 4)));
  return Promise.all(
    resolutions.map(({ resolution }) =>
      answer(
        api.GET('/api/resolutions/{resolution_id}', { params: { path: { resolution_id: resolution.id } } }),
      ),
    ),
  );
}
