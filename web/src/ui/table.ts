// What a table needs to know about a column.
import type { Snippet } from 'svelte';
import { compare_texts } from '../platform/format';

export interface Column<Row> {
  key: string;
  title: string;
  // The cell as text: shown when there is no snippet, and what sorting falls back to.
  text: (row: Row) => string;
  // The cell as a value to sort by; missing values come last either way.
  value?: (row: Row) => number | string | null | undefined;
  cell?: Snippet<[Row]>;
  align?: 'start' | 'end';
  // A track of a CSS grid, such as '8rem' or 'minmax(9rem, 1.4fr)'.
  width?: string;
  // Figures and dates are first wanted from the largest down.
  first_order?: Order;
  is_sortable?: boolean;
}

export type Order = 'ascending' | 'descending';

// The rows in the order of a column. Rows that are equal keep the order they came in.
export function sort_rows<Row>(rows: readonly Row[], column: Column<Row>, order: Order): Row[] {
  const value_of = column.value ?? column.text;
  const sign = order === 'ascending' ? 1 : -1;
  const keyed = rows.map((row) => ({ row, value: value_of(row) }));
  keyed.sort((a, b) => {
    const is_missing_a = a.value === null || a.value === undefined || a.value === '';
    const is_missing_b = b.value === null || b.value === undefined || b.value === '';
    if (is_missing_a || is_missing_b) return Number(is_missing_a) - Number(is_missing_b);
    if (typeof a.value === 'number' && typeof b.value === 'number') return (a.value - b.value) * sign;
    return compare_texts(String(a.value), String(b.value)) * sign;
  });
  return keyed.map(({ row }) => row);
}
