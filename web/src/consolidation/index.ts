// Consolidation: weak units, the plans that help them, and what helped others.
import type { Page } from '../platform/page';

// A unit's page shows whether the unit counts as weak.
export const unit_card = () => import('./UnitCard.svelte');

export const consolidation_pages: Page[] = [
  {
    pattern: '/consolidation',
    title: 'weak.title',
    permission: 'consolidation.read',
    page: () => import('./WeakList.svelte'),
  },
  {
    pattern: '/consolidation/survival',
    title: 'weak.survival',
    permission: 'consolidation.read',
    page: () => import('./Survival.svelte'),
  },
  {
    pattern: '/consolidation/causes',
    title: 'weak.all_causes',
    permission: 'consolidation.read',
    page: () => import('./Causes.svelte'),
  },
  { pattern: '/consolidation/:case_id', title: 'weak.case', page: () => import('./CasePage.svelte') },
  {
    pattern: '/consolidation/:case_id/plan',
    title: 'weak.plan',
    permission: 'consolidation.help',
    page: () => import('./PlanCase.svelte'),
  },
];
