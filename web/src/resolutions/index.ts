// Resolutions: what meetings decided, and the way from a task back to the sentence it comes from.
import type { Page } from '../platform/page';

export const resolution_pages: Page[] = [
  { pattern: '/words', title: 'resolution.own_words', page: () => import('./OwnWords.svelte') },
  {
    pattern: '/resolutions/:resolution_id',
    title: 'resolution.title',
    permission: 'resolutions.read',
    page: () => import('./ResolutionPage.svelte'),
  },
  {
    pattern: '/resolutions/:resolution_id/correct',
    title: 'resolution.correct',
    permission: 'resolutions.adopt',
    page: () => import('./CorrectResolution.svelte'),
  },
];

// Parts of pages of other capabilities, each in a chunk of its own.
export const resolution_view = () => import('./ResolutionView.svelte');
export const item_view = () => import('./ResolutionItemView.svelte');
export const trail_view = () => import('./TrailView.svelte');
