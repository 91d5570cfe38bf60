// The classes of the units below one, for lists that show a class beside each unit.
import { may_somewhere } from '../platform/account.svelte';
import { answer, api } from '../platform/api';
import { today } from '../platform/clock.svelte';

const piece = 200;

// By the id of the unit: those of one kind wherever they stand below, or those directly below.
export async function list_classes(
  unit_id: string,
  year: number,
  kind?: string,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (!may_somewhere('classification.read')) return found;
  let after: number | undefined;
  do {
    const query = {
      year,
      // This year as it stands today, reviewed or not.
      ...(year === Number(today().slice(0, 4)) ? { basis: 'today' as const } : {}),
      limit: piece,
      ...(kind ? { kind } : {}),
      ...(after === undefined ? {} : { after }),
    };
    const page = await answer(
      api.GET('/api/units/{unit_id}/classes', { params: { path: { unit_id }, query } }),
    );
    for (const row of page.rows)
      if (row.outcome?.state === 'evaluated') found.set(row.unit_id, row.outcome.final_class.key);
    after = page.next_after ?? undefined;
  } while (after !== undefined);
  return found;
}
