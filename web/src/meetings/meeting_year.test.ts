import { describe, expect, it } from 'vitest';
import type { MeetingLine } from './asking';
import { warmth_of, year_of } from './meeting_year';

const line = (meets_on: string, more = {}) =>
  ({
    meeting: { meets_on, state: 'held', kind: 'regular', has_thematic_part: false, ...more },
  }) as unknown as MeetingLine;
const months = (lines: MeetingLine[]) =>
  year_of(lines, 2024, '2024-08-16').flatMap((quarter) => quarter.months.map((month) => month.state));

describe('the months of a year', () => {
  it('are held, missed when past, planned, or open', () => {
    const states = months([
      line('2024-01-04'),
      line('2024-02-04'),
      line('2024-02-20', { kind: 'thematic' }),
      line('2024-09-04', { state: 'planned' }),
    ]);
    expect(states.slice(0, 3)).toEqual(['held', 'held_twice', 'missed']);
    expect(states.slice(7, 10)).toEqual(['open', 'planned', 'open']);
  });
  it('are not met by a committee, a joint or a cancelled meeting, which show all the same', () => {
    const lines = [
      line('2024-03-20', { kind: 'committee' }),
      line('2024-03-02', { kind: 'joint' }),
      line('2024-03-04', { state: 'cancelled' }),
    ];
    const march = year_of(lines, 2024, '2024-08-16')[0]!.months[2]!;
    expect(march.state).toBe('missed');
    expect(march.lines.map((each) => each.meeting.meets_on)).toEqual([
      '2024-03-02',
      '2024-03-04',
      '2024-03-20',
    ]);
  });
});

describe('the quarters of a year', () => {
  const states = (lines: MeetingLine[]) => year_of(lines, 2024, '2024-08-16').map((quarter) => quarter.state);
  it('want a thematic meeting each', () => {
    expect(states([])).toEqual(['missing', 'missing', 'due', 'ahead']);
    expect(
      states([
        line('2024-01-04', { has_thematic_part: true }),
        line('2024-05-04'),
        line('2024-09-04', { has_thematic_part: true, state: 'planned' }),
        line('2024-11-04', { has_thematic_part: true, state: 'cancelled' }),
      ]),
    ).toEqual(['held', 'missing', 'planned', 'ahead']);
  });
});

describe('the warmth of a meeting', () => {
  const scored = (score_milli: number | null) => line('2024-01-04', { score_milli, maximum_milli: 100_000 });
  it('is that of its score', () => {
    expect([95, 90, 70, 69].map((points) => warmth_of(scored(points * 1000)))).toEqual([3, 3, 2, 1]);
    expect(warmth_of(scored(null))).toBe(0);
  });
});
