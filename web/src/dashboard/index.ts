// The start page: what waits for the person signed in. For those who look after units, what needs attention there.
import type { Page } from '../platform/page';

export const dashboard_pages: Page[] = [
  { pattern: '/', title: 'app.today', page: () => import('./Today.svelte') },
];

export const attention_pages: Page[] = [
  {
    pattern: '/attention',
    title: 'app.attention',
    permission: 'month_board.read',
    page: () => import('./Attention.svelte'),
  },
  {
    pattern: '/attention/unvisited',
    title: 'attention.cell_unvisited',
    permission: 'month_board.read',
    page: () => import('./Unvisited.svelte'),
  },
];
