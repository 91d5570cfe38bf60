import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { on_signed_out } from './api';
import { discard, file_of, flush, keep, list_operations, put_back, send_or_keep, try_again } from './outbox';
import { Refused } from './problem';
import { close_store, DeviceFull, store, wipe_store, type Operation } from './store';

const me = 'account-1';
const written = (place: number, subject = `subject-${place}`) => ({
  method: 'POST' as const,
  path: `/api/things/${place}`,
  body: { place },
  label: `thing ${place}`,
  subject,
});

// A server that gives each path its status, 201 where none is told, and remembers what it was sent.
function server(statuses: Record<string, number | 'silent'> = {}) {
  const requests: { path: string; key: string; guard: string; type: string; body: unknown }[] = [];
  const send = vi.fn(async (input: RequestInfo | URL, init?: RequestInit) => {
    const headers = new Headers(init?.headers);
    requests.push({
      path: String(input),
      key: headers.get('idempotency-key') ?? '',
      guard: headers.get('x-groundwork') ?? '',
      type: headers.get('content-type') ?? '',
      body: init?.body,
    });
    const status = statuses[String(input)] ?? 201;
    if (status === 'silent') throw new TypeError('Failed to fetch');
    const problem = { title: 'No', status, reason: 'conflict', problems: [] };
    return new Response(JSON.stringify(status < 300 ? { id: 'x' } : problem), { status });
  });
  return { send: send as unknown as typeof fetch, requests };
}

const paths = (requests: { path: string }[]) => requests.map((request) => request.path);
const states = (operations: Operation[]) => operations.map(({ path, state }) => `${path} ${state}`);

beforeEach(wipe_store);
afterEach(close_store);

describe('flush', () => {
  it('sends in the order of writing, once, each with its own key and the guard header', async () => {
    const first = await keep(me, written(1));
    const second = await keep(me, written(2));
    const { send, requests } = server();
    const [accepted, accepted_again] = await Promise.all([flush(me, 'wait', send), flush(me, 'wait', send)]);
    expect([accepted, accepted_again]).toEqual([2, 0]);
    expect(paths(requests)).toEqual(['/api/things/1', '/api/things/2']);
    expect(requests.map(({ key }) => key)).toEqual([first, second]);
    expect(requests.every(({ guard }) => guard === '1')).toBe(true);
    expect(await list_operations()).toEqual([]);
  });

  it('stops at a silent server, keeps everything and waits longer each time', async () => {
    await keep(me, written(1));
    await keep(me, written(2));
    const { send, requests } = server({ '/api/things/1': 'silent' });
    expect(await flush(me, 'wait', send, 1_000)).toBe(0);
    expect(requests).toHaveLength(1);
    const [operation] = await list_operations();
    expect(operation).toMatchObject({ tries: 1, not_before: 3_000, state: 'waiting' });
    await flush(me, 'wait', send, 2_000);
    expect(requests).toHaveLength(1);
    await flush(me, 'wait', send, 3_000);
    expect(requests).toHaveLength(2);
    expect((await list_operations())[0]).toMatchObject({ tries: 2, not_before: 7_000 });
  });

  it('does not wait out a pause when the network has just returned', async () => {
    await keep(me, written(1));
    await flush(me, 'wait', server({ '/api/things/1': 'silent' }).send, 1_000);
    expect(await flush(me, 'skip', server().send, 1_001)).toBe(1);
  });

  it('sends again with the same key after an answer was lost', async () => {
    const key = await keep(me, written(1));
    await flush(me, 'wait', server({ '/api/things/1': 'silent' }).send, 0);
    const { send, requests } = server();
    await flush(me, 'wait', send, 60_000);
    expect(requests[0]?.key).toBe(key);
  });

  it('tries again after 500, 429 and 408', async () => {
    for (const status of [500, 429, 408]) {
      await wipe_store();
      await keep(me, written(1));
      await flush(me, 'wait', server({ '/api/things/1': status }).send);
      expect(states(await list_operations())).toEqual(['/api/things/1 waiting']);
    }
  });

  it('parks a refused one with its reason and goes on with other subjects', async () => {
    await keep(me, written(1));
    await keep(me, written(2));
    expect(await flush(me, 'wait', server({ '/api/things/1': 409 }).send)).toBe(1);
    const left = await list_operations();
    expect(states(left)).toEqual(['/api/things/1 refused']);
    expect(left[0]?.problem).toMatchObject({ title: 'No', status: 409 });
  });

  it('holds back what follows a refused one on the same subject', async () => {
    await keep(me, written(1, 'meeting'));
    await keep(me, written(2, 'meeting'));
    const { send, requests } = server({ '/api/things/1': 422 });
    await flush(me, 'wait', send);
    await flush(me, 'wait', send);
    expect(paths(requests)).toEqual(['/api/things/1']);
    expect(await list_operations()).toHaveLength(2);
  });

  it('keeps everything when the session ended, and says so', async () => {
    const told = vi.fn();
    on_signed_out(told);
    await keep(me, written(1));
    await keep(me, written(2));
    const { send, requests } = server({ '/api/things/1': 401 });
    await flush(me, 'wait', send);
    expect(told).toHaveBeenCalledOnce();
    expect(requests).toHaveLength(1);
    expect(states(await list_operations())).toEqual(['/api/things/1 waiting', '/api/things/2 waiting']);
    expect(await flush(me, 'wait', server().send)).toBe(2);
  });

  it('never sends the work of another account', async () => {
    await keep('account-2', written(1));
    const { send, requests } = server();
    expect(await flush(me, 'wait', send)).toBe(0);
    expect(requests).toEqual([]);
    expect(await list_operations()).toHaveLength(1);
  });
});

describe('the person decides about a refused one', () => {
  it('tries it again at once', async () => {
    await keep(me, written(1));
    await flush(me, 'wait', server({ '/api/things/1': 409 }).send);
    const [refused] = await list_operations();
    await try_again(refused!.sequence!);
    expect(await flush(me, 'wait', server().send)).toBe(1);
  });

  it('throws it away, and what it held back goes on', async () => {
    await keep(me, written(1, 'meeting'));
    await keep(me, written(2, 'meeting'));
    await flush(me, 'wait', server({ '/api/things/1': 409 }).send);
    const [refused] = await list_operations();
    await discard(refused!.sequence!);
    const { send, requests } = server();
    await flush(me, 'wait', send);
    expect(paths(requests)).toEqual(['/api/things/2']);
  });
});

describe('send_or_keep', () => {
  it('gives the answer when the server accepts', async () => {
    expect(await send_or_keep(me, written(1), server().send)).toEqual({ state: 'sent', answer: { id: 'x' } });
    expect(await list_operations()).toEqual([]);
  });

  it('throws a refusal and queues nothing', async () => {
    await expect(send_or_keep(me, written(1), server({ '/api/things/1': 422 }).send)).rejects.toThrow(
      Refused,
    );
    expect(await list_operations()).toEqual([]);
  });

  it('keeps the work when there is no answer, under the key already used', async () => {
    const { send, requests } = server({ '/api/things/1': 'silent' });
    expect(await send_or_keep(me, written(1), send)).toEqual({ state: 'kept' });
    expect((await list_operations())[0]?.id).toBe(requests[0]?.key);
  });

  it('goes behind what already waits on the same subject', async () => {
    await keep(me, written(1, 'meeting'));
    const { send, requests } = server({ '/api/things/1': 'silent' });
    expect(await send_or_keep(me, written(2, 'meeting'), send)).toEqual({ state: 'kept' });
    expect(paths(requests)).toEqual(['/api/things/1']);
    expect(await list_operations()).toHaveLength(2);
  });
});

const photo = new Blob([new Uint8Array([255, 216, 255, 224])], { type: 'image/jpeg' });
const with_photo = (place: number, subject?: string) => ({ ...written(place, subject), body: photo });
const bytes_of = async (body: unknown) => [...new Uint8Array(await (body as Blob).arrayBuffer())];

describe('files', () => {
  it('are sent as they are, with their own type', async () => {
    await send_or_keep(me, with_photo(1), server().send);
    const { send, requests } = server();
    await send_or_keep(me, with_photo(1), send);
    expect(requests[0]).toMatchObject({ type: 'image/jpeg' });
    expect(await bytes_of(requests[0]?.body)).toEqual([255, 216, 255, 224]);
  });

  it('wait with their bytes beside the list, after a reload too, and leave nothing behind', async () => {
    await keep(me, with_photo(1));
    await close_store();
    const [operation] = await list_operations();
    expect(operation).toMatchObject({ file: { type: 'image/jpeg', size: 4 } });
    expect(await bytes_of(await file_of(operation!))).toEqual([255, 216, 255, 224]);
    const { send, requests } = server();
    expect(await flush(me, 'wait', send)).toBe(1);
    expect(await bytes_of(requests[0]?.body)).toEqual([255, 216, 255, 224]);
    expect(await (await store()).count('files')).toBe(0);
  });

  it('go after what they belong to, and wait with it when it is refused', async () => {
    await keep(me, written(1, 'meeting'));
    await keep(me, with_photo(2, 'meeting'));
    const refusing = server({ '/api/things/1': 422 });
    await flush(me, 'wait', refusing.send);
    expect(paths(refusing.requests)).toEqual(['/api/things/1']);
    const [refused] = await list_operations();
    await try_again(refused!.sequence!);
    const { send, requests } = server();
    expect(await flush(me, 'wait', send)).toBe(2);
    expect(paths(requests)).toEqual(['/api/things/1', '/api/things/2']);
  });

  it('come back at their old place when throwing away is undone', async () => {
    await keep(me, with_photo(1, 'meeting'));
    await keep(me, written(2, 'meeting'));
    const [first] = await list_operations();
    const discarded = await discard(first!.sequence!);
    expect(await (await store()).count('files')).toBe(0);
    await put_back(discarded!);
    const { send, requests } = server();
    await flush(me, 'wait', send);
    expect(paths(requests)).toEqual(['/api/things/1', '/api/things/2']);
    expect(await bytes_of(requests[0]?.body)).toEqual([255, 216, 255, 224]);
  });
});

// A device without room: adding fails as long as the condition holds.
function without_room(is_full: () => Promise<boolean> | boolean) {
  const add = IDBObjectStore.prototype.add;
  let full = true;
  vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, ...given) {
    if (full) throw new DOMException('full', 'QuotaExceededError');
    return add.apply(this, given);
  });
  const clear = IDBObjectStore.prototype.delete;
  vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(function (this: IDBObjectStore, key) {
    if (this.name === 'readings') full = is_full() as boolean;
    return clear.call(this, key);
  });
}

describe('a device without room', () => {
  const reading = (key: string) => ({ key, account_id: me, value: 'old', read_at: 1 });
  beforeEach(async () => {
    for (const key of ['session', 'me units', 'me members'])
      await (await store()).put('readings', reading(key));
  });

  it('lets go what can be read again, and keeps the work', async () => {
    without_room(() => false);
    await keep(me, written(1));
    expect(await list_operations()).toHaveLength(1);
    expect(await (await store()).getAllKeys('readings')).toEqual(['session']);
  });

  it('says so when that is not enough, without having lost what waited', async () => {
    await keep(me, written(1));
    without_room(() => true);
    await expect(keep(me, with_photo(2))).rejects.toThrow(DeviceFull);
    expect(await (await store()).count('files')).toBe(0);
    expect(states(await list_operations())).toEqual(['/api/things/1 waiting']);
  });

  it('still sends at once while there is a network', async () => {
    without_room(() => true);
    expect(await send_or_keep(me, with_photo(1), server().send)).toMatchObject({ state: 'sent' });
  });
});
