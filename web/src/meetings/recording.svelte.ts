// A meeting as it is being written down on the device: what was answered so far, how much is left, and what is sent.
import type { Draftable } from '../platform/outbox';
import { add_days, day_of_moment, moment_at } from '../platform/format';
import { make_id } from '../platform/ids';
import type { Schema } from '../platform/schemas';
import type { Meeting, RollMember } from './asking';

const minute = 60_000;

export interface Absence {
  mark: 'excused' | 'absent';
  reason: string;
}

export interface Spoken {
  id: string;
  member_id: string;
  text: string;
  // The agenda item spoken about, in its words.
  about: string;
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
  citations: { kind: Schema<'resolutions.CitationToAdd'>['kind']; cited_id: string }[];
  tasks: GivenTask[];
  // Voted on by itself: its own count; otherwise it goes with the whole.
  is_voted_alone: boolean;
  votes_for: string;
  needs_two_thirds: boolean;
}

export interface Closing {
  resolution_item_id: string;
  state: 'done' | 'dropped';
  reason: string;
}

export interface TakenPhoto {
  id: string;
  name: string;
  type: string;
  caption: string;
  byte_count: number;
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
  // What the device's own clock said when start and end were pressed, in milliseconds since 1970; 0 when not.
  clock_started_at: number;
  clock_ended_at: number;
  times_reason: string;
  chair_id: string;
  minute_taker_id: string;
  absences: Record<string, Absence>;
  spoken: Spoken[];
  // Which agenda item is being spoken about, counted from 0.
  agenda_place: number;
  summary: string;
  // Who is called, as last read: the minutes go on even when the device had to let go of what it had read.
  called: RollMember[];
  // A meeting may decide nothing: then there is no resolution.
  decides: 'open' | 'yes' | 'nothing';
  resolution_id: string;
  resolution_title: string;
  votes_for: string;
  needs_two_thirds: boolean;
  decisions: Decision[];
  closings: Closing[];
  photos: TakenPhoto[];
  done: Part[];
  // 'meeting': the server has the meeting and not yet the resolution; 'all': everything is sent or waits to be.
  handed_over: 'nothing' | 'meeting' | 'all';
}

export type Part = 'times' | 'roll' | 'earlier' | 'said' | 'decided' | 'photos';
// In the order of a meeting. Without the needed ones nothing can be sent.
export const parts: readonly Part[] = ['roll', 'earlier', 'said', 'decided', 'photos', 'times'];
export const needed_parts: readonly Part[] = ['roll', 'said', 'decided', 'times'];

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
    clock_started_at: 0,
    clock_ended_at: 0,
    times_reason: '',
    chair_id: '',
    minute_taker_id: '',
    absences: {},
    spoken: [],
    agenda_place: 0,
    summary: '',
    called: [],
    decides: 'open',
    resolution_id: make_id(),
    resolution_title: '',
    votes_for: '',
    needs_two_thirds: false,
    decisions: [],
    closings: [],
    photos: [],
    done: [],
    handed_over: 'nothing',
  };
}

// What was begun and not said to be finished.
export function has_begun(recording: Recording, part: Part): boolean {
  switch (part) {
    case 'roll':
      return Object.keys(recording.absences).length > 0;
    case 'earlier':
      return recording.closings.length > 0;
    case 'said':
      return recording.spoken.length > 0 || recording.summary.trim() !== '';
    case 'decided':
      return recording.decisions.length > 0;
    case 'photos':
      return recording.photos.length > 0;
    case 'times':
      return recording.start !== '' || recording.end !== '';
  }
}

// Start and end are all that must be said about the times.
export const is_done = (recording: Recording, part: Part): boolean =>
  part === 'times' ? recording.start !== '' && recording.end !== '' : recording.done.includes(part);

export function mark_done(recording: Recording, part: Part): void {
  if (!recording.done.includes(part)) recording.done.push(part);
}

export const is_here = (recording: Recording, member_id: string): boolean =>
  !(member_id in recording.absences);

export interface Votes {
  called: number;
  present: number;
}

// The vote counts over all full members expected, absent ones included; only those present can give one.
export function votes_of(recording: Recording, members: readonly RollMember[]): Votes {
  const full = members.filter((member) => member.stage === 'full');
  const present = full.filter((member) => is_here(recording, member.id)).length;
  return { called: full.length, present };
}

export const votes_needed = (called: number, needs_two_thirds: boolean): number =>
  needs_two_thirds ? Math.ceil((called * 2) / 3) : Math.floor(called / 2) + 1;

// The time of a moment in the organisation's zone as a time field wants it, '19:30', whatever the language.
export const clock_time = (moment: number): string =>
  new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'Asia/Ho_Chi_Minh',
  }).format(moment);

// The meeting begins, or has ended: the moment by a clock put right, and what the device's own clock says.
export function start_meeting(recording: Recording, now: number, device_now: number): void {
  recording.day = day_of_moment(now);
  recording.start = clock_time(now);
  recording.clock_started_at = device_now;
}

export function end_meeting(recording: Recording, now: number, device_now: number): void {
  recording.end = clock_time(now);
  recording.clock_ended_at = device_now;
}

// The moments of start and end. An end before the start is one after midnight; what began and ended within a minute of
// the clock took one.
export function moments_of(recording: Recording): { started_at: number; ended_at: number } {
  const started_at = moment_at(recording.day, recording.start);
  if (recording.end === recording.start) {
    const was_pressed = recording.clock_started_at !== 0 && recording.clock_ended_at !== 0;
    return { started_at, ended_at: started_at + (was_pressed ? minute : 0) };
  }
  const ends_on = recording.end < recording.start ? add_days(recording.day, 1) : recording.day;
  return { started_at, ended_at: moment_at(ends_on, recording.end) };
}

export const minutes_of = (recording: Recording): number | undefined => {
  if (!recording.start || !recording.end) return undefined;
  const { started_at, ended_at } = moments_of(recording);
  return Math.round((ended_at - started_at) / 60_000);
};

// Whether a time said is another one than the device's clock showed: then the server wants to know why.
export function differs_from_clock(recording: Recording): boolean {
  if (!recording.start) return false;
  const differs = (said: number, clock: number) => clock !== 0 && Math.abs(said - clock) >= minute;
  const { started_at, ended_at } = moments_of({ ...recording, end: recording.end || recording.start });
  return (
    differs(started_at, recording.clock_started_at) ||
    (recording.end !== '' && differs(ended_at, recording.clock_ended_at))
  );
}

// What the times taken from the device's clock would be by the server's, once it is known that they differ;
// nothing when they are already so, or were not taken from the clock.
export function times_put_right(
  recording: Recording,
  difference: number,
): { day: string; start: string; end: string } | undefined {
  if (difference === 0) return undefined;
  const is_raw = (said: string, clock: number) => clock !== 0 && said === clock_time(clock);
  const start_is_raw = is_raw(recording.start, recording.clock_started_at);
  const end_is_raw = is_raw(recording.end, recording.clock_ended_at);
  if (!start_is_raw && !end_is_raw) return undefined;
  const started_at = recording.clock_started_at + difference;
  return {
    day: start_is_raw ? day_of_moment(started_at) : recording.day,
    start: start_is_raw ? clock_time(started_at) : recording.start,
    end: end_is_raw ? clock_time(recording.clock_ended_at + difference) : recording.end,
  };
}

// The end of the month in which a day lies.
export function month_end(day: string): string {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return day_of_moment(Date.UTC(year, month, 0, 5));
}

function happening_of(recording: Recording, members: readonly RollMember[]): Schema<'meetings.Happening'> {
  return {
    ...moments_of(recording),
    clock_started_at: recording.clock_started_at || null,
    clock_ended_at: recording.clock_ended_at || null,
    times_reason: recording.times_reason.trim() || null,
    chair_id: recording.chair_id || null,
    minute_taker_id: recording.minute_taker_id || null,
    documents_sent_on: null,
    has_thematic_part: recording.has_thematic_part,
    roll: members.map((member) => {
      const absence = recording.absences[member.id];
      return { member_id: member.id, mark: absence?.mark ?? 'present', reason: absence?.reason || null };
    }),
    contributions: recording.spoken.map(({ id, member_id, text, about }) => ({
      id,
      member_id,
      text: text.trim(),
      about: about || null,
    })),
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
      ...(decision.is_voted_alone
        ? { votes_for: Number(decision.votes_for), needs_two_thirds: decision.needs_two_thirds }
        : {}),
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

// What became of earlier points, when the meeting adopted no resolution that could say it.
export const closings_to_send = (recording: Recording, titled: Titled): Draftable[] =>
  recording.closings.map(({ resolution_item_id, state, reason }) => ({
    method: 'POST',
    path: `/api/resolution_items/${resolution_item_id}/closing`,
    body: { state, reason: reason.trim() },
    subject: `meeting ${recording.meeting_id}`,
    ...titled,
  }));

// What these minutes already answer of the unit's own score.
export type Answer = 'resolution' | 'named_owner' | 'full_minutes';
export function answers_of(recording: Recording): Answer[] {
  const decisions = recording.decides === 'yes' ? recording.decisions : [];
  const was_said = recording.spoken.length > 0 || recording.summary.trim() !== '';
  const answers: Answer[] = [];
  if (decisions.length > 0) answers.push('resolution');
  if (decisions.some((each) => each.tasks.some((task) => task.owner_kind === 'member')))
    answers.push('named_owner');
  if (recording.chair_id !== '' && recording.minute_taker_id !== '' && was_said) answers.push('full_minutes');
  return answers;
}
