import { describe, expect, test } from 'vitest';
import { Refused } from '../platform/problem';
import { report_of } from './review_job';
import { on_the_page, tried_of, typed_of, type Settings } from './what_if';

const excellent = { number: 4, key: 'excellent', name: 'Excellent' };
const good = { number: 3, key: 'good', name: 'Good' };
const settings: Settings = {
  year: 2024,
  edition: '2023-2024',
  title: 'Classification',
  subjects: [
    {
      key: 'member',
      name: 'Member',
      maximum_milli: 8000,
      cap: { of_class: excellent, name: 'At most a fifth', percent: 20 },
      thresholds: [
        { of_class: excellent, minimum_milli: null },
        { of_class: good, minimum_milli: 5500 },
      ],
      criteria: [{ key: 'task_results', name: 'Results', maximum_milli: 4000 }],
    },
    { key: 'cell', name: 'Cell', maximum_milli: 8000, cap: null, thresholds: [], criteria: [] },
  ],
};

describe('what is tried', () => {
  test('is nothing as long as the numbers are those of the rulebook', () => {
    const typed = typed_of(settings);
    expect(typed).toEqual({
      'member cap': '20',
      'member minimum 4': '',
      'member minimum 3': '5.5',
      'member maximum task_results': '4',
    });
    const { tried, places } = tried_of(settings, typed);
    expect(tried).toEqual({ caps: [], thresholds: [], maximums: [] });
    expect(places.size).toBe(0);
  });

  test('is what differs, in thousandths, and a field left empty is not tried', () => {
    const { tried, places } = tried_of(settings, {
      'member cap': '15',
      'member minimum 4': '7.5',
      'member minimum 3': '',
      'member maximum task_results': '6',
    });
    expect(tried).toEqual({
      caps: [{ subject: 'member', percent: 15 }],
      thresholds: [{ subject: 'member', class_number: 4, minimum_milli: 7500 }],
      maximums: [{ subject: 'member', criterion: 'task_results', maximum_milli: 6000 }],
    });
    const told = on_the_page(
      {
        type: '',
        title: '',
        status: 422,
        reason: 'invalid',
        problems: [
          { field: 'thresholds/0/minimum_milli', key: 'x', message: 'Too much' },
          { field: '', key: 'y', message: 'Contradiction' },
        ],
      },
      places,
    );
    expect(told.problems.map((each) => each.field)).toEqual(['member minimum 4', '']);
  });
});

describe('a review that is made by a job', () => {
  const job = {
    id: '1',
    name: 'classification.review',
    state: 'running' as const,
    attempts: 1,
    progress: 3,
    total: 11,
    problems: [],
    answer: null,
    created_at: 0,
    finished_at: null,
  };
  test('has a report when it is done, and the reasons of a failure are refused with', () => {
    expect(report_of(job)).toBeUndefined();
    expect(report_of({ ...job, state: 'done', answer: { unit_count: 7 } })).toEqual({ unit_count: 7 });
    const problems = [{ field: 'year', key: 'k', message: 'A record is wrong' }];
    expect(() => report_of({ ...job, state: 'failed', problems })).toThrow(Refused);
  });
});
