// A meeting as it is being written down on the device: what was answered so far, how much is left, and what is sent.
import type { Draftable } from '../platform/outbox';
import { add_days, day_of_moment, moment_at } from '../platform/format';
import { make_id } from '../platform/ids';
import type { Schema } from '../platform/schemas';
import type { Meeting, RollMember } from './asking';

export interface Absence {
  mark: 'excused' | 'absent';
  reason: string;
}

export interface Spoken {
  id: string;
  member_id: string;
  text: string;
}

export interface GivenTask {
  id: string;
  title: string;
  owner_kind: 'member' | 'unit';
  owner_id: string;
  due_on: string;
}

export interface Decision {
  id: string;
  text: string;
  citations: { kind: 'contribution' | 'advice'; cited_id: string }[];
  tasks: GivenTask[];
}

export interface Closing {
  resolution_item_id: string;
  state: 'done' | 'dropped';
  reason: string;
}

export interface Recording {
  meeting_id: string;
  unit_id: string;
  // False for a meeting that was never planned: it is made and recorded in one.
  is_planned: boolean;
  subject: string;
  kind: Meeting['kind'];
  has_thematic_part: boolean;
  day: string;
  start: string;
  end: string;
  chair_id: string;
  minute_taker_id: string;
  absences: Record<string, Absence>;
  spoken: Spoken[];
  summary: string;
  // A meeting may decide nothing: then there is no resolution.
  decides: 'open' | 'yes' | 'nothing';
  resolution_id: string;
  resolution_title: string;
  votes_for: string;
  needs_two_thirds: boolean;
  decisions: Decision[];
  closings: Closing[];
  done: Part[];
  // 'meeting': the server has the meeting and not yet the resolution; 'all': everything is sent or waits to be.
  handed_over: 'nothing' | 'meeting' | 'all';
}

export type Part = 'times' | 'roll' | 'said' | 'decided';
export const parts: readonly Part[] = ['roll', 'said', 'decided', 'times'];

export function begin_recording(unit_id: string, meeting: Meeting | undefined, today: string): Recording {
  return {
    meeting_id: meeting?.id ?? make_id(),
    unit_id,
    is_planned: meeting !== undefined,
    subject: meeting?.subject ?? '',
    kind: meeting?.kind ?? 'regular',
    has_thematic_part: meeting?.has_thematic_part ?? false,
    day: meeting && meeting.meets_on <= today ? meeting.meets_on : today,
    start: '',
    end: '',
    chair_id: '',
    minute_taker_id: '',
    absences: {},
    spoken: [],
    summary: '',
    decides: 'open',
    resolution_id: make_id(),
    resolution_title: '',
    votes_for: '',
    needs_two_thirds: false,
    decisions: [],
    closings: [],
    done: [],
    handed_over: 'nothing',
  };
}

// What was begun and not said to be finished.
export function has_begun(recording: Recording, part: Part): boolean {
  switch (part) {
    case 'roll':
      return Object.keys(recording.absences).length > 0;
    case 'said':
      return recording.spoken.length > 0 || recording.summary.trim() !== '';
    case 'decided':
      return recording.decisions.length > 0 || recording.closings.length > 0;
    case 'times':
      return recording.start !== '' || recording.end !== '';
  }
}

export const is_done = (recording: Recording, part: Part): boolean => recording.done.includes(part);

export function mark_done(recording: Recording, part: Part): void {
  if (!recording.done.includes(part)) recording.done.push(part);
}

export const is_here = (recording: Recording, member_id: string): boolean =>
  !(member_id in recording.absences);

// The vote counts over all full members expected, absent ones included; only those present can give one.
export function votes_of(recording: Recording, members: readonly RollMember[]) {
  const full = members.filter((member) => member.stage === 'full');
  const called = full.length;
  const present = full.filter((member) => is_here(recording, member.id)).length;
  const needed = recording.needs_two_thirds ? Math.ceil((called * 2) / 3) : Math.floor(called / 2) + 1;
  return { called, present, needed };
}

// The moments of start and end. An end before the start is one after midnight.
export function moments_of(recording: Recording): { started_at: number; ended_at: number } {
  const started_at = moment_at(recording.day, recording.start);
  const ends_on = recording.end <= recording.start ? add_days(recording.day, 1) : recording.day;
  return { started_at, ended_at: moment_at(ends_on, recording.end) };
}

export const minutes_of = (recording: Recording): number | undefined => {
  if (!recording.start || !recording.end) return undefined;
  const { started_at, ended_at } = moments_of(recording);
  return Math.round((ended_at - started_at) / 60_000);
};

// The end of the month in which a day lies.
export function month_end(day: string): string {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return day_of_moment(Date.UTC(year, month, 0, 5));
}

function happening_of(recording: Recording, members: readonly RollMember[]): Schema<'meetings.Happening'> {
  return {
    ...moments_of(recording),
    chair_id: recording.chair_id || null,
    minute_taker_id: recording.minute_taker_id || null,
    documents_sent_on: null,
    has_thematic_part: recording.has_thematic_part,
    roll: members.map((member) => {
      const absence = recording.absences[member.id];
      return { member_id: member.id, mark: absence?.mark ?? 'present', reason: absence?.reason || null };
    }),
    contributions: recording.spoken.map(({ id, member_id, text }) => ({ id, member_id, text: text.trim() })),
    summary: recording.summary.trim() || null,
  };
}

type Titled = Pick<Draftable, 'label' | 'page'>;

export function meeting_to_send(
  recording: Recording,
  members: readonly RollMember[],
  titled: Titled,
): Draftable {
  const subject = `meeting ${recording.meeting_id}`;
  const happening = happening_of(recording, members);
  if (recording.is_planned)
    return {
      method: 'POST',
      path: `/api/meetings/${recording.meeting_id}/record`,
      body: { happening },
      subject,
      ...titled,
    };
  const body = {
    id: recording.meeting_id,
    unit_id: recording.unit_id,
    kind: recording.kind,
    subject: recording.subject.trim(),
    planned_for: happening.started_at,
    has_thematic_part: recording.has_thematic_part,
    agenda: [],
    happening,
  };
  return { method: 'POST', path: '/api/meetings', body, subject, ...titled };
}

export function resolution_to_send(recording: Recording, titled: Titled): Draftable {
  const body = {
    id: recording.resolution_id,
    meeting_id: recording.meeting_id,
    title: recording.resolution_title.trim(),
    votes_for: Number(recording.votes_for),
    needs_two_thirds: recording.needs_two_thirds,
    items: recording.decisions.map((decision) => ({
      id: decision.id,
      text: decision.text.trim(),
      citations: decision.citations,
      tasks: decision.tasks.map((task) => ({
        id: task.id,
        title: task.title.trim(),
        owner_kind: task.owner_kind,
        owner_member_id: task.owner_kind === 'member' ? task.owner_id : null,
        owner_unit_id: task.owner_kind === 'unit' ? task.owner_id : null,
        due_on: task.due_on,
      })),
    })),
    closings: recording.closings.map((closing) => ({ ...closing, reason: closing.reason.trim() })),
  };
  return {
    method: 'POST',
    path: '/api/resolutions',
    body,
    subject: `meeting ${recording.meeting_id}`,
    ...titled,
  };
}
