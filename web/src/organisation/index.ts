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

// Asked for only when somebody looks for a unit.
export const find_units = async (words: string) => (await import('./finding')).find_units(words);
export const unit_options = async (words: string, kind?: string) =>
  (await import('./finding')).unit_options(words, kind);
