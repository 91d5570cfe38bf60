// Signing in and out, and staying signed in without a network.
import { find_account, set_account, type Account } from './account.svelte';
import { answer, api, on_signed_out } from './api';
import { set_clock } from './clock.svelte';
import { device_name } from './device';
import { is_language, type Language } from './language';
import { Refused, Unreachable } from './problem';
import { closed, find_thing, session_key, store, wipe_store } from './store';
import { use_language } from './texts.svelte';
import { send_as } from './waiting.svelte';

// 'unknown' until the first answer; 'unreachable' when there is neither an answer nor anything kept.
export type SessionState = 'unknown' | 'signed_in' | 'signed_out' | 'unreachable';

const session = $state<{ state: SessionState; ended: boolean }>({ state: 'unknown', ended: false });

// Tabs share one cookie: when one signs in or out, the others ask anew who they are.
const channel =
  typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('groundwork-session');
channel?.addEventListener('message', () => void open_session());

export const session_state = (): SessionState => session.state;
// True when the person was signed in and the server ended it.
export const has_session_ended = (): boolean => session.ended;

async function enter(account: Account, told_at: number = Date.now()): Promise<void> {
  set_account(account);
  set_clock(account.today, told_at);
  session.state = 'signed_in';
  session.ended = false;
  await send_as(account.account_id);
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

// Asks who is signed in. Without an answer the person signed in last on this device stays so: what they write
// is kept, and the server checks their session when it is sent.
export async function open_session(): Promise<void> {
  try {
    const account = await answer(api.GET('/api/session'));
    if (is_language(account.language)) await use_language(account.language);
    await keep_account(account);
    await enter(account);
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 401) {
      await leave();
      return;
    }
    const kept = await find_kept_account();
    if (kept) await enter(kept.account, kept.told_at);
    else
      session.state = error instanceof Unreachable || error instanceof Refused ? 'unreachable' : 'signed_out';
  }
}

export async function sign_in(user_name: string, password: string): Promise<void> {
  await answer(api.POST('/api/session', { body: { user_name, password, device: device_name() } }));
  const account = await answer(api.GET('/api/session'));
  if (is_language(account.language)) await use_language(account.language);
  await keep_account(account);
  await enter(account);
  channel?.postMessage('changed');
}

async function leave(): Promise<void> {
  session.ended ||= session.state === 'signed_in';
  session.state = 'signed_out';
  set_account(undefined);
  await forget_kept_account();
  await send_as(undefined);
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

on_signed_out(() => void leave());
