// What is still missing before minutes can be sent, part by part. The server checks everything again.
import { t } from '../platform/texts.svelte';
import { now } from '../platform/clock.svelte';
import type { RollMember } from './asking';
import { moments_of, votes_of, type Part, type Recording } from './recording.svelte';

export interface Mistake {
  part: Part;
  message: string;
}

function mistakes_in_roll(recording: Recording, members: readonly RollMember[]): string[] {
  if (members.length === 0) return [t('record.nobody_expected')];
  return members
    .filter(({ id }) => recording.absences[id]?.mark === 'excused' && !recording.absences[id].reason.trim())
    .map((member) => t('record.give_reason', { name: member.full_name }));
}

function mistakes_in_times(recording: Recording): string[] {
  const found: string[] = [];
  if (!recording.is_planned && !recording.subject.trim()) found.push(t('record.give_subject'));
  if (!recording.start || !recording.end || !recording.day) return [...found, t('record.give_times')];
  if (moments_of(recording).started_at > now()) found.push(t('meetings.not_yet'));
  return found;
}

function mistakes_in_decisions(recording: Recording, members: readonly RollMember[]): string[] {
  const found: string[] = [];
  if (recording.decides === 'open') return [t('record.say_if_resolution')];
  if (recording.decides === 'nothing') return found;
  if (!recording.resolution_title.trim()) found.push(t('record.give_title'));
  if (recording.decisions.length === 0) found.push(t('resolutions.no_items'));
  recording.decisions.forEach((decision, i) => {
    if (!decision.text.trim()) found.push(t('record.give_decision', { number: i + 1 }));
    if (decision.tasks.some((task) => !task.title.trim() || !task.owner_id || !task.due_on))
      found.push(t('record.complete_task', { number: i + 1 }));
  });
  if (recording.closings.some((closing) => !closing.reason.trim()))
    found.push(t('record.give_closing_reason'));
  const votes = votes_of(recording, members);
  const votes_for = Number(recording.votes_for);
  if (votes_for > votes.present) found.push(t('record.more_votes_than_present', { present: votes.present }));
  else if (votes_for < votes.needed) found.push(t('record.not_carried', { needed: votes.needed }));
  return found;
}

export function mistakes_in(recording: Recording, members: readonly RollMember[]): Mistake[] {
  const of_part = (part: Part, messages: string[]) => messages.map((message) => ({ part, message }));
  return [
    ...of_part('roll', mistakes_in_roll(recording, members)),
    ...of_part('decided', mistakes_in_decisions(recording, members)),
    ...of_part('times', mistakes_in_times(recording)),
  ];
}
