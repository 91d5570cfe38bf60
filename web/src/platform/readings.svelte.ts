// Reads with a memory: the page shows what was read last time at once, and the fresh answer when it comes.
// Without a network the last answer stays, with the moment it was read.
import { find_account } from './account.svelte';
import { Refused, Unreachable, type Problem } from './problem';
import { closed, find_thing, session_key, store, type Reading as StoredReading } from './store';

export class Reading<T> {
  value = $state.raw<T | undefined>(undefined);
  problem = $state.raw<Problem | undefined>(undefined);
  is_unreachable = $state(false);
  is_reading = $state(true);
  // When the shown value came from the server, in milliseconds since 1970.
  read_at = $state<number | undefined>(undefined);

  #turn = 0;
  #key: () => string | undefined;
  #ask: () => Promise<T>;
  #keep: boolean;

  constructor(key: () => string | undefined, ask: () => Promise<T>, keep: boolean) {
    this.#key = key;
    this.#ask = ask;
    this.#keep = keep;
  }

  // The shown value is from an earlier visit and could not be renewed.
  get is_old(): boolean {
    return this.value !== undefined && this.is_unreachable;
  }

  // Asks the server again. What is shown stays until the answer is here.
  async again(): Promise<void> {
    const key = this.#key();
    if (key === undefined) return;
    const turn = ++this.#turn;
    this.is_reading = true;
    try {
      const value = await this.#ask();
      if (turn !== this.#turn) return;
      this.value = value;
      this.problem = undefined;
      this.is_unreachable = false;
      this.read_at = Date.now();
      if (this.#keep) await keep_reading(key, value, this.read_at);
    } catch (error) {
      if (turn !== this.#turn) return;
      if (error instanceof Unreachable) this.is_unreachable = true;
      else if (error instanceof Refused && error.problem.status >= 500) this.is_unreachable = true;
      else if (error instanceof Refused) {
        this.problem = error.problem;
        this.value = undefined;
      } else throw error;
    } finally {
      if (turn === this.#turn) this.is_reading = false;
    }
  }

  // Begins anew for another key: first what is remembered, then what the server says.
  async begin(): Promise<void> {
    const key = this.#key();
    const turn = ++this.#turn;
    this.value = undefined;
    this.problem = undefined;
    this.is_unreachable = false;
    this.read_at = undefined;
    this.is_reading = key !== undefined;
    if (key === undefined) return;
    if (this.#keep) {
      const kept = await find_reading<T>(key);
      if (turn !== this.#turn) return;
      if (kept) {
        this.value = kept.value;
        this.read_at = kept.read_at;
      }
    }
    await this.again();
  }
}

const own_key = (key: string): string => `${find_account()?.account_id ?? ''} ${key}`;

async function find_reading<T>(key: string): Promise<{ value: T; read_at: number } | undefined> {
  const kept = await find_thing('readings', own_key(key)).catch(() => undefined);
  return kept && { value: kept.value as T, read_at: kept.read_at };
}

async function keep_reading(key: string, value: unknown, read_at: number): Promise<void> {
  const account_id = find_account()?.account_id;
  if (account_id === undefined) return;
  // A full disk must not stop the page from showing what was read.
  const row = await closed('readings', { key: own_key(key), account_id, value, read_at });
  await store()
    .then((database) => database.put('readings', row))
    .catch(() => undefined);
}

const day_length = 86_400_000;
// What stays readable without a network: three months of one's own unit, a week of any other, and not more than this.
const own_stays = 92 * day_length;
const other_stays = 7 * day_length;
const most_readings = 400;

// Whether something read belongs to the unit the person comes from: its key or its content names that unit.
const is_own = (reading: StoredReading, home_unit_id: string): boolean =>
  JSON.stringify([reading.key, reading.value]).includes(home_unit_id);

// Lets go what the device need not hold any longer. Once a day is enough.
export async function forget_old_readings(now: number = Date.now()): Promise<number> {
  const home_unit_id = find_account()?.home_unit_id ?? '';
  const database = await store();
  const kept: StoredReading[] = [];
  let forgotten = 0;
  const forget = async (key: string) => {
    await database.delete('readings', key);
    forgotten++;
  };
  for (const key of await database.getAllKeys('readings')) {
    if (key === session_key) continue;
    const reading = await find_thing('readings', key);
    const stays = reading && is_own(reading, home_unit_id) ? own_stays : other_stays;
    if (!reading || now - reading.read_at > stays) await forget(key);
    else kept.push(reading);
  }
  kept.sort((one, other) => other.read_at - one.read_at);
  for (const reading of kept.slice(most_readings)) await forget(reading.key);
  return forgotten;
}

// Reads while the calling component is shown, again whenever the key changes. A key of undefined reads nothing.
export function read<T>(
  key: () => string | undefined,
  ask: () => Promise<T>,
  options: { keep: boolean } = { keep: true },
): Reading<T> {
  const reading = new Reading(key, ask, options.keep);
  $effect(() => {
    void key();
    void reading.begin();
  });
  return reading;
}

// Reads something now so that it can be shown later without a network. Silence is no mistake here.
export async function read_ahead<T>(key: string, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    const value = await ask();
    await keep_reading(key, value, Date.now());
    return value;
  } catch (error) {
    if (error instanceof Unreachable || error instanceof Refused) return undefined;
    throw error;
  }
}
