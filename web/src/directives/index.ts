// Directives: what a body asks of the units below it, and what each of them made of it.
import type { Page } from '../platform/page';

export const directive_pages: Page[] = [
  {
    pattern: '/directives',
    title: 'directive.directives',
    permission: 'directives.read',
    page: () => import('./Directives.svelte'),
  },
  {
    pattern: '/units/:unit_id/directives/send',
    title: 'directive.send',
    permission: 'directives.send',
    page: () => import('./SendDirective.svelte'),
  },
  {
    pattern: '/units/:unit_id/directives/:directive_id/plan',
    title: 'directive.plan',
    permission: 'directives.read',
    page: () => import('./PlanDirective.svelte'),
  },
  {
    pattern: '/directives/:directive_id',
    title: 'directive.directive',
    permission: 'directives.read',
    page: () => import('./DirectivePage.svelte'),
  },
];
