import { expect, test } from 'vitest';
import { facts_known, known_from_record } from './known_marks';
import { answers_of, begin_recording, type Recording } from './recording.svelte';

const begun = () => begin_recording('U', undefined, '2024-12-16');
const known_from_recording = (recording: Recording) => facts_known(answers_of(recording));
const task = (owner_kind: 'member' | 'unit') => ({
  id: 'T',
  title: 'Sửa mương',
  owner_kind,
  owner_id: 'M',
  due_on: '2024-12-31',
});
const decision = (...owners: ('member' | 'unit')[]) => ({
  id: 'D',
  text: 'Sửa mương thôn',
  citations: [],
  tasks: owners.map(task),
  is_voted_alone: false,
  votes_for: '',
  needs_two_thirds: false,
});

test('nothing is known of a meeting not written down, and nothing of one that decided nothing', () => {
  const recording = begun();
  expect(known_from_recording(recording)).toEqual([]);
  recording.decisions = [decision('member')];
  recording.decides = 'nothing';
  expect(known_from_recording(recording)).toEqual([]);
});

test('a resolution is a conclusion; tasks count as given when a member has one by name', () => {
  const recording = { ...begun(), decides: 'yes' as const, decisions: [decision('unit')] };
  expect(known_from_recording(recording)).toEqual(['conclusion_adopted', 'summed_up']);
  recording.decisions = [decision('unit'), decision('unit', 'member')];
  expect(known_from_recording(recording)).toContain('tasks_assigned');
});

test('minutes are full with a chair, a minute taker and something said', () => {
  const recording = { ...begun(), chair_id: 'A', minute_taker_id: 'B' };
  expect(known_from_recording(recording)).toEqual([]);
  recording.summary = 'Thống nhất';
  expect(known_from_recording(recording)).toEqual(['minute_book_complete']);
});

test('what the server has is known as what the device just wrote', () => {
  const meeting = { chair_id: 'A', minute_taker_id: 'B', speaker_count: 3, summary: '' };
  const line = (owner_kind: string) => ({ items: [{ tasks: [{ task: { owner_kind } }] }] });
  const known = (...resolutions: ReturnType<typeof line>[]) =>
    known_from_record({ meeting } as never, resolutions as never);
  expect(known()).toEqual(['minute_book_complete']);
  expect(known(line('unit'))).toEqual(['conclusion_adopted', 'summed_up', 'minute_book_complete']);
  expect(known(line('unit'), line('member'))).toContain('tasks_assigned');
});
