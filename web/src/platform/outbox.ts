// Work on its way to the server. Everything a person writes on the phone passes here: it is sent at once when
// that is possible, and otherwise kept, in order, until it is. Nothing leaves the queue but by being accepted,
// or by the person's own decision.
import { request_headers, tell_signed_out } from './api';
import { may_pass_later, problem_of, Refused, type Problem } from './problem';
import { store, type Operation } from './store';

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

// All operations on this device in the order of writing, those of other people included.
export const list_operations = async (): Promise<Operation[]> => (await store()).getAll('operations');

export async function keep(
  account_id: string,
  written: Draftable,
  id: string = crypto.randomUUID(),
): Promise<string> {
  const operation: Operation = {
    ...written,
    id,
    account_id,
    state: 'waiting',
    tries: 0,
    created_at: Date.now(),
    not_before: 0,
  };
  await (await store()).add('operations', operation);
  tell_change();
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
  const database = await store();
  const held_back = new Set<string>();
  let accepted = 0;
  for (const operation of await database.getAll('operations')) {
    if (operation.account_id !== account_id) continue;
    if (operation.state === 'refused') {
      held_back.add(operation.subject);
      continue;
    }
    if (held_back.has(operation.subject)) continue;
    if (pauses === 'wait' && operation.not_before > now) break;
    const outcome = await attempt(operation, send);
    if (outcome.kind === 'accepted') {
      await database.delete('operations', operation.sequence!);
      accepted++;
    } else if (outcome.kind === 'refused') {
      held_back.add(operation.subject);
      await database.put('operations', { ...operation, state: 'refused', problem: outcome.problem });
    } else {
      const pause = Math.min(longest_pause, first_pause * 2 ** operation.tries);
      // Signing in again is the cure for a lost session, not waiting.
      const not_before = outcome.kind === 'signed_out' ? 0 : now + pause;
      await database.put('operations', { ...operation, tries: operation.tries + 1, not_before });
    }
    tell_change();
    if (outcome.kind === 'signed_out') tell_signed_out();
    if (outcome.kind === 'signed_out' || outcome.kind === 'later') break;
  }
  return accepted;
}

type Outcome =
  | { kind: 'accepted'; body: unknown }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'later' }
  | { kind: 'signed_out' };

async function attempt(
  operation: Pick<Operation, 'id' | 'method' | 'path' | 'body'>,
  send: typeof fetch,
): Promise<Outcome> {
  let response: Response;
  try {
    response = await send(operation.path, {
      method: operation.method,
      headers: { ...request_headers(operation.method, operation.id), 'content-type': 'application/json' },
      body: operation.body === undefined ? undefined : JSON.stringify(operation.body),
    });
  } catch {
    return { kind: 'later' };
  }
  if (response.ok) return { kind: 'accepted', body: await response.json().catch(() => undefined) };
  if (response.status === 401) return { kind: 'signed_out' };
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
  if ((await list_operations()).some(is_before)) await flush(account_id, 'skip', send);
  if ((await list_operations()).some(is_before)) {
    await keep(account_id, written, id);
    return { state: 'kept' };
  }
  const outcome = await attempt({ ...written, id }, send);
  if (outcome.kind === 'accepted') return { state: 'sent', answer: outcome.body as T };
  if (outcome.kind === 'refused') throw new Refused(outcome.problem);
  await keep(account_id, written, id);
  if (outcome.kind === 'signed_out') tell_signed_out();
  return { state: 'kept' };
}

// Lets a refused or pausing operation be tried again at once.
export async function try_again(sequence: number): Promise<void> {
  const database = await store();
  const operation = await database.get('operations', sequence);
  if (!operation) return;
  const { problem: _, ...rest } = operation;
  await database.put('operations', { ...rest, state: 'waiting', tries: 0, not_before: 0 });
  tell_change();
}

// Throws one operation away. Only a person decides this.
export async function discard(sequence: number): Promise<void> {
  await (await store()).delete('operations', sequence);
  tell_change();
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
