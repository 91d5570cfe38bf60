// What is still missing before minutes can be sent, part by part. The server checks everything again.
import { t } from '../platform/texts.svelte';
import { clock_difference, now } from '../platform/clock.svelte';
import type { RollMember } from './asking';
import {
  differs_from_clock,
  moments_of,
  times_put_right,
  votes_needed,
  votes_of,
  type Decision,
  type Part,
  type Recording,
  type Votes,
} from './recording.svelte';

const tolerance = 10 * 60_000;

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
  // As the server does: clocks of phones differ by some minutes.
  const latest = now() + tolerance;
  const { started_at, ended_at } = moments_of(recording);
  if (ended_at <= started_at) found.push(t('meetings.ends_before_it_starts'));
  else if (times_put_right(recording, clock_difference())) found.push(t('record.look_at_clock'));
  else if (started_at > latest) found.push(t('meetings.not_yet'));
  else if (ended_at > latest) found.push(t('meetings.not_over'));
  if (differs_from_clock(recording) && !recording.times_reason.trim())
    found.push(t('record.give_times_reason'));
  return found;
}

function mistakes_in_earlier(recording: Recording): string[] {
  return recording.closings.some((closing) => !closing.reason.trim())
    ? [t('record.give_closing_reason')]
    : [];
}

function mistakes_in_vote(
  { votes_for, needs_two_thirds }: Pick<Decision, 'votes_for' | 'needs_two_thirds'>,
  votes: Votes,
): string[] {
  const count = Number(votes_for);
  const needed = votes_needed(votes.called, needs_two_thirds);
  if (count > votes.present) return [t('record.more_votes_than_present', { present: votes.present })];
  return count < needed
    ? [t('record.not_carried_of', { votes_for: count, called: votes.called, needed })]
    : [];
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
  const votes = votes_of(recording, members);
  found.push(...mistakes_in_vote(recording, votes));
  for (const decision of recording.decisions)
    if (decision.is_voted_alone) found.push(...mistakes_in_vote(decision, votes));
  return found;
}

export function mistakes_in(recording: Recording, members: readonly RollMember[]): Mistake[] {
  const of_part = (part: Part, messages: string[]) => messages.map((message) => ({ part, message }));
  return [
    ...of_part('roll', mistakes_in_roll(recording, members)),
    ...of_part('earlier', mistakes_in_earlier(recording)),
    ...of_part('decided', mistakes_in_decisions(recording, members)),
    ...of_part('times', mistakes_in_times(recording)),
  ];
}
