// What the classes on a page are read from: this year's records as they are today, or the last review of the year.
import { today } from '../platform/clock.svelte';
import { current_query } from '../platform/router.svelte';

export type Basis = 'today' | 'review';

export const this_year = (): number => Number(today().slice(0, 4));

// Only this year stands as of today; a review is shown when the address asks for it, and for other years.
export const basis_of = (year: number): Basis =>
  year === this_year() && current_query().get('basis') !== 'review' ? 'today' : 'review';
