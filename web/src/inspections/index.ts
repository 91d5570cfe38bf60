// Inspections: the programme of the year, each inspection with its phases and papers, and the answers of those inspected.
import type { Page } from '../platform/page';

export const inspection_pages: Page[] = [
  { pattern: '/inspections', title: 'inspection.inspections', page: () => import('./Inspections.svelte') },
  {
    pattern: '/inspections/decide',
    title: 'inspection.decide',
    permission: 'inspections.decide',
    page: () => import('./DecideInspection.svelte'),
  },
  { pattern: '/rules', title: 'inspection.criterion', page: () => import('./RulePage.svelte') },
  {
    pattern: '/inspections/:inspection_id',
    title: 'inspection.inspection',
    page: () => import('./InspectionPage.svelte'),
  },
];
