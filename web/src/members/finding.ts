// Finding members by a part of their name, with or without diacritics, or by the whole card number.
import { may_somewhere } from '../platform/account.svelte';
import { answer, api } from '../platform/api';
import { t } from '../platform/texts.svelte';

export async function find_members(words: string): Promise<{ title: string; note: string; path: string }[]> {
  if (!words.trim() || !may_somewhere('members.read')) return [];
  const { members } = await answer(
    api.GET('/api/members', { params: { query: { text: words.trim(), limit: 12 } } }),
  );
  return members.map((member) => ({
    title: member.full_name,
    note:
      member.office === 'none'
        ? member.unit_name
        : `${t(`member.office_${member.office}`)} · ${member.unit_name}`,
    path: `/members/${member.id}`,
  }));
}

// What a field offers that asks for a member.
export async function member_options(
  words: string,
): Promise<{ value: string; label: string; note: string }[]> {
  if (!words.trim()) return [];
  const { members } = await answer(
    api.GET('/api/members', { params: { query: { text: words.trim(), limit: 12 } } }),
  );
  return members.map((member) => ({ value: member.id, label: member.full_name, note: member.unit_name }));
}

export const stages = ['full', 'probationary', 'candidate'] as const;
export const offices = ['secretary', 'deputy_secretary', 'committee_member', 'none'] as const;
