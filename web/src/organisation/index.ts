// Organisation: the units of the tree, each with the page that tells its state.
import type { Page } from '../platform/page';

export const organisation_pages: Page[] = [
  {
    pattern: '/units',
    title: 'app.units',
    permission: 'organisation.read',
    page: () => import('./Units.svelte'),
  },
  {
    pattern: '/units/:unit_id',
    title: 'app.unit',
    permission: 'organisation.read',
    page: () => import('./UnitPage.svelte'),
  },
];

export { find_units, unit_options } from './finding';
