// The unit a page is about, with the units above it, and what the person signed in may do there.
import { may } from './account.svelte';
import { answer, api } from './api';
import { read, type Reading } from './readings.svelte';
import type { Schema } from './schemas';

export type UnitPage = Schema<'organisation.UnitPage'>;

export class UnitReach {
  reading: Reading<UnitPage>;
  #unit_id: () => string | undefined;

  constructor(unit_id: () => string | undefined, reading: Reading<UnitPage>) {
    this.#unit_id = unit_id;
    this.reading = reading;
  }

  get unit(): UnitPage | undefined {
    return this.reading.value;
  }

  // Before the units above are known, what is granted over the unit itself counts.
  may(permission: string): boolean {
    const unit_id = this.#unit_id();
    if (unit_id === undefined) return false;
    const above = this.unit?.path.map((each) => each.id) ?? [];
    return may(permission, [unit_id, ...above]);
  }
}

export const unit_key = (unit_id: string): string => `unit ${unit_id}`;
export const ask_unit = (unit_id: string): Promise<UnitPage> =>
  answer(api.GET('/api/units/{unit_id}', { params: { path: { unit_id } } }));

// Reads the unit while the calling component is shown.
export function use_unit(unit_id: () => string | undefined): UnitReach {
  const key = () => {
    const id = unit_id();
    return id === undefined ? undefined : unit_key(id);
  };
  return new UnitReach(
    unit_id,
    read(key, () => ask_unit(unit_id()!)),
  );
}
