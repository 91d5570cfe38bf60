// Visits: what a working group saw, the advice it left, and what became of it.
import type { Page } from '../platform/page';

export const visit_pages: Page[] = [
  {
    pattern: '/visits',
    title: 'visit.visits',
    permission: 'visits.read',
    page: () => import('./Advice.svelte'),
  },
  {
    pattern: '/units/:unit_id/visits',
    title: 'visit.visits',
    permission: 'visits.read',
    page: () => import('./UnitVisits.svelte'),
  },
  {
    pattern: '/units/:unit_id/visits/record',
    title: 'visit.record',
    permission: 'visits.record',
    page: () => import('./RecordVisit.svelte'),
  },
  {
    pattern: '/visits/:visit_id',
    title: 'visit.visit',
    permission: 'visits.read',
    page: () => import('./VisitPage.svelte'),
  },
  {
    pattern: '/advice/:advice_item_id',
    title: 'visit.advice',
    permission: 'visits.read',
    page: () => import('./AdvicePage.svelte'),
  },
];
