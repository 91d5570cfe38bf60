// The outbox as the page shows it: what waits, what was refused, and the moments at which to send.
import { is_online } from './connection.svelte';
import { flush, list_operations, list_owners, on_outbox_change, type Pauses } from './outbox';
import { has_two_versions } from './problem';
import type { Operation } from './store';

const waiting = $state<{ operations: Operation[]; owners: string[]; sending: boolean }>({
  operations: [],
  owners: [],
  sending: false,
});

let account_id: string | undefined;

async function look(): Promise<void> {
  [waiting.operations, waiting.owners] = await Promise.all([
    list_operations().catch(() => []),
    list_owners().catch(() => []),
  ]);
}

export const waiting_operations = (): Operation[] =>
  waiting.operations.filter((operation) => operation.account_id === account_id);

// Work that somebody else left unsent on this device.
export const count_left_by_others = (): number =>
  waiting.owners.filter((owner) => owner !== account_id).length;

export const count_all_waiting = (): number => waiting.owners.length;
export const count_waiting = (): number => waiting_operations().length;
// The first piece of work of which the server has another version; the person puts the two together.
export const find_two_versions = (): Operation | undefined =>
  waiting_operations().find((operation) => has_two_versions(operation.problem));
export const count_refused = (): number =>
  waiting_operations().filter((operation) => operation.state === 'refused').length;
export const is_sending = (): boolean => waiting.sending;

let is_asked_again = false;

// Who asks while it is sending is served right after: the network may have come back in the middle.
export async function send_now(pauses: Pauses = 'skip'): Promise<void> {
  if (account_id === undefined) return;
  is_asked_again = true;
  if (waiting.sending) return;
  waiting.sending = true;
  try {
    while (is_asked_again && account_id !== undefined) {
      is_asked_again = false;
      await flush(account_id, pauses);
    }
  } finally {
    waiting.sending = false;
    await look();
  }
}

// Names the account whose work may be sent from now on; undefined after signing out.
export async function send_as(id: string | undefined): Promise<void> {
  account_id = id;
  await look();
  if (id !== undefined && is_online()) void send_now();
}

// Sends when the network returns, when the page is looked at again, once a minute, and when the browser wakes us.
export function send_by_itself(): () => void {
  const when_possible = (pauses: Pauses) => {
    const is_waiting = waiting_operations().some((operation) => operation.state === 'waiting');
    if (is_online() && is_waiting) void send_now(pauses);
  };
  const when_seen = () => {
    if (!document.hidden) when_possible('skip');
  };
  const when_woken = (event: MessageEvent) => {
    if (event.data === 'flush') when_possible('skip');
  };
  // The event may come before the connection state of the page has turned.
  const when_online = () => setTimeout(() => when_possible('skip'), 50);
  const forget = on_outbox_change(() => void look());
  addEventListener('online', when_online);
  document.addEventListener('visibilitychange', when_seen);
  navigator.serviceWorker?.addEventListener('message', when_woken);
  const every_minute = setInterval(() => when_possible('wait'), 60_000);
  return () => {
    forget();
    removeEventListener('online', when_online);
    document.removeEventListener('visibilitychange', when_seen);
    navigator.serviceWorker?.removeEventListener('message', when_woken);
    clearInterval(every_minute);
  };
}
