// Work on its way to the server. Everything a person writes on the phone passes here: it is sent at once when
// that is possible, and otherwise kept, in order, until it is. Nothing leaves the queue but by being accepted,
// or by the person's own decision.
import { request_headers, tell_signed_out } from './api';
import { hear_server_time } from './clock.svelte';
import { has_two_versions, may_pass_later, problem_of, Refused, type Problem } from './problem';
import { closed, find_thing, store, unclosed, write, type Operation } from './store';

export type Draftable = Pick<Operation, 'method' | 'path' | 'body' | 'label' | 'subject' | 'page'>;

const longest_pause = 5 * 60_000;
const first_pause = 2_000;

const listeners = new Set<() => void>();
const channel =
  typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('groundwork-outbox');
channel?.addEventListener('message', () => listeners.forEach((listener) => listener()));

// Calls back whenever the queue changed, in this tab or another.
export function on_outbox_change(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell_change(): void {
  listeners.forEach((listener) => listener());
  channel?.postMessage('changed');
}

// What waits on this device in the order of writing, that of other people included. What is sealed and cannot be
// opened now is left out.
export async function list_operations(): Promise<Operation[]> {
  const rows = await (await store()).getAll('operations');
  const operations = await Promise.all(rows.map((row) => unclosed('operations', row)));
  return operations.filter((each) => each !== undefined);
}

// Whose work waits, one entry for each piece, sealed ones included.
export const list_owners = async (): Promise<string[]> =>
  (await (await store()).getAll('operations')).map((row) => row.account_id);

// The file that an operation carries.
export async function file_of(operation: Operation): Promise<Blob | undefined> {
  if (!operation.file) return undefined;
  const kept = await find_thing('files', operation.id);
  return kept && new Blob([kept.bytes], { type: operation.file.type });
}

export async function keep(
  account_id: string,
  written: Draftable,
  id: string = crypto.randomUUID(),
  refused_by?: Problem,
): Promise<string> {
  const { body, ...rest } = written;
  const operation: Operation = {
    ...rest,
    body: body instanceof Blob ? undefined : body,
    ...(body instanceof Blob ? { file: { type: body.type, size: body.size } } : {}),
    id,
    account_id,
    state: refused_by ? 'refused' : 'waiting',
    ...(refused_by ? { problem: refused_by } : {}),
    tries: refused_by ? 1 : 0,
    ...(refused_by ? { tried_at: Date.now() } : {}),
    created_at: Date.now(),
    not_before: 0,
  };
  await add(operation, body instanceof Blob ? await body.arrayBuffer() : undefined);
  void navigator.storage?.persist?.();
  // Where the browser can wake us when the network returns, ask for it.
  void navigator.serviceWorker?.ready
    .then((registration) =>
      (
        registration as ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }
      ).sync?.register('outbox'),
    )
    .catch(() => undefined);
  return id;
}

async function add(operation: Operation, bytes: ArrayBuffer | undefined): Promise<void> {
  // A transaction does not wait for the seal, so all is sealed before it begins.
  const row = await closed('operations', operation);
  const file =
    bytes && (await closed('files', { id: operation.id, account_id: operation.account_id, bytes }));
  await write(async (database) => {
    const transaction = database.transaction(['operations', 'files'], 'readwrite');
    await Promise.all([
      transaction.objectStore('operations').add(row),
      file && transaction.objectStore('files').put(file),
      transaction.done,
    ]);
  });
  tell_change();
}

// Puts back what a person has just thrown away, at its old place.
export async function put_back({ operation, file }: Discarded): Promise<void> {
  await add(operation, file && (await file.arrayBuffer()));
}

async function change(operation: Operation): Promise<void> {
  const row = await closed('operations', operation);
  await write((database) => database.put('operations', row));
}

async function remove(operation: Pick<Operation, 'sequence' | 'id'>): Promise<void> {
  const transaction = (await store()).transaction(['operations', 'files'], 'readwrite');
  await Promise.all([
    transaction.objectStore('operations').delete(operation.sequence!),
    transaction.objectStore('files').delete(operation.id),
    transaction.done,
  ]);
}

// Whether to wait out the pause after a failed try. When the network has just returned there is no reason to.
export type Pauses = 'wait' | 'skip';

// Sends what is due for this account and returns how many were accepted. Runs once at a time over all tabs.
export function flush(
  account_id: string,
  pauses: Pauses,
  send: typeof fetch = fetch,
  now: number = Date.now(),
): Promise<number> {
  return alone(() => send_in_order(account_id, pauses, send, now));
}

async function send_in_order(
  account_id: string,
  pauses: Pauses,
  send: typeof fetch,
  now: number,
): Promise<number> {
  const held_back = new Set<string>();
  let accepted = 0;
  for (const operation of await list_operations()) {
    if (operation.account_id !== account_id) continue;
    if (operation.state === 'refused') {
      held_back.add(operation.subject);
      continue;
    }
    if (held_back.has(operation.subject)) continue;
    if (pauses === 'wait' && operation.not_before > now) break;
    const body = operation.file ? await file_of(operation) : operation.body;
    const outcome = await attempt({ ...operation, body }, send);
    const tried = { ...operation, tries: operation.tries + 1, tried_at: now };
    if (outcome.kind === 'accepted') {
      await remove(operation);
      accepted++;
    } else if (outcome.kind === 'refused') {
      held_back.add(operation.subject);
      await change({ ...tried, state: 'refused', problem: outcome.problem });
    } else {
      const pause = Math.min(longest_pause, first_pause * 2 ** operation.tries);
      // Signing in again is the cure for a lost session, not waiting.
      const not_before = outcome.kind === 'signed_out' ? 0 : now + pause;
      await change({ ...tried, not_before });
    }
    tell_change();
    if (outcome.kind === 'signed_out') await tell_signed_out(outcome.response);
    if (outcome.kind === 'signed_out' || outcome.kind === 'later') break;
  }
  return accepted;
}

type Outcome =
  | { kind: 'accepted'; body: unknown }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'later' }
  | { kind: 'signed_out'; response: Response };

async function attempt(
  operation: Pick<Operation, 'id' | 'method' | 'path' | 'body'>,
  send: typeof fetch,
): Promise<Outcome> {
  let response: Response;
  const { body } = operation;
  const type = body instanceof Blob ? body.type || 'application/octet-stream' : 'application/json';
  const asked_at = Date.now();
  try {
    response = await send(operation.path, {
      method: operation.method,
      headers: { ...request_headers(operation.method, operation.id), 'content-type': type },
      body: body === undefined || body instanceof Blob ? body : JSON.stringify(body),
    });
  } catch {
    return { kind: 'later' };
  }
  hear_server_time(response.headers.get('date'), asked_at, Date.now());
  if (response.ok) return { kind: 'accepted', body: await response.json().catch(() => undefined) };
  if (response.status === 401) return { kind: 'signed_out', response };
  if (may_pass_later(response.status)) return { kind: 'later' };
  return { kind: 'refused', problem: await problem_of(response) };
}

export type Sending<T> = { state: 'sent'; answer: T } | { state: 'kept' };

// Sends one piece of work now, behind all that already waits on its subject. A refusal is thrown as Refused, so
// that a form can show it and nothing wrong is queued; without an answer the work is kept and sent later.
export async function send_or_keep<T>(
  account_id: string,
  written: Draftable,
  send: typeof fetch = fetch,
): Promise<Sending<T>> {
  const id = crypto.randomUUID();
  const is_before = (each: Operation) => each.account_id === account_id && each.subject === written.subject;
  // A store that cannot be opened holds nothing that would have to go first.
  const has_before = async () => (await list_operations().catch(() => [])).some(is_before);
  if (await has_before()) await flush(account_id, 'skip', send);
  if (await has_before()) {
    await keep(account_id, written, id);
    return { state: 'kept' };
  }
  const outcome = await attempt({ ...written, id }, send);
  if (outcome.kind === 'accepted') return { state: 'sent', answer: outcome.body as T };
  const is_refused = outcome.kind === 'refused';
  // Two versions wait for the person to put them together; anything else wrong is shown in the form.
  if (is_refused && !has_two_versions(outcome.problem)) throw new Refused(outcome.problem);
  await keep(account_id, written, id, is_refused ? outcome.problem : undefined);
  if (outcome.kind === 'signed_out') await tell_signed_out(outcome.response);
  return { state: 'kept' };
}

export const find_operation = (sequence: number): Promise<Operation | undefined> =>
  find_thing('operations', sequence);

// Lets a refused or pausing operation be tried again at once.
export async function try_again(sequence: number): Promise<void> {
  const operation = await find_operation(sequence);
  if (!operation) return;
  const { problem: _, ...rest } = operation;
  await change({ ...rest, state: 'waiting', tries: 0, not_before: 0 });
  tell_change();
}

// Sends something else in the place of an operation, so that what stands behind it on the same subject still follows.
export async function replace(
  operation: Operation,
  by: Pick<Operation, 'method' | 'path' | 'body'>,
): Promise<void> {
  const { problem: _, tried_at: __, ...rest } = operation;
  const id = crypto.randomUUID();
  await change({ ...rest, ...by, id, state: 'waiting', tries: 0, not_before: 0 });
  tell_change();
}

export interface Discarded {
  operation: Operation;
  file: Blob | undefined;
}

// Throws one operation away and hands it to whoever may want to put it back. Only a person decides this.
export async function discard(sequence: number): Promise<Discarded | undefined> {
  const operation = await find_operation(sequence);
  if (!operation) return undefined;
  const file = await file_of(operation);
  await remove(operation);
  tell_change();
  return { operation, file };
}

let running: Promise<unknown> = Promise.resolve();

// One sender at a time: a lock over all tabs where the browser has locks, and a queue within this tab.
function alone<T>(work: () => Promise<T>): Promise<T> {
  const turn = running.then(() =>
    navigator.locks ? (navigator.locks.request('groundwork-outbox', work) as Promise<T>) : work(),
  );
  running = turn.catch(() => undefined);
  return turn;
}
