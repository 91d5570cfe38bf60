// Two versions of one thing, the one written here and the one the server has, compared field by field and put together
// as a person chooses.
import type { Schema } from '../platform/schemas';

export type Happening = Schema<'meetings.Happening'>;
export type MeetingRecord = Schema<'meetings.MeetingRecord'>;
type Spoken = Happening['contributions'][number];
type Marked = Happening['roll'][number];

export type Side = 'mine' | 'theirs' | 'both';
export type Choices = Record<string, Side>;

// One field that differs. `key` names it; `mark ID` is the mark of one member.
export interface Difference {
  key: string;
  // The lists and texts of which both can stay.
  may_be_both: boolean;
}

const moments = ['started_at', 'ended_at'] as const;
const plain = ['chair_id', 'minute_taker_id', 'has_thematic_part', 'documents_sent_on'] as const;

// The server's record in the form in which one is sent.
export function happening_of(record: MeetingRecord): Happening {
  const { meeting } = record;
  return {
    started_at: meeting.started_at ?? 0,
    ended_at: meeting.ended_at ?? 0,
    clock_started_at: meeting.clock_started_at ?? null,
    clock_ended_at: meeting.clock_ended_at ?? null,
    times_reason: meeting.times_reason || null,
    chair_id: meeting.chair_id ?? null,
    minute_taker_id: meeting.minute_taker_id ?? null,
    documents_sent_on: meeting.documents_sent_on ?? null,
    has_thematic_part: meeting.has_thematic_part,
    roll: record.attendances.map(({ attendance }) => ({
      member_id: attendance.member_id,
      mark: attendance.mark,
      reason: attendance.reason || null,
    })),
    contributions: record.contributions.map(({ contribution }) => ({
      id: contribution.id,
      member_id: contribution.member_id,
      text: contribution.text,
      about: contribution.about || null,
    })),
    summary: meeting.summary || null,
  };
}

const mark_of = (happening: Happening, member_id: string): Marked | undefined =>
  happening.roll.find((each) => each.member_id === member_id);
const is_same_mark = (one: Marked | undefined, other: Marked | undefined): boolean =>
  one?.mark === other?.mark && (one?.reason ?? '') === (other?.reason ?? '');
const is_same_word = (one: Spoken, other: Spoken): boolean =>
  one.member_id === other.member_id &&
  one.text.trim() === other.text.trim() &&
  (one.about ?? '') === (other.about ?? '');
const is_same_list = (one: Spoken[], other: Spoken[]): boolean =>
  one.length === other.length && one.every((each, i) => is_same_word(each, other[i]!));

export function differences_between(mine: Happening, theirs: Happening): Difference[] {
  const found: Difference[] = [];
  const differ = (key: string, may_be_both = false) => found.push({ key, may_be_both });
  if (moments.some((key) => mine[key] !== theirs[key])) differ('times');
  // What was not said here is no difference: an empty field leaves what is there.
  for (const key of plain) if ((mine[key] ?? null) !== null && mine[key] !== theirs[key]) differ(key);
  for (const { member_id } of [
    ...theirs.roll,
    ...mine.roll.filter((each) => !mark_of(theirs, each.member_id)),
  ])
    if (!is_same_mark(mark_of(mine, member_id), mark_of(theirs, member_id))) differ(`mark ${member_id}`);
  if (!is_same_list(mine.contributions, theirs.contributions)) differ('contributions', true);
  if ((mine.summary ?? '') !== (theirs.summary ?? '')) differ('summary', true);
  return found;
}

// At first nothing is lost: of lists and texts both stay, and of everything else what the server has.
export const first_choices = (differences: Difference[]): Choices =>
  Object.fromEntries(differences.map(({ key, may_be_both }) => [key, may_be_both ? 'both' : 'theirs']));

// Theirs in their order, then what only mine has.
function both_lists(mine: Spoken[], theirs: Spoken[]): Spoken[] {
  const only_mine = mine.filter((each) => !theirs.some((other) => is_same_word(each, other)));
  return [...theirs, ...only_mine.filter((each) => !theirs.some((other) => other.id === each.id))];
}

export function both_texts(mine: string, theirs: string): string {
  if (theirs.includes(mine)) return theirs;
  if (mine.includes(theirs)) return mine;
  return `${theirs}\n\n${mine}`;
}

export function merged(mine: Happening, theirs: Happening, choices: Choices): Happening {
  const result: Happening = { ...theirs };
  const is_mine = (key: string) => choices[key] === 'mine';
  if (is_mine('times'))
    for (const key of [...moments, 'clock_started_at', 'clock_ended_at', 'times_reason'] as const)
      Object.assign(result, { [key]: mine[key] ?? null });
  for (const key of plain) if (is_mine(key)) Object.assign(result, { [key]: mine[key] });
  const members = new Set([...theirs.roll, ...mine.roll].map((each) => each.member_id));
  result.roll = [...members].flatMap((member_id) => {
    const [first, second] = is_mine(`mark ${member_id}`) ? [mine, theirs] : [theirs, mine];
    return mark_of(first, member_id) ?? mark_of(second, member_id) ?? [];
  });
  if (is_mine('contributions')) result.contributions = mine.contributions;
  else if (choices.contributions === 'both')
    result.contributions = both_lists(mine.contributions, theirs.contributions);
  if (is_mine('summary')) result.summary = mine.summary;
  else if (choices.summary === 'both')
    result.summary = both_texts(mine.summary ?? '', theirs.summary ?? '') || null;
  return result;
}

// Those who speak, chair or write in the result without being present in it: the server would refuse that.
export function speakers_not_present(happening: Happening): string[] {
  const speaking = [
    ...happening.contributions.map((each) => each.member_id),
    ...[happening.chair_id, happening.minute_taker_id].filter((each) => typeof each === 'string'),
  ];
  return [...new Set(speaking)].filter((id) => mark_of(happening, id)?.mark !== 'present');
}

// The parts of a text around what another text has differently, by whole words.
export function different_part(
  text: string,
  other: string,
): { before: string; differs: string; after: string } {
  const [words, others] = [text, other].map((each) => each.split(/(?<=\s)/)) as [string[], string[]];
  let first = 0;
  while (first < words.length && words[first] === others[first]) first++;
  let last = 0;
  const rest = Math.min(words.length, others.length) - first;
  while (last < rest && words[words.length - 1 - last] === others[others.length - 1 - last]) last++;
  const part = (from: number, until: number) => words.slice(from, until).join('');
  return {
    before: part(0, first),
    differs: part(first, words.length - last),
    after: part(words.length - last, words.length),
  };
}

// A form with a version, such as a planned meeting: what the server has of the fields that were sent.
export type Form = Record<string, unknown>;

export function form_of(answer: unknown, mine: Form): (Form & { version: number }) | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const things = [answer, ...Object.values(answer as Form)] as Form[];
  const thing = things.find((each) => typeof each?.version === 'number');
  if (!thing) return undefined;
  const agenda = (answer as { agenda?: { text: string; source_kind: string }[] }).agenda;
  const fields = Object.keys(mine).map((key) => {
    const own = agenda?.filter((each) => each.source_kind === 'own').map((each) => each.text);
    return [key, key === 'agenda' && own ? own : thing[key]] as const;
  });
  return { ...Object.fromEntries(fields), version: thing.version as number };
}

const plain_text = (value: unknown): string => JSON.stringify(value ?? '');
export const fields_that_differ = (mine: Form, theirs: Form): string[] =>
  Object.keys(mine).filter(
    (key) => !['version', 'id'].includes(key) && plain_text(mine[key]) !== plain_text(theirs[key]),
  );
