// Numbers, days and moments as the reader's language writes them, always in the organisation's time zone:
// a meeting at 19:30 in Na Hang is at 19:30 for a reader anywhere.
import { current_language, current_tag } from './texts.svelte';

export const time_zone = 'Asia/Ho_Chi_Minh';

const day_styles = {
  short: { day: 'numeric', month: 'numeric' },
  figures: { day: '2-digit', month: '2-digit', year: 'numeric' },
  medium: { day: 'numeric', month: 'short', year: 'numeric' },
  numbers: { day: 'numeric', month: 'numeric', year: 'numeric' },
  long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  weekday: { weekday: 'long' },
  month: { month: 'long' },
  month_short: { month: 'short' },
  month_year: { month: 'long', year: 'numeric' },
  day_of_month: { day: 'numeric' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

export type DayStyle = keyof typeof day_styles;

// The abbreviated month that the browsers know in Vietnamese is not what people write: they write numbers.
const options_of = (style: DayStyle): Intl.DateTimeFormatOptions =>
  day_styles[style === 'medium' && current_language() === 'vi' ? 'numbers' : style];

const made = new Map<string, unknown>();
// Intl objects are slow to make and quick to use: a table of dates needs only one.
function once<T>(key: string, make: () => T): T {
  if (!made.has(key)) made.set(key, make());
  return made.get(key) as T;
}

function date_format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const tag = current_tag();
  return once(
    `${tag} ${zone} ${JSON.stringify(options)}`,
    () => new Intl.DateTimeFormat(tag, { timeZone: zone, ...options }),
  );
}

export function number(value: number, options: Intl.NumberFormatOptions = {}): string {
  const tag = current_tag();
  return once(`${tag} ${JSON.stringify(options)}`, () => new Intl.NumberFormat(tag, options)).format(value);
}

// A share between 0 and 1 as a percentage.
export const percent = (share: number, digits = 0): string =>
  number(share, { style: 'percent', maximumFractionDigits: digits });

// A day such as '2024-05-03'. A day has no time zone, so it is read and written in the same one.
export const day = (iso_day: string, style: DayStyle = 'medium'): string =>
  date_format('UTC', options_of(style)).format(new Date(`${iso_day}T00:00:00Z`));

// A moment in milliseconds since 1970 UTC.
export const moment_day = (moment: number, style: DayStyle = 'medium'): string =>
  date_format(time_zone, options_of(style)).format(moment);

export const moment_time = (moment: number): string =>
  date_format(time_zone, { hour: '2-digit', minute: '2-digit' }).format(moment);

export const moment = (value: number, style: DayStyle = 'medium'): string =>
  `${moment_time(value)}, ${moment_day(value, style)}`;

// The day on which a moment falls in the organisation's time zone.
export function day_of_moment(value: number): string {
  const parts = once(
    'day_of_moment',
    () =>
      new Intl.DateTimeFormat('en-GB', {
        timeZone: time_zone,
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
      }),
  ).formatToParts(value);
  const part = (type: string) => parts.find((each) => each.type === type)!.value;
  return `${part('year')}-${part('month')}-${part('day')}`;
}

// The moment at which a day and a time of the organisation ('2024-05-03', '19:30') happen.
export function moment_at(iso_day: string, time: string): number {
  const as_if_utc = Date.parse(`${iso_day}T${time}:00Z`);
  const shown = new Intl.DateTimeFormat('en-GB', {
    timeZone: time_zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).formatToParts(as_if_utc);
  const part = (type: string) => shown.find((each) => each.type === type)!.value;
  const zone_shows = Date.parse(
    `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`,
  );
  return as_if_utc - (zone_shows - as_if_utc);
}

// Whole days from one day to another; negative when the second is earlier.
export const days_between = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

export const add_days = (iso_day: string, count: number): string =>
  new Date(Date.parse(`${iso_day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);

// Orders texts as the language does, numbers inside them by value.
export function compare_texts(a: string, b: string): number {
  const tag = current_tag();
  return once(
    `${tag} collator`,
    () => new Intl.Collator(tag, { sensitivity: 'base', numeric: true }),
  ).compare(a, b);
}

// Text without diacritics and in lower case, so that "nguyen" finds "Nguyễn".
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
