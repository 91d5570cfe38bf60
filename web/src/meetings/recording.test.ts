import { expect, test } from 'vitest';
import { moment_at } from '../platform/format';
import type { RollMember } from './asking';
import {
  begin_recording,
  closings_to_send,
  differs_from_clock,
  end_meeting,
  meeting_to_send,
  minutes_of,
  moments_of,
  resolution_to_send,
  start_meeting,
  times_put_right,
  votes_needed,
  votes_of,
} from './recording.svelte';

const day = '2024-12-16';
const hour = 3_600_000;
const begun = () => begin_recording('U', undefined, day);
const member = (id: string, stage: RollMember['stage'] = 'full') =>
  ({ id, stage, full_name: id, office: 'none', mark: null }) as RollMember;

test('votes count over all full members called, absent ones included, probationary ones not', () => {
  const members = [...'ABCDEF'].map((id) => member(id)).concat(member('P', 'probationary'));
  const recording = begun();
  recording.absences.A = { mark: 'excused', reason: 'ốm' };
  expect(votes_of(recording, members)).toEqual({ called: 6, present: 5 });
  expect(votes_needed(6, false)).toBe(4);
  expect(votes_needed(6, true)).toBe(4);
  expect(votes_needed(7, true)).toBe(5);
});

test('start and end are taken from the clock; under a minute counts as one', () => {
  const recording = begun();
  const at = moment_at(day, '19:30') + 20_000;
  start_meeting(recording, at, at);
  end_meeting(recording, at + 10_000, at + 10_000);
  expect([recording.day, recording.start, recording.end]).toEqual([day, '19:30', '19:30']);
  expect(minutes_of(recording)).toBe(1);
  expect(differs_from_clock(recording)).toBe(false);
  recording.start = '19:20';
  expect(differs_from_clock(recording)).toBe(true);
});

test('an end before the start is one after midnight, and the same time typed twice is no meeting', () => {
  const recording = { ...begun(), start: '23:00', end: '00:10' };
  expect(minutes_of(recording)).toBe(70);
  const { started_at, ended_at } = moments_of({ ...recording, end: '23:00' });
  expect(ended_at).toBe(started_at);
});

test('times of a wrong clock are put right, typed ones are left alone', () => {
  const recording = begun();
  // Half past midnight by a clock an hour fast: the meeting ended the evening before.
  const at = moment_at('2024-12-17', '00:30');
  start_meeting(recording, at, at);
  end_meeting(recording, at + hour, at + hour);
  expect(times_put_right(recording, 0)).toBeUndefined();
  expect(times_put_right(recording, -hour)).toEqual({ day, start: '23:30', end: '00:30' });
  recording.end = '02:00';
  expect(times_put_right(recording, -hour)).toEqual({ day, start: '23:30', end: '02:00' });
  recording.start = '00:40';
  expect(times_put_right(recording, -hour)).toBeUndefined();
});

test('what is sent names the clock, what was spoken about, and the votes of a point of its own', () => {
  const recording = begun();
  const at = moment_at(day, '19:30');
  start_meeting(recording, at - hour, at);
  end_meeting(recording, at, at + hour);
  recording.times_reason = ' Đồng hồ nhanh ';
  recording.spoken = [{ id: 'S', member_id: 'A', text: ' Sửa cầu ', about: 'Bàn làm đường' }];
  const titled = { label: 'x', page: '/record' };
  const { body } = meeting_to_send(recording, [member('A')], titled);
  const { happening } = body as { happening: Record<string, unknown> };
  expect(happening.clock_started_at).toBe(at);
  expect(happening.started_at).toBe(at - hour);
  expect(happening.times_reason).toBe('Đồng hồ nhanh');
  expect(happening.contributions).toEqual([
    { id: 'S', member_id: 'A', text: 'Sửa cầu', about: 'Bàn làm đường' },
  ]);

  const point = { id: 'D', text: 'Sửa', citations: [], tasks: [], votes_for: '5', needs_two_thirds: true };
  recording.decisions = [
    { ...point, is_voted_alone: true },
    { ...point, id: 'E', is_voted_alone: false },
  ];
  const { items } = resolution_to_send(recording, titled).body as { items: Record<string, unknown>[] };
  expect(items[0]).toMatchObject({ votes_for: 5, needs_two_thirds: true });
  expect(items[1]).not.toHaveProperty('votes_for');
});

test('without a resolution, what became of earlier points is sent by itself', () => {
  const recording = begun();
  recording.closings = [{ resolution_item_id: 'I', state: 'done', reason: ' Xong ' }];
  const [closing] = closings_to_send(recording, { label: 'x', page: '/record' });
  expect(closing!.path).toBe('/api/resolution_items/I/closing');
  expect(closing!.body).toEqual({ state: 'done', reason: 'Xong' });
  expect(closing!.subject).toBe(`meeting ${recording.meeting_id}`);
});
