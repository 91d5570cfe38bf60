// Where the finder looks. A capability with things to find adds a finder of its own to this list.
import { find_members } from '../members/index';
import { find_units } from '../organisation/index';
import { fold } from '../platform/format';
import { t, type PlainTextKey } from '../platform/texts.svelte';
import { rail_entries } from './navigation';

export interface Found {
  title: string;
  note?: string;
  path: string;
}

export interface Finder {
  title: PlainTextKey;
  find: (words: string) => Promise<Found[]>;
}

async function find_pages(words: string): Promise<Found[]> {
  const entries = [...rail_entries(), { path: '/waiting', title: 'app.waiting' as const }];
  return entries
    .map(({ path, title }) => ({ path, title: t(title) }))
    .filter(({ title }) => fold(title).includes(fold(words.trim())));
}

export const finders: Finder[] = [
  { title: 'app.units', find: find_units },
  { title: 'app.members', find: find_members },
  { title: 'app.pages', find: find_pages },
];
