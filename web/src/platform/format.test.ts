import { beforeEach, describe, expect, it } from 'vitest';
import {
  add_days,
  compare_texts,
  day,
  day_of_moment,
  days_between,
  fold,
  moment_at,
  moment_day,
  moment_time,
  number,
  percent,
} from './format';
import { use_language } from './texts.svelte';

beforeEach(() => use_language('vi'));

describe('moments', () => {
  it('fall on the day of the organisation, not of the device or of UTC', () => {
    const evening_before_in_utc = Date.UTC(2024, 4, 2, 20, 0);
    expect(moment_day(evening_before_in_utc, 'short')).toBe('3/5');
    expect(day_of_moment(evening_before_in_utc)).toBe('2024-05-03');
    expect(day_of_moment(Date.UTC(2024, 4, 2, 16, 59))).toBe('2024-05-02');
  });

  it('show the time of the organisation', () => {
    expect(moment_time(Date.UTC(2024, 4, 3, 12, 30))).toBe('19:30');
  });

  it('are found from a day and a time of the organisation', () => {
    expect(moment_at('2024-05-03', '19:30')).toBe(Date.UTC(2024, 4, 3, 12, 30));
    expect(moment_at('2024-01-01', '00:00')).toBe(Date.UTC(2023, 11, 31, 17, 0));
  });
});

describe('days', () => {
  it('keep their date in every language', async () => {
    for (const language of ['vi', 'en', 'hi'] as const) {
      await use_language(language);
      expect(day('2024-05-03', 'medium')).toMatch(/3.*2024/);
    }
  });

  it('are numbers in Vietnamese, where people write no short month', async () => {
    await use_language('vi');
    expect(day('2024-05-03')).toBe('3/5/2024');
    await use_language('en');
    expect(day('2024-05-03')).toBe('3 May 2024');
  });

  it('count and add over the end of a leap February', () => {
    expect(days_between('2024-02-28', '2024-03-01')).toBe(2);
    expect(days_between('2024-03-01', '2024-02-28')).toBe(-2);
    expect(add_days('2024-02-28', 2)).toBe('2024-03-01');
  });
});

describe('numbers', () => {
  it('are grouped as each language does, with Western digits in Hindi', async () => {
    expect(number(1200)).toBe('1.200');
    await use_language('en');
    expect(number(1200)).toBe('1,200');
    expect(percent(0.256, 1)).toBe('25.6%');
    await use_language('hi');
    expect(number(123456)).toBe('1,23,456');
  });
});

describe('text', () => {
  it('folds Vietnamese letters away for searching', () => {
    expect(fold('Nguyễn Đức Thắng')).toBe('nguyen duc thang');
  });

  it('is ordered with numbers by value', () => {
    expect(['Chi bộ 10', 'Chi bộ 2', 'Ái', 'An'].sort(compare_texts)).toEqual([
      'Ái',
      'An',
      'Chi bộ 2',
      'Chi bộ 10',
    ]);
  });
});
