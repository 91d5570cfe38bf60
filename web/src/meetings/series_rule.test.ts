import { describe, expect, it } from 'vitest';
import { counts_from, due_day, type Rule } from './series_rule';

const rule = (given: Partial<Rule>): Rule => ({
  every_months: 1,
  day_of_month: null,
  week: null,
  weekday: null,
  starts_on: '2025-01-01',
  ...given,
});

describe('the day that a rule gives in a month', () => {
  it('is the last one in a month too short for it', () => {
    expect(due_day(rule({ day_of_month: 31 }), '2025-02-10')).toBe('2025-02-28');
    expect(due_day(rule({ day_of_month: 4 }), '2025-02-28')).toBe('2025-02-04');
  });
  it('is a weekday counted from the first, or the last one', () => {
    expect(due_day(rule({ week: 1, weekday: 6 }), '2025-02-01')).toBe('2025-02-01');
    expect(due_day(rule({ week: 2, weekday: 1 }), '2025-02-01')).toBe('2025-02-10');
    expect(due_day(rule({ week: 5, weekday: 5 }), '2025-02-01')).toBe('2025-02-28');
    expect(due_day(rule({ week: 5, weekday: 5 }), '2025-01-01')).toBe('2025-01-31');
  });
  it('is none between, before the series, and in the first month before its first day', () => {
    expect(due_day(rule({ day_of_month: 4, every_months: 3 }), '2025-02-01')).toBeUndefined();
    expect(due_day(rule({ day_of_month: 4, every_months: 3 }), '2025-04-01')).toBe('2025-04-04');
    expect(due_day(rule({ day_of_month: 4 }), '2024-12-31')).toBeUndefined();
    expect(due_day(rule({ day_of_month: 4, starts_on: '2025-01-05' }), '2025-01-31')).toBeUndefined();
  });
});

describe('the day from which a new rule counts', () => {
  const old = rule({ day_of_month: 4, starts_on: '2025-01-04' });
  it('is the first of the month it begins in', () => {
    expect(counts_from(old, '2025-03-10', '2025-01-20')).toBe('2025-03-01');
  });
  it('is not past, and after the old series began', () => {
    expect(counts_from(old, '2025-01-28', '2025-01-20')).toBe('2025-01-20');
    expect(counts_from(old, '2025-01-28', '2024-12-16')).toBe('2025-01-05');
  });
});
