// Units to choose one from: by words of their names, of all that one may read or of some of them.
import { answer, api } from './api';

export async function unit_choices(text: string, some: { within?: string; kind?: string } = {}) {
  const { units } = await answer(
    api.GET('/api/units', { params: { query: { ...some, text: text || undefined, limit: 12 } } }),
  );
  return units.map((unit) => ({
    value: unit.id,
    label: unit.name,
    note: [unit.kind_name, unit.parent_name].filter(Boolean).join(', '),
  }));
}
