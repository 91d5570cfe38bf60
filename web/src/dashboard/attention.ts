// What the page of attention counts, and where the list behind each count is.
import { get_account } from '../platform/account.svelte';
import type { Schema } from '../platform/schemas';

export type Line = Schema<'dashboard.AttentionLine'>;
export type WeakMovement = Schema<'dashboard.WeakMovement'>;
export type Kind = Line['kind'];

// Where the page begins: the reader's own unit, or the first one they may read it of.
export function first_unit(): string {
  const { home_unit_id, permissions } = get_account();
  const units = permissions
    .filter((each) => each.permission === 'dashboard.read')
    .map((each) => each.unit_id);
  return units.includes(home_unit_id) ? home_unit_id : (units[0] ?? home_unit_id);
}

export function list_of(kind: Kind, unit_id: string, last_month: string): string {
  switch (kind) {
    case 'late_task':
      return `/tasks?view=late&unit=${unit_id}`;
    case 'obstacle':
      return `/obstacles?unit=${unit_id}`;
    case 'advice':
      return `/visits?view=open&unit=${unit_id}`;
    case 'finding':
      return `/findings?within=${unit_id}`;
    case 'cell_without_meeting':
      return `/month_board?unit=${unit_id}&month=${last_month}&state=missing`;
    case 'cell_unvisited':
      return `/attention/unvisited?unit=${unit_id}`;
    case 'weak_unit':
      return `/consolidation?within=${unit_id}`;
  }
}

// What a line tells of the list of weak units beside those on it.
export const movements = ['proposed', 'entered', 'relapsed', 'left', 'watched'] as const;

export const ages = ['late_longer', 'late_month', 'late_week', 'in_time'] as const;
export const late_count = (line: Line): number =>
  (line.late_week ?? 0) + (line.late_month ?? 0) + (line.late_longer ?? 0);

// The first day of the month before the one of a day.
export function month_before(day: string): string {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return month === 1 ? `${year - 1}-12-01` : `${year}-${String(month - 1).padStart(2, '0')}-01`;
}
