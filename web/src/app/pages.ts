// The list of pages. The router, the rail, the tabs and the finder all read it.
import type { Route } from '../platform/router.svelte';
import type { PlainTextKey } from '../platform/texts.svelte';

export interface Page extends Route {
  title: PlainTextKey;
  // The permission without which the page is empty; the server checks it again.
  permission?: string;
}

export const pages: Page[] = [
  { pattern: '/waiting', title: 'app.waiting', page: () => import('./Waiting.svelte') },
];
