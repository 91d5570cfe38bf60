// Exchange: units and members from a table, in two phases: look first, then take it over.
import type { Page } from '../platform/page';

export const exchange_pages: Page[] = [
  {
    pattern: '/import',
    title: 'app.import',
    permission: 'exchange.import',
    page: () => import('./Imports.svelte'),
  },
  {
    pattern: '/import/:import_id',
    title: 'app.import',
    permission: 'exchange.import',
    page: () => import('./ImportPage.svelte'),
  },
];
