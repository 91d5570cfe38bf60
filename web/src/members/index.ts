// Members: the list, one person's file, and what changes in it.
import type { Page } from '../platform/page';

export const member_pages: Page[] = [
  {
    pattern: '/members',
    title: 'app.members',
    permission: 'members.read',
    page: () => import('./Members.svelte'),
  },
  {
    pattern: '/units/:unit_id/members/add',
    title: 'member.add',
    permission: 'members.change',
    page: () => import('./MemberForm.svelte'),
  },
  {
    pattern: '/units/:unit_id/readings',
    title: 'reading.title',
    permission: 'members.read_readings',
    page: () => import('./FileReadings.svelte'),
  },
  { pattern: '/members/:member_id', title: 'member.member', page: () => import('./MemberPage.svelte') },
  {
    pattern: '/members/:member_id/change',
    title: 'member.change',
    permission: 'members.change',
    page: () => import('./MemberForm.svelte'),
  },
];

// What a unit's page shows of who looked at its members' files.
export const readings_card = () => import('./FileReadingsCard.svelte');

// Asked for only when somebody looks for a person.
export const find_members = async (words: string) => (await import('./finding')).find_members(words);
export const member_options = async (words: string) => (await import('./finding')).member_options(words);
