// The start page: what waits for the person signed in.
import type { Page } from '../platform/page';

export const dashboard_pages: Page[] = [
  { pattern: '/', title: 'app.today', page: () => import('./Today.svelte') },
];
