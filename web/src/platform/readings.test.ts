import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { set_account, type Account } from './account.svelte';
import { Refused, Unreachable } from './problem';
import { forget_old_readings, Reading } from './readings.svelte';
import { close_store, store, wipe_store } from './store';

const account = { account_id: 'a1', permissions: [] as never[] } as unknown as Account;
const refusal = new Refused({ type: '', title: 'Gone', status: 404, reason: 'not_found', problems: [] });

beforeEach(async () => {
  await wipe_store();
  set_account(account);
});
afterEach(close_store);

it('shows the fresh answer and remembers it for the next time without a network', async () => {
  const first = new Reading(
    () => 'unit',
    async () => ({ name: 'Nà Lung' }),
    true,
  );
  await first.begin();
  expect(first.value).toEqual({ name: 'Nà Lung' });
  expect(first.is_old).toBe(false);

  const later = new Reading<{ name: string }>(
    () => 'unit',
    () => Promise.reject(new Unreachable()),
    true,
  );
  await later.begin();
  expect(later.value).toEqual({ name: 'Nà Lung' });
  expect(later.is_old).toBe(true);
  expect(later.read_at).toBe(first.read_at);
});

it('keeps nothing when told so', async () => {
  await new Reading(
    () => 'list',
    async () => [1],
    false,
  ).begin();
  const later = new Reading<number[]>(
    () => 'list',
    () => Promise.reject(new Unreachable()),
    true,
  );
  await later.begin();
  expect(later.value).toBeUndefined();
  expect(later.is_unreachable).toBe(true);
});

it('does not show one person what another one read', async () => {
  await new Reading(
    () => 'unit',
    async () => 'secret',
    true,
  ).begin();
  set_account({ ...account, account_id: 'a2' });
  const other = new Reading<string>(
    () => 'unit',
    () => Promise.reject(new Unreachable()),
    true,
  );
  await other.begin();
  expect(other.value).toBeUndefined();
});

it('takes a refusal as the truth, whatever was remembered', async () => {
  await new Reading(
    () => 'unit',
    async () => 'old',
    true,
  ).begin();
  const reading = new Reading<string>(
    () => 'unit',
    () => Promise.reject(refusal),
    true,
  );
  await reading.begin();
  expect(reading.value).toBeUndefined();
  expect(reading.problem?.status).toBe(404);
});

it('does not let a slow answer overwrite a later one', async () => {
  let answer_slowly: (value: string) => void = () => undefined;
  const ask = vi
    .fn<() => Promise<string>>()
    .mockImplementationOnce(() => new Promise((resolve) => (answer_slowly = resolve)))
    .mockImplementationOnce(async () => 'second');
  const reading = new Reading(() => 'unit', ask, false);
  const slow = reading.again();
  await reading.again();
  answer_slowly('first');
  await slow;
  expect(reading.value).toBe('second');
});

it('lets go what is older than three months, other units after a week, and all beyond four hundred', async () => {
  set_account({ account_id: 'a1', home_unit_id: 'HOME', permissions: [] as never[] } as unknown as Account);
  await wipe_store();
  const day = 86_400_000;
  const at = 1_000 * day;
  const put = async (key: string, days: number) =>
    (await store()).put('readings', {
      key: `a1 ${key}`,
      account_id: 'a1',
      value: {},
      read_at: at - days * day,
    });
  await put('roll HOME', 91);
  await put('open items HOME', 93);
  await put('unit OTHER', 6);
  await put('roll OTHER', 8);
  expect(await forget_old_readings(at)).toBe(2);
  expect(await (await store()).getAllKeys('readings')).toEqual(['a1 roll HOME', 'a1 unit OTHER']);
  for (let i = 0; i < 400; i++) await put(`meeting HOME ${i}`, 1);
  expect(await forget_old_readings(at)).toBe(2);
  expect(await (await store()).count('readings')).toBe(400);
});
