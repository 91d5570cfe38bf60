// What is still to do before a planned meeting, read off what is stored: the agenda, the documents, who was told.
import type { Schema } from '../platform/schemas';
import type { MeetingRecord } from './asking';

export type Invitation = Schema<'notices.Invitation'>;

export type Preparation =
  | { what: 'agenda'; state: 'write' }
  | { what: 'agenda'; state: 'look' | 'done'; count: number }
  | { what: 'documents'; state: 'due' | 'over' | 'late' | 'done'; at: number }
  | { what: 'invitation'; state: 'write' | 'changed' | 'unknown' }
  | { what: 'invitation'; state: 'done'; at: number }
  | { what: 'told'; state: 'untold' | 'in_person'; count: number; names: string[] }
  | { what: 'told'; state: 'done' };

const a_day = 24 * 60 * 60 * 1000;
// A point that came by itself has no id of its own before somebody has put the agenda in order.
const is_kept = (id: string) => id !== '' && !/^0+$/.test(id);

export const is_done = (line: Preparation): boolean => line.state === 'done' || line.state === 'late';
// Telling in person is done outside the app, and nobody can tick it off here: it reminds, and is not counted.
export const is_left = (line: Preparation): boolean =>
  !is_done(line) && line.state !== 'unknown' && line.state !== 'in_person';

function agenda_of(record: MeetingRecord): Preparation {
  if (record.agenda.length === 0) return { what: 'agenda', state: 'write' };
  const unseen = record.agenda.filter((line) => !is_kept(line.id)).length;
  return unseen > 0
    ? { what: 'agenda', state: 'look', count: unseen }
    : { what: 'agenda', state: 'done', count: record.agenda.length };
}

function documents_of(
  record: MeetingRecord,
  moment_of_day: (day: string) => number,
  now: number,
): Preparation {
  const { meeting } = record;
  const sent_at =
    meeting.documents_sent_at ?? (meeting.documents_sent_on && moment_of_day(meeting.documents_sent_on));
  if (sent_at) return { what: 'documents', state: record.documents_came_late ? 'late' : 'done', at: sent_at };
  const at = meeting.planned_for - a_day;
  return { what: 'documents', state: now <= at ? 'due' : 'over', at };
}

function invitation_of(invitation: Invitation | undefined): Preparation[] {
  if (!invitation) return [{ what: 'invitation', state: 'unknown' }];
  const lines: Preparation[] = [];
  const sent_at = invitation.sent_at;
  if (sent_at === null) lines.push({ what: 'invitation', state: 'write' });
  else if (invitation.changed.length > 0) lines.push({ what: 'invitation', state: 'changed' });
  else lines.push({ what: 'invitation', state: 'done', at: sent_at });

  const names_of = (has_account: boolean) =>
    invitation.deliveries
      .filter((each) => each.told_at === null && each.has_account === has_account)
      .map((each) => each.member_name);
  const [untold, outside] = [names_of(true), names_of(false)];
  // Before the invitation is out, nobody was told, and one line says so.
  if (sent_at !== null && untold.length > 0)
    lines.push({ what: 'told', state: 'untold', count: untold.length, names: untold });
  else if (sent_at !== null) lines.push({ what: 'told', state: 'done' });
  if (outside.length > 0)
    lines.push({ what: 'told', state: 'in_person', count: outside.length, names: outside });
  return lines;
}

export const preparations = (
  record: MeetingRecord,
  invitation: Invitation | undefined,
  moment_of_day: (day: string) => number,
  now: number,
): Preparation[] => [
  agenda_of(record),
  documents_of(record, moment_of_day, now),
  ...invitation_of(invitation),
];
