// What can wait for a person, and the page where each is done.
import type { Component } from 'svelte';
import Award from '@lucide/svelte/icons/award';
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import CalendarX from '@lucide/svelte/icons/calendar-x-2';
import ClipboardCheck from '@lucide/svelte/icons/clipboard-check';
import FileSearch from '@lucide/svelte/icons/file-search';
import FileCheck from '@lucide/svelte/icons/file-check';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Mountain from '@lucide/svelte/icons/mountain';
import MessageSquareQuote from '@lucide/svelte/icons/message-square-quote';
import SquarePen from '@lucide/svelte/icons/square-pen';
import LifeBuoy from '@lucide/svelte/icons/life-buoy';
import TrendingDown from '@lucide/svelte/icons/trending-down';
import Wrench from '@lucide/svelte/icons/wrench';
import type { Schema } from '../platform/schemas';

export type Need = Schema<'dashboard.Need'>;
type Icon = Component<{ size?: number; strokeWidth?: number; 'aria-hidden'?: 'true' }>;

export const need_icons: Record<Need['kind'], Icon> = {
  task: ListChecks,
  unit_task: ListChecks,
  meeting_to_hold: CalendarDays,
  meeting_to_record: SquarePen,
  meeting_to_score: Award,
  meeting_to_publish: FileCheck,
  advice_to_answer: MessageSquareQuote,
  advice_to_confirm: ClipboardCheck,
  finding_to_remedy: Wrench,
  finding_to_close: ClipboardCheck,
  obstacle_to_answer: Mountain,
  obstacle_to_confirm: Mountain,
  inspection_paper: FileSearch,
  inspection_report: FileSearch,
  inspection_decision: FileSearch,
  inspection_closing: FileSearch,
  weak_unit_decision: LifeBuoy,
  weak_unit_plan: LifeBuoy,
  weak_unit_measure: LifeBuoy,
  weak_unit_note: LifeBuoy,
  weak_unit_leaving: LifeBuoy,
  unit_without_meeting: CalendarX,
  weak_unit: TrendingDown,
};

export function page_of(need: Need): string {
  switch (need.kind) {
    case 'task':
    case 'unit_task':
      return `/tasks/${need.id}`;
    case 'meeting_to_hold':
    case 'meeting_to_publish':
      return `/meetings/${need.id}`;
    case 'meeting_to_record':
      return `/meetings/${need.id}/record`;
    case 'meeting_to_score':
      return `/meetings/${need.id}/score`;
    case 'advice_to_answer':
    case 'advice_to_confirm':
      return `/advice/${need.id}`;
    case 'finding_to_remedy':
    case 'finding_to_close':
      return `/findings/${need.id}`;
    case 'obstacle_to_answer':
    case 'obstacle_to_confirm':
      return `/obstacles/${need.id}`;
    case 'inspection_paper':
    case 'inspection_report':
    case 'inspection_closing':
      return `/inspections/${need.id}`;
    case 'inspection_decision':
      return '/inspections';
    case 'weak_unit_decision':
    case 'weak_unit_plan':
    case 'weak_unit_measure':
    case 'weak_unit_note':
    case 'weak_unit_leaving':
      return `/consolidation/${need.id}`;
    case 'unit_without_meeting':
      return `/units/${need.unit_id}/meetings`;
    case 'weak_unit':
      return `/units/${need.unit_id}`;
  }
}

// What goes on the deep card: a meeting of today or one not yet written down before everything else, then what is late,
// then the next meeting, then whatever is due first.
export function first_of(needs: readonly Need[], today: string): Need | undefined {
  const is_now = (need: Need) =>
    need.kind === 'meeting_to_record' || (need.kind === 'meeting_to_hold' && need.day === today);
  return (
    needs.find(is_now) ??
    needs.find((need) => need.is_late) ??
    needs.find((need) => need.kind === 'meeting_to_hold') ??
    needs[0]
  );
}
