// What somebody typed over the numbers of the rulebook, as the server asks for it.
import type { Problem } from '../platform/problem';
import type { Schema } from '../platform/schemas';

export type Settings = Schema<'classification.SettingsToTry'>;
export type Tried = Omit<Schema<'classification.AskWhatIf'>, 'unit_id' | 'after' | 'limit'>;

// By the name of a field; a field that was left empty or as it was is not tried.
export type Typed = Record<string, string>;

export const cap_field = (subject: string): string => `${subject} cap`;
export const minimum_field = (subject: string, class_number: number): string =>
  `${subject} minimum ${class_number}`;
export const maximum_field = (subject: string, criterion: string): string =>
  `${subject} maximum ${criterion}`;

export function typed_of(settings: Settings): Typed {
  const typed: Typed = {};
  for (const subject of settings.subjects) {
    if (subject.cap) typed[cap_field(subject.key)] = String(subject.cap.percent);
    for (const { of_class, minimum_milli } of subject.thresholds)
      typed[minimum_field(subject.key, of_class.number)] =
        minimum_milli === null ? '' : String(minimum_milli / 1000);
    for (const criterion of subject.criteria)
      typed[maximum_field(subject.key, criterion.key)] = String(criterion.maximum_milli / 1000);
  }
  return typed;
}

// What is sent, and which field each of its places came from ("caps/0" came from "member cap").
export function tried_of(settings: Settings, typed: Typed): { tried: Tried; places: Map<string, string> } {
  const before = typed_of(settings);
  const places = new Map<string, string>();
  const caps: NonNullable<Tried['caps']> = [];
  const thresholds: NonNullable<Tried['thresholds']> = [];
  const maximums: NonNullable<Tried['maximums']> = [];
  const changed = (field: string): number | undefined => {
    const text = (typed[field] ?? '').trim();
    return text === '' || text === before[field] ? undefined : Number(text);
  };
  for (const subject of settings.subjects) {
    const percent = changed(cap_field(subject.key));
    if (percent !== undefined) {
      places.set(`caps/${caps.length}`, cap_field(subject.key));
      caps.push({ subject: subject.key, percent: Math.round(percent) });
    }
    for (const { of_class } of subject.thresholds) {
      const minimum = changed(minimum_field(subject.key, of_class.number));
      if (minimum === undefined) continue;
      places.set(`thresholds/${thresholds.length}`, minimum_field(subject.key, of_class.number));
      thresholds.push({
        subject: subject.key,
        class_number: of_class.number,
        minimum_milli: Math.round(minimum * 1000),
      });
    }
    for (const criterion of subject.criteria) {
      const maximum = changed(maximum_field(subject.key, criterion.key));
      if (maximum === undefined) continue;
      places.set(`maximums/${maximums.length}`, maximum_field(subject.key, criterion.key));
      maximums.push({
        subject: subject.key,
        criterion: criterion.key,
        maximum_milli: Math.round(maximum * 1000),
      });
    }
  }
  return { tried: { caps, thresholds, maximums }, places };
}

// The same problem with the names of the fields on the page.
export function on_the_page(problem: Problem, places: Map<string, string>): Problem {
  const problems = problem.problems.map((each) => ({
    ...each,
    field: places.get(each.field.split('/').slice(0, 2).join('/')) ?? each.field,
  }));
  return { ...problem, problems };
}
