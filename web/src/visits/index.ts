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
    pattern: '/my_visits',
    title: 'visit.my_visits',
    page: () => import('./MyVisits.svelte'),
  },
  {
    pattern: '/visit_orders',
    title: 'visit.orders',
    permission: 'visits.order',
    page: () => import('./Orders.svelte'),
  },
  {
    pattern: '/units/:unit_id/visit_orders/send',
    title: 'visit.send_out',
    permission: 'visits.order',
    page: () => import('./SendOrder.svelte'),
  },
  {
    pattern: '/units/:unit_id/visit_plan',
    title: 'visit_plan.title',
    permission: 'visits.order',
    page: () => import('./PlanVisits.svelte'),
  },
  {
    pattern: '/units/:unit_id/visit_effect',
    title: 'visit_effect.title',
    permission: 'visits.read',
    page: () => import('./VisitEffect.svelte'),
  },
  {
    pattern: '/visit_orders/:order_id',
    title: 'visit.order',
    page: () => import('./OrderPage.svelte'),
  },
  {
    pattern: '/visit_orders/:order_id/change',
    title: 'visit.change_order',
    permission: 'visits.order',
    page: () => import('./ChangeOrder.svelte'),
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
