// Classification: the class of a year with its proof, for units and members.
import type { Page } from '../platform/page';

export const classification_pages: Page[] = [
  {
    pattern: '/classification',
    title: 'app.classification',
    permission: 'classification.read',
    page: () => import('./Classification.svelte'),
  },
  {
    pattern: '/units/:unit_id/class',
    title: 'app.classification',
    permission: 'classification.read',
    page: () => import('./UnitClass.svelte'),
  },
  {
    pattern: '/units/:unit_id/what_if',
    title: 'class.what_if_title',
    permission: 'classification.propose',
    page: () => import('./WhatIf.svelte'),
  },
  {
    pattern: '/members/:member_id/class',
    title: 'app.classification',
    page: () => import('./MemberClass.svelte'),
  },
];

// A mix of classes as a bar with its counts, for pages of other capabilities.
export const class_mix_bar = () => import('./ClassMixBar.svelte');
