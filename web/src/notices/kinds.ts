// The picture of each kind of notice.
import CalendarCheck from '@lucide/svelte/icons/calendar-check';
import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import CalendarX from '@lucide/svelte/icons/calendar-x';
import FileText from '@lucide/svelte/icons/file-text';
import LifeBuoy from '@lucide/svelte/icons/life-buoy';
import ListTodo from '@lucide/svelte/icons/list-todo';
import Megaphone from '@lucide/svelte/icons/megaphone';
import MessageSquareQuote from '@lucide/svelte/icons/message-square-quote';
import Mountain from '@lucide/svelte/icons/mountain';
import type { Schema } from '../platform/schemas';

export type Kind = Schema<'notices.Notice'>['kind'];

const icons = {
  meeting_invited: CalendarCheck,
  meeting_changed: CalendarClock,
  meeting_moved: CalendarClock,
  meeting_cancelled: CalendarX,
  minutes_published: FileText,
  meeting_urged: Megaphone,
  task_given: ListTodo,
  advice_given: MessageSquareQuote,
  directive_given: Megaphone,
  directive_urged: Megaphone,
  inspection_late: CalendarClock,
  obstacle_owed: Mountain,
  obstacle_answered: Mountain,
  obstacle_passed_up: Mountain,
  weak_unit_proposed: LifeBuoy,
  weak_unit_decided: LifeBuoy,
  weak_unit_helper: LifeBuoy,
  weak_unit_late: LifeBuoy,
};

export const icon_of = (kind: Kind) => icons[kind];
