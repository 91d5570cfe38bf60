// Which pages stand in the rail of the desktop and in the tabs of the phone, in this order.
import type { Component } from 'svelte';
import ClipboardList from '@lucide/svelte/icons/clipboard-list';
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import CalendarCheck from '@lucide/svelte/icons/calendar-check';
import Award from '@lucide/svelte/icons/award';
import House from '@lucide/svelte/icons/house';
import KeyRound from '@lucide/svelte/icons/key-round';
import ListChecks from '@lucide/svelte/icons/list-checks';
import LifeBuoy from '@lucide/svelte/icons/life-buoy';
import Megaphone from '@lucide/svelte/icons/megaphone';
import Mountain from '@lucide/svelte/icons/mountain';
import Network from '@lucide/svelte/icons/network';
import Siren from '@lucide/svelte/icons/siren';
import SquarePen from '@lucide/svelte/icons/square-pen';
import Upload from '@lucide/svelte/icons/upload';
import Users from '@lucide/svelte/icons/users';
import { find_account, may_somewhere } from '../platform/account.svelte';
import type { PlainTextKey } from '../platform/texts.svelte';
import { pages } from './pages';

export type Icon = Component<{ size?: number; strokeWidth?: number; 'aria-hidden'?: 'true' }>;

export interface Entry {
  path: string;
  // Pages of the same subject under other addresses.
  also?: string[];
  title: PlainTextKey;
  icon: Icon;
}

interface Place extends Entry {
  pattern: string;
}

const rail: Place[] = [
  { pattern: '/', path: '/', title: 'app.today', icon: House },
  { pattern: '/attention', path: '/attention', title: 'app.attention', icon: Siren },
  { pattern: '/units', path: '/units', title: 'app.units', icon: Network },
  { pattern: '/meetings', path: '/meetings', title: 'app.meetings', icon: CalendarDays },
  { pattern: '/tasks', path: '/tasks', title: 'app.tasks', icon: ListChecks },
  { pattern: '/month_board', path: '/month_board', title: 'app.month_board', icon: CalendarCheck },
  { pattern: '/directives', path: '/directives', title: 'app.directives', icon: Megaphone },
  {
    pattern: '/visits',
    path: '/visits',
    also: ['/advice', '/my_visits', '/visit_orders', '/findings', '/inspections'],
    title: 'app.visits',
    icon: ClipboardList,
  },
  {
    pattern: '/obstacles',
    path: '/obstacles',
    also: ['/obstacle_cases'],
    title: 'app.obstacles',
    icon: Mountain,
  },
  { pattern: '/consolidation', path: '/consolidation', title: 'app.consolidation', icon: LifeBuoy },
  { pattern: '/members', path: '/members', title: 'app.members', icon: Users },
  { pattern: '/classification', path: '/classification', title: 'app.classification', icon: Award },
  { pattern: '/import', path: '/import', title: 'app.import', icon: Upload },
  { pattern: '/accounts', path: '/accounts', title: 'app.accounts', icon: KeyRound },
];

const record: Place = { pattern: '/record', path: '/record', title: 'app.record', icon: SquarePen };

function is_open_to_me(pattern: string): boolean {
  const page = pages.find((each) => each.pattern === pattern);
  return page !== undefined && (page.permission === undefined || may_somewhere(page.permission));
}

export const rail_entries = (): Entry[] => rail.filter((place) => is_open_to_me(place.pattern));

const place_of = (path: string): Place => rail.find((place) => place.path === path)!;

// Five tabs at most, the one daily act in the middle: for those who lead, a look at what needs attention.
export function tab_entries(): Entry[] {
  const unit: Place = {
    pattern: '/units/:unit_id',
    path: `/units/${find_account()?.home_unit_id ?? ''}`,
    title: 'app.unit',
    icon: Network,
  };
  const daily = is_open_to_me(record.pattern) ? record : place_of('/attention');
  const places = [place_of('/'), place_of('/meetings'), daily, place_of('/tasks'), unit];
  return places.filter((place) => is_open_to_me(place.pattern));
}

// What a phone has no tab for; its menu leads there.
export function further_entries(): Entry[] {
  const tabs = tab_entries().map((entry) => entry.path);
  return rail_entries().filter((entry) => !tabs.includes(entry.path));
}

// The entry under which the shown page belongs: the longest one that begins its path.
export function current_entry(entries: Entry[], path: string): Entry | undefined {
  const begins = (start: string) => path === start || (start !== '/' && path.startsWith(`${start}/`));
  return entries
    .filter((entry) => [entry.path, ...(entry.also ?? [])].some(begins))
    .sort((a, b) => b.path.length - a.path.length)[0];
}
