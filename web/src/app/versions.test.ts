import { expect, it } from 'vitest';
import {
  both_texts,
  different_part,
  differences_between,
  fields_that_differ,
  first_choices,
  form_of,
  merged,
  speakers_not_present,
  type Happening,
} from './versions';

const base = (): Happening => ({
  started_at: 1_000,
  ended_at: 2_000,
  clock_started_at: null,
  clock_ended_at: null,
  times_reason: null,
  chair_id: 'a',
  minute_taker_id: null,
  documents_sent_on: null,
  has_thematic_part: false,
  roll: ['a', 'b', 'c'].map((member_id) => ({ member_id, mark: 'present' as const, reason: null })),
  contributions: [],
  summary: null,
});
const said = (id: string, member_id: string, text: string) => ({ id, member_id, text, about: null });
const keys = (mine: Happening, theirs: Happening) => differences_between(mine, theirs).map(({ key }) => key);

it('finds nothing between two records that say the same', () => {
  expect(keys(base(), base())).toEqual([]);
  const mine = { ...base(), contributions: [said('1', 'a', 'Đồng ý')] };
  const theirs = { ...base(), contributions: [said('2', 'a', 'Đồng ý ')] };
  expect(keys(mine, theirs)).toEqual([]);
});

it('names every field that differs, each member for themselves', () => {
  const mine = base();
  mine.ended_at = 3_000;
  mine.roll[1] = { member_id: 'b', mark: 'excused', reason: 'ốm' };
  mine.chair_id = 'b';
  mine.contributions = [said('1', 'a', 'x')];
  mine.summary = 'mine';
  expect(keys(mine, base())).toEqual(['times', 'chair_id', 'mark b', 'contributions', 'summary']);
});

it('takes what was not said here as no difference', () => {
  const mine = { ...base(), chair_id: null, has_thematic_part: null };
  expect(keys(mine, base())).toEqual([]);
});

it('loses nothing that either of two secretaries typed, when nobody chooses', () => {
  const mine = {
    ...base(),
    contributions: [said('1', 'a', 'một'), said('2', 'b', 'hai')],
    summary: 'Của tôi',
  };
  const theirs = {
    ...base(),
    contributions: [said('3', 'b', 'hai'), said('4', 'c', 'ba')],
    summary: 'Của họ',
  };
  const result = merged(mine, theirs, first_choices(differences_between(mine, theirs)));
  expect(result.contributions.map(({ id }) => id)).toEqual(['3', '4', '1']);
  expect(result.summary).toBe('Của họ\n\nCủa tôi');
});

it('takes mine or theirs where that is chosen', () => {
  const mine = base();
  mine.ended_at = 3_000;
  mine.times_reason = 'clock';
  mine.roll[1] = { member_id: 'b', mark: 'absent', reason: null };
  mine.contributions = [said('1', 'a', 'một')];
  const theirs = base();
  theirs.roll[2] = { member_id: 'c', mark: 'absent', reason: null };
  theirs.contributions = [said('4', 'a', 'ba')];
  const result = merged(mine, theirs, {
    times: 'mine',
    'mark b': 'mine',
    'mark c': 'theirs',
    contributions: 'mine',
  });
  expect([result.ended_at, result.times_reason]).toEqual([3_000, 'clock']);
  expect(result.roll.map(({ mark }) => mark)).toEqual(['present', 'absent', 'absent']);
  expect(result.contributions.map(({ id }) => id)).toEqual(['1']);
  expect(merged(mine, theirs, {})).toEqual(theirs);
});

it('says who speaks in the result without having come', () => {
  const result = base();
  result.roll[1] = { member_id: 'b', mark: 'absent', reason: null };
  result.contributions = [said('1', 'b', 'x'), said('2', 'c', 'y')];
  expect(speakers_not_present(result)).toEqual(['b']);
});

it('puts one text after the other, once', () => {
  expect(both_texts('a', 'b')).toBe('b\n\na');
  expect(both_texts('b', 'a b c')).toBe('a b c');
  expect(both_texts('a b c', 'b')).toBe('a b c');
  expect(both_texts('a', '')).toBe('a');
});

it('marks the words that differ', () => {
  expect(different_part('Rải cấp phối đường xóm', 'Rải nhựa đường xóm')).toEqual({
    before: 'Rải ',
    differs: 'cấp phối ',
    after: 'đường xóm',
  });
  expect(different_part('a b', 'a b')).toEqual({ before: 'a b', differs: '', after: '' });
});

it('reads a form with a version out of the answer that shows it', () => {
  const mine = { version: 1, subject: 'A', place: 'x', agenda: ['one'] };
  const answer = {
    meeting: { version: 2, subject: 'B', place: 'x' },
    agenda: [
      { text: 'two', source_kind: 'own' },
      { text: 'advice', source_kind: 'advice' },
    ],
  };
  const theirs = form_of(answer, mine)!;
  expect(theirs).toEqual({ version: 2, subject: 'B', place: 'x', agenda: ['two'] });
  expect(fields_that_differ(mine, theirs)).toEqual(['subject', 'agenda']);
  expect(form_of({ nothing: 1 }, mine)).toBeUndefined();
});
