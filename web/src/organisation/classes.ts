// The classes of the units right below one, which the list of classes gives for everything below it.
import { may_somewhere } from '../platform/account.svelte';
import { answer, api } from '../platform/api';

const piece = 200;
const most_pieces = 5;

// By the id of the unit. One kind of unit is asked for at a time, so that the few right below one are not lost among
// the thousands below those.
export async function classes_of_children(
  unit_id: string,
  children: readonly { id: string; kind: string }[],
  year: number,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (!may_somewhere('classification.read')) return found;
  const wanted = new Set(children.map((child) => child.id));
  for (const kind of new Set(children.map((child) => child.kind))) {
    let after: number | undefined;
    for (let count = 0; count < most_pieces; count++) {
      const query = { year, kind, limit: piece, ...(after === undefined ? {} : { after }) };
      const params = { path: { unit_id }, query };
      const page = await answer(api.GET('/api/units/{unit_id}/classes', { params }));
      for (const row of page.rows)
        if (wanted.has(row.unit_id) && row.outcome?.state === 'evaluated')
          found.set(row.unit_id, row.outcome.final_class.key);
      if (page.next_after === null) break;
      after = page.next_after;
    }
  }
  return found;
}
