// Finding units by a part of their name, with or without diacritics.
import { answer, api } from '../platform/api';
import type { Schema } from '../platform/schemas';

const wanted = 12;

const list_units = async (words: string, kind?: string): Promise<Schema<'organisation.UnitLine'>[]> => {
  const query = { limit: wanted, ...(words ? { text: words } : {}), ...(kind ? { kind } : {}) };
  return (await answer(api.GET('/api/units', { params: { query } }))).units;
};

// What the finder of the shell shows.
export async function find_units(words: string): Promise<{ title: string; note: string; path: string }[]> {
  if (!words.trim()) return [];
  const units = await list_units(words.trim());
  return units.map((unit) => ({
    title: unit.name,
    note: [unit.kind_name, unit.parent_name].filter(Boolean).join(' · '),
    path: `/units/${unit.id}`,
  }));
}

// What a field offers that asks for a unit, of one kind when it is given.
export async function unit_options(
  words: string,
  kind?: string,
): Promise<{ value: string; label: string; note: string }[]> {
  const units = await list_units(words, kind);
  return units.map((unit) => ({
    value: unit.id,
    label: unit.name,
    note: `${unit.code} · ${unit.parent_name}`,
  }));
}
