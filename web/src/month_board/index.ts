// Month board: the month of every cell below a unit, for the level above, and patterns worth a look.
import type { Page } from '../platform/page';

export const month_board_pages: Page[] = [
  {
    pattern: '/month_board',
    title: 'app.month_board',
    permission: 'month_board.read',
    page: () => import('./MonthBoard.svelte'),
  },
  {
    pattern: '/month_board/patterns',
    title: 'pattern.patterns',
    page: () => import('./Patterns.svelte'),
  },
];

// What a cell's own page shows of it.
export const urged_note = () => import('./UrgedNote.svelte');
