import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { on_signed_out } from './api';
import { discard, flush, keep, list_operations, send_or_keep, try_again } from './outbox';
import { Refused } from './problem';
import { close_store, wipe_store, type Operation } from './store';

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
  const requests: { path: string; key: string; guard: string }[] = [];
  const send = vi.fn(async (input: RequestInfo | URL, init?: RequestInit) => {
    const headers = new Headers(init?.headers);
    requests.push({
      path: String(input),
      key: headers.get('idempotency-key') ?? '',
      guard: headers.get('x-groundwork') ?? '',
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
