// The rule of a series in words, and the days it gives: the same arithmetic as the server's, so that a change can be
// shown before it is made.
import { add_days, day } from '../platform/format';
import type { Schema } from '../platform/schemas';
import { t } from '../platform/texts.svelte';
import { last_week } from './arranging';

export type Series = Schema<'meetings.Series'>;
export type SeriesMeeting = Schema<'meetings.SeriesMeeting'>;
export type Rule = Pick<Series, 'every_months' | 'day_of_month' | 'week' | 'weekday' | 'starts_on'>;

const a_monday = '2024-01-01';
const weekday_name = (weekday: number) => day(add_days(a_monday, weekday - 1), 'weekday');

export function rule_words(rule: Rule): string {
  if (rule.week !== null && rule.weekday !== null) {
    const words = { week: String(rule.week), weekday: weekday_name(rule.weekday) };
    return rule.every_months === 1
      ? t('meeting.repeats_weekday', words)
      : t('meeting.repeats_months_weekday', { ...words, n: rule.every_months });
  }
  const words = { day: rule.day_of_month ?? 1 };
  if (rule.every_months === 1) return t('meeting.repeats_day', words);
  if (rule.every_months === 3) return t('meeting.repeats_quarter', words);
  return t('meeting.repeats_months', { ...words, n: rule.every_months });
}

const months_of = (iso_day: string) => Number(iso_day.slice(0, 4)) * 12 + Number(iso_day.slice(5, 7)) - 1;
const iso = (year: number, month: number, date: number) =>
  new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);

// The day due in the month of `iso_day`, if the rule has one there.
export function due_day(rule: Rule, iso_day: string): string | undefined {
  const months = months_of(iso_day);
  const since = months - months_of(rule.starts_on);
  if (since < 0 || since % rule.every_months !== 0) return undefined;
  const [year, month] = [Math.floor(months / 12), months % 12];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  let date = Math.min(rule.day_of_month ?? 1, last);
  if (rule.week !== null && rule.weekday !== null) {
    const first = new Date(Date.UTC(year, month, 1)).getUTCDay() || 7;
    date = 1 + ((rule.weekday - first + 7) % 7) + (rule.week - 1) * 7;
    if (rule.week === last_week) while (date > last) date -= 7;
  }
  const due = iso(year, month, date);
  return due < rule.starts_on ? undefined : due;
}

// A new rule counts from the first of the month it begins in, so that what the old one planned there moves with it;
// never from before the old one, and never from a day that is past.
export function counts_from(series: Rule, first: string, today: string): string {
  const month = `${first.slice(0, 8)}01`;
  return [month, add_days(series.starts_on, 1), today].reduce((one, other) => (one > other ? one : other));
}
