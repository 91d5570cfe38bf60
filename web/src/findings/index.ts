// Findings: the register, and each with its steps until its remedy was seen to work.
import type { Page } from '../platform/page';

export const finding_pages: Page[] = [
  {
    pattern: '/findings',
    title: 'finding.register',
    permission: 'findings.read',
    page: () => import('./Findings.svelte'),
  },
  { pattern: '/findings/:finding_id', title: 'finding.finding', page: () => import('./FindingPage.svelte') },
];
