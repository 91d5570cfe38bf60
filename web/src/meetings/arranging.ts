// Putting an agenda in order, and reading a rule of a series off a day.
import type { Schema } from '../platform/schemas';

type AgendaItem = Schema<'meetings.AgendaItem'>;
export type AgendaLine = Pick<AgendaItem, 'id' | 'text' | 'source_kind' | 'source_id'>;

export const lines_of = (agenda: readonly AgendaItem[]): AgendaLine[] =>
  agenda.map(({ id, text, source_kind, source_id }) => ({ id, text, source_kind, source_id }));

// What came by itself has no id before somebody puts it in order; its source names it.
export const key_of = (line: AgendaLine): string =>
  line.source_kind === 'own' ? line.id : `${line.source_kind} ${line.source_id}`;

export function moved<Line>(lines: readonly Line[], from: number, to: number): Line[] {
  const after = [...lines];
  const [line] = after.splice(from, 1);
  after.splice(to, 0, line!);
  return after;
}

export const to_send = (
  lines: readonly AgendaLine[],
  removed: readonly string[],
  set_aside: readonly { source_kind: string; source_id: string; reason: string }[],
) => ({
  agenda: lines.map((line) =>
    line.source_kind === 'own'
      ? { id: line.id, text: line.text }
      : { text: line.text, source_kind: line.source_kind, source_id: line.source_id },
  ),
  removed,
  set_aside,
});

// The weeks of a month as rules count them: the fifth is the last.
export const last_week = 5;

export interface DayRule {
  day_of_month: number;
  week: number;
  weekday: number;
}

// What a day is in its month: the 4th, and the first Saturday. A fifth weekday is the last one.
export function rule_of(day: string): DayRule {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const weekday = new Date(Date.UTC(year, month - 1, date)).getUTCDay() || 7;
  return { day_of_month: date, week: Math.min(last_week, Math.ceil(date / 7)), weekday };
}
