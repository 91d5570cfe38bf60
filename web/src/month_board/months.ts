// Months as the board counts and shows them.
import { get_account } from '../platform/account.svelte';
import type { Schema } from '../platform/schemas';

export type Cell = Schema<'month_board.CellMonth'>;
export type Totals = Schema<'month_board.MonthTotals'>;
export type State = Cell['state'];

export const states = ['late', 'missing', 'open', 'planned', 'held', 'not_expected'] as const;

// The first day of the month that lies `count` months after the one of a day.
export function month_after(day: string, count: number): string {
  const [year, month] = day.split('-').map(Number) as [number, number];
  const months = year * 12 + month - 1 + count;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`;
}

// Where the board begins for the person signed in: their own unit, or the first one they may read it of.
export function first_unit(): string {
  const { home_unit_id, permissions } = get_account();
  const units = permissions
    .filter((each) => each.permission === 'month_board.read')
    .map((each) => each.unit_id);
  return units.includes(home_unit_id) ? home_unit_id : (units[0] ?? home_unit_id);
}

// Thousandths as a mark out of a hundred, one digit behind the point.
export const of_hundred = (share: number | null | undefined): number | undefined =>
  share === null || share === undefined ? undefined : Math.round(share) / 10;

export const average = (sum: number, count: number): number | undefined =>
  count > 0 ? sum / count : undefined;
