// Papers: minutes, resolution, conclusion and score sheet of a meeting, to read, approve, keep and print.
import type { Page } from '../platform/page';

export const paper_pages: Page[] = [
  {
    pattern: '/meetings/:meeting_id/papers/:kind',
    title: 'paper.paper',
    permission: 'meetings.read',
    page: () => import('./PaperPage.svelte'),
  },
  {
    pattern: '/meetings/:meeting_id/papers/:kind/:resolution_id',
    title: 'paper.paper',
    permission: 'meetings.read',
    page: () => import('./PaperPage.svelte'),
  },
  {
    pattern: '/units/:unit_id/terms',
    title: 'paper.terms',
    permission: 'organisation.read',
    page: () => import('./Terms.svelte'),
  },
];

// A part of the page of a meeting, in a chunk of its own.
export const papers_card = () => import('./PapersCard.svelte');
