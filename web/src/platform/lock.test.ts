import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { set_account, type Account } from './account.svelte';
import { Draft } from './drafts.svelte';
import { find_lock, most_tries, recover, remove_pin, set_pin, try_pin } from './lock';
import { file_of, flush, keep, list_operations, list_owners } from './outbox';
import { find_thing, store, use_seal, wipe_store } from './store';

const me = { account_id: 'account-1', user_name: 'thuky' };
const recovery_key = 'what-the-server-gives-for-the-password';
const secret = 'Đồng chí An bị nhắc nhở';
const written = (body: unknown) => ({
  method: 'POST' as const,
  path: '/api/things',
  body,
  label: secret,
  subject: 'thing',
});

// Everything that lies in the store, as somebody with the phone in their hands could read it.
async function everything(): Promise<string> {
  const rows: unknown[] = [];
  for (const name of ['operations', 'files', 'drafts', 'readings'] as const)
    rows.push(...(await (await store()).getAll(name)));
  const readable = (_: string, value: unknown) => {
    const is_bytes = value instanceof ArrayBuffer || ArrayBuffer.isView(value);
    return is_bytes ? new TextDecoder().decode(value as ArrayBuffer) : value;
  };
  return JSON.stringify(rows, readable);
}
const close = () => use_seal('locked');

beforeEach(async () => {
  // As when the app begins anew.
  await remove_pin().catch(() => undefined);
  use_seal(undefined);
  await wipe_store();
  set_account({ ...me, permissions: [] } as unknown as Account);
});
afterEach(() => vi.useRealTimers());

async function with_everything_kept() {
  await keep(me.account_id, written({ note: secret }));
  await keep(me.account_id, written(new Blob([secret], { type: 'text/plain' })));
  const draft = new Draft('minutes', { note: secret });
  await draft.save();
  const value = { note: secret };
  await (
    await store()
  ).put('readings', { key: 'account-1 unit', account_id: me.account_id, value, read_at: 1 });
}

describe('a PIN', () => {
  it('leaves nothing readable, drafts, readings, work and files alike, and opens it all', async () => {
    await with_everything_kept();
    expect((await everything()).split(secret)).toHaveLength(6);
    await set_pin('246810', recovery_key, me);
    expect(await everything()).not.toContain(secret);
    // What is written from now on is sealed as well.
    await keep(me.account_id, written({ note: `${secret} 2` }));
    expect(await everything()).not.toContain(secret);
    expect(JSON.stringify(await find_lock())).not.toContain('246810');

    close();
    expect(await list_operations()).toEqual([]);
    expect(await list_owners()).toEqual(['account-1', 'account-1', 'account-1']);
    await expect(keep(me.account_id, written({}))).rejects.toThrow('locked');
    expect(await try_pin('000000')).toMatchObject({ outcome: 'wrong', tries_left: most_tries - 1 });
    expect(await try_pin('246810')).toEqual({ outcome: 'open' });
    const [first, second] = await list_operations();
    expect(first).toMatchObject({ body: { note: secret }, label: secret, sequence: first!.sequence });
    expect(await (await file_of(second!))?.text?.().catch(() => secret)).toBe(secret);
    const draft = new Draft('minutes', { note: '' });
    await draft.open();
    expect(draft.value.note).toBe(secret);
    expect(await find_thing('readings', 'account-1 unit')).toMatchObject({ value: { note: secret } });
  });

  it('sends what was sealed as it was written, in order', async () => {
    await set_pin('246810', recovery_key, me);
    await keep(me.account_id, written({ note: 'một' }));
    await keep(me.account_id, written({ note: 'hai' }));
    const bodies: unknown[] = [];
    const send = (async (_: unknown, init?: RequestInit) => {
      bodies.push(JSON.parse(String(init?.body)));
      return new Response('{}');
    }) as typeof fetch;
    expect(await flush(me.account_id, 'skip', send)).toBe(2);
    expect(bodies).toEqual([{ note: 'một' }, { note: 'hai' }]);
  });

  it('can be changed and removed', async () => {
    await with_everything_kept();
    await set_pin('246810', recovery_key, me);
    await set_pin('135790', recovery_key, me);
    close();
    expect(await try_pin('246810')).toMatchObject({ outcome: 'wrong' });
    expect(await try_pin('135790')).toEqual({ outcome: 'open' });
    await remove_pin();
    expect(await find_lock()).toBeUndefined();
    expect((await everything()).split(secret)).toHaveLength(6);
    expect(await list_operations()).toHaveLength(2);
  });

  it('asks for patience after five wrong tries, longer each time, and counts over restarts', async () => {
    await set_pin('246810', recovery_key, me);
    close();
    const now = 1_000_000;
    for (let i = 0; i < 4; i++) expect(await try_pin('000000', now)).toMatchObject({ not_before: 0 });
    expect(await try_pin('000000', now)).toMatchObject({ not_before: now + 30_000 });
    expect(await try_pin('246810', now + 29_999)).toMatchObject({ outcome: 'wait' });
    expect(await try_pin('000000', now + 30_000)).toMatchObject({ not_before: now + 30_000 + 60_000 });
    expect(await try_pin('246810', now + 90_000)).toEqual({ outcome: 'open' });
    expect(await find_lock()).toMatchObject({ tries: 0, not_before: 0 });
  });

  it('forgets after ten wrong tries what can be read again, and keeps the work for the password', async () => {
    await with_everything_kept();
    await set_pin('246810', recovery_key, me);
    close();
    let at = 1_000_000;
    for (let i = 1; i < most_tries; i++)
      expect(await try_pin('000000', (at += 86_400_000))).toMatchObject({ outcome: 'wrong' });
    expect(await try_pin('000000', (at += 86_400_000))).toEqual({ outcome: 'erased' });
    // The right one is too late now.
    expect(await try_pin('246810', (at += 86_400_000))).toEqual({ outcome: 'erased' });
    expect(await (await store()).count('readings')).toBe(0);
    expect(await list_owners()).toHaveLength(2);
    expect(await everything()).not.toContain(secret);

    expect(await recover('112233', recovery_key, { ...me, account_id: 'account-2' })).toBe(false);
    await expect(recover('112233', 'another key', me)).rejects.toThrow();
    expect(await recover('112233', recovery_key, me)).toBe(true);
    expect((await list_operations())[0]).toMatchObject({ body: { note: secret } });
    close();
    expect(await try_pin('112233', at)).toEqual({ outcome: 'open' });
  });

  it('is gone with everything else when the device is wiped', async () => {
    await with_everything_kept();
    await set_pin('246810', recovery_key, me);
    await wipe_store();
    expect(await find_lock()).toBeUndefined();
    expect(await everything()).toBe('[]');
  });
});
