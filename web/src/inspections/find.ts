// Members and rules, to choose whom to inspect and what was broken.
import { answer, api } from '../platform/api';

export async function find_members(unit_id: string, text: string) {
  const { members } = await answer(
    api.GET('/api/members', { params: { query: { unit_id, text: text || undefined, limit: 12 } } }),
  );
  return members.map((each) => ({ value: each.id, label: each.full_name }));
}

// A rule that a finding may name, to choose from: directives in force, then criteria of rulebooks.
export interface Rule {
  value: string;
  label: string;
  note: string;
  directive_id: string | null;
  edition: string;
  criterion: string;
  text: string;
}

export async function find_rules(inspection_id: string, text: string): Promise<Rule[]> {
  const { rules } = await answer(
    api.GET('/api/inspections/{inspection_id}/rules', {
      params: { path: { inspection_id }, query: { text: text || undefined } },
    }),
  );
  return rules.map((each) => ({
    ...each,
    value: each.directive_id ?? `${each.edition} ${each.criterion}`,
    label: each.text,
    note: each.source,
  }));
}

export const kinds = [
  'regular_inspection',
  'sign_inspection',
  'periodic_inspection',
  'regular_supervision',
  'thematic_supervision',
] as const;
export type Kind = (typeof kinds)[number];
