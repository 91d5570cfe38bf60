// Signing in and out, and staying signed in without a network.
import { find_account, set_account, type Account } from './account.svelte';
import { answer, api, on_signed_out, type Ending } from './api';
import { set_clock } from './clock.svelte';
import { is_online } from './connection.svelte';
import { device_name } from './device';
import { is_language, type Language } from './language';
import { Refused, Unreachable, was_ended } from './problem';
import { forget_old_readings } from './readings.svelte';
import {
  closed,
  find_thing,
  forget_readings,
  is_unsealed,
  session_key,
  store,
  use_seal,
  wipe_store,
} from './store';
import { use_language } from './texts.svelte';
import { send_as } from './waiting.svelte';

// 'unknown' until the first answer; 'unreachable' when there is neither an answer nor anything kept.
// 'locked': the device asks for its PIN; 'needs_pin': the unit wants one, and there is none yet.
export type SessionState = 'unknown' | 'signed_in' | 'signed_out' | 'unreachable' | 'locked' | 'needs_pin';

const session = $state<{ state: SessionState; ended: boolean; erased: boolean }>({
  state: 'unknown',
  ended: false,
  erased: false,
});

// Tabs share one cookie: when one signs in or out, the others ask anew who they are.
const channel =
  typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('groundwork-session');
channel?.addEventListener('message', () => void open_session());

export const session_state = (): SessionState => session.state;
// True when the person was signed in and the server ended it.
export const has_session_ended = (): boolean => session.ended;

// True when somebody ended the session from another device, and this one was wiped.
export const was_erased = (): boolean => session.erased;

async function enter(account: Account, told_at: number = Date.now()): Promise<void> {
  const owner = await find_lock_owner();
  // Somebody else's PIN closes this device: what they left must neither be read nor mixed with other work.
  if (owner !== undefined && owner !== account.account_id) return lock_session();
  set_account(account);
  set_clock(account.today, told_at);
  const lacks_pin = account.needs_pin && is_online() && owner === undefined;
  session.state = lacks_pin ? 'needs_pin' : 'signed_in';
  session.ended = session.erased = false;
  await send_as(account.account_id);
  // When the start is over: nobody waits for it.
  setTimeout(() => void forget_old_readings().catch(() => undefined), 10_000);
}

async function keep_account(account: Account): Promise<void> {
  const { account_id } = account;
  const row = await closed('readings', { key: session_key, account_id, value: account, read_at: Date.now() });
  await (await store()).put('readings', row).catch(() => undefined);
}

async function find_kept_account(): Promise<{ account: Account; told_at: number } | undefined> {
  const kept = await find_thing('readings', session_key).catch(() => undefined);
  return kept && { account: kept.value as Account, told_at: kept.read_at };
}

async function forget_kept_account(): Promise<void> {
  await store()
    .then((database) => database.delete('readings', session_key))
    .catch(() => undefined);
}

// Whose PIN closes this device; undefined when it has none.
const find_lock_owner = async (): Promise<string | undefined> =>
  store()
    .then((database) => database.get('lock', 'pin'))
    .then((row) => row?.account_id as string | undefined)
    .catch(() => undefined);

// Closes what the device keeps until the PIN is given.
export function lock_session(): void {
  // What is being written is saved while it still can be.
  document.dispatchEvent(new Event('visibilitychange'));
  use_seal('locked');
  session.state = 'locked';
  set_account(undefined);
  void send_as(undefined);
}

// As long as a session can last.
const longest_silence = 30 * 86_400_000;

// Asks who is signed in. Without an answer the person signed in last on this device stays so: what they write
// is kept, and the server checks their session when it is sent.
export async function open_session(): Promise<void> {
  if (!is_unsealed() && (await find_lock_owner()) !== undefined) return lock_session();
  try {
    const account = await answer(api.GET('/api/session'));
    if (is_language(account.language)) await use_language(account.language);
    await keep_account(account);
    await enter(account);
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 401) {
      await leave(was_ended(error.problem) ? 'ended' : 'ran_out');
      return;
    }
    const kept = await find_kept_account();
    // A month without a word from the server: what can be read again goes; what was written stays.
    if (kept && Date.now() - kept.told_at > longest_silence) {
      await forget_readings('all');
      session.state = 'unreachable';
      return;
    }
    if (kept) await enter(kept.account, kept.told_at);
    else
      session.state = error instanceof Unreachable || error instanceof Refused ? 'unreachable' : 'signed_out';
  }
}

// The password of this sign-in, for choosing a PIN right after it. Asked for once, then gone.
let given_password: string | undefined;
export function take_given_password(): string | undefined {
  const password = given_password;
  given_password = undefined;
  return password;
}

export async function sign_in(user_name: string, password: string): Promise<void> {
  await answer(api.POST('/api/session', { body: { user_name, password, device: device_name() } }));
  const account = await answer(api.GET('/api/session'));
  if (is_language(account.language)) await use_language(account.language);
  await keep_account(account);
  if (account.needs_pin) given_password = password;
  await enter(account);
  channel?.postMessage('changed');
}

async function leave(ending: Ending): Promise<void> {
  session.ended ||= session.state === 'signed_in';
  session.state = 'signed_out';
  set_account(undefined);
  if (ending === 'ended') {
    await erase_device();
    session.erased = true;
  } else await forget_kept_account();
  await send_as(undefined);
}

// A lost device, or one that somebody thinks lost: nothing of what it held may stay, the unsent included. The app
// itself comes anew from the server.
async function erase_device(): Promise<void> {
  await wipe_store();
  localStorage.clear();
  for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
  if (!('caches' in globalThis)) return;
  for (const name of await caches.keys()) await caches.delete(name);
}

// Asks the server, without opening anything, whether somebody ended the session of this locked device.
export async function ask_whether_ended(): Promise<void> {
  const ended = (error: unknown) => error instanceof Refused && was_ended(error.problem);
  await answer(api.GET('/api/session')).catch((error: unknown) =>
    ended(error) ? leave('ended') : undefined,
  );
}

// Forgets everything on this device, for somebody who cannot open it.
export async function start_afresh(): Promise<void> {
  await wipe_store();
  await open_session();
}

// Ends this session, or all of the person's sessions, and forgets everything kept on the device.
// The caller has asked the person first when unsent work would be lost.
export async function sign_out(reach: 'here' | 'everywhere'): Promise<void> {
  await answer(reach === 'here' ? api.DELETE('/api/session') : api.DELETE('/api/sessions'));
  session.state = 'signed_out';
  session.ended = false;
  set_account(undefined);
  // Only now: an answer that comes late finds nobody for whom to keep it.
  await wipe_store();
  await send_as(undefined);
  channel?.postMessage('changed');
}

// Uses a language now and, when signed in, from now on on every device.
export async function choose_language(language: Language): Promise<void> {
  await use_language(language);
  if (!find_account()) return;
  await answer(api.POST('/api/session/language', { body: { language } })).catch((error: unknown) => {
    // The choice holds on this device even when the server could not be told.
    if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
  });
}

on_signed_out((ending) => void on_ending(ending));

// A locked device stays locked when its session ran out: what it keeps still waits for the PIN.
async function on_ending(ending: Ending): Promise<void> {
  if (session.state !== 'locked' || ending === 'ended') await leave(ending);
}
