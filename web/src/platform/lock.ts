// The lock of a device with a PIN. Everything kept is sealed with a key made by chance (AES-GCM); that key lies on the
// device twice, sealed once under the PIN (PBKDF2) and once under what the server gives for the password. Open, it is in
// memory only. Reasons: docs/decisions/0043-a-pin-on-the-phone.md.
import { closed, contents, store, unclosed, use_seal, type Seal, type Sealed } from './store';

export const shortest_pin = 6;
export const pause_after_tries = 5;
export const most_tries = 10;
const iterations = 600_000;
const row_key = 'pin';
const minutes_away = 5;

export interface LockRow {
  key: string;
  account_id: string;
  user_name: string;
  salt: Uint8Array<ArrayBuffer>;
  iterations: number;
  // Gone after too many wrong tries: then only the password opens.
  by_pin?: Sealed;
  by_password: Sealed;
  tries: number;
  // No further try before this moment.
  not_before: number;
}

export const can_lock = (): boolean => globalThis.crypto?.subtle !== undefined;

export const find_lock = async (): Promise<LockRow | undefined> =>
  (await (await store()).get('lock', row_key)) as LockRow | undefined;

const put_lock = async (row: LockRow): Promise<void> => {
  await (await store()).put('lock', { ...row });
};

let key: CryptoKey | undefined;

const as_key = (bytes: ArrayBuffer | Uint8Array<ArrayBuffer>, extractable = false): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, 'AES-GCM', extractable, ['encrypt', 'decrypt']);

async function key_of_pin(pin: string, salt: Uint8Array<ArrayBuffer>, count: number): Promise<CryptoKey> {
  const typed = new TextEncoder().encode(pin.normalize('NFKC'));
  const material = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: count };
  return as_key(await crypto.subtle.deriveBits(how, material, 256));
}

// What the server gives has 256 random bits already; it only needs the form of a key.
const key_of_recovery = async (recovery_key: string): Promise<CryptoKey> =>
  as_key(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(recovery_key)));

function seal_with(by: CryptoKey): Seal {
  return {
    async close(bytes) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, by, bytes) };
    },
    open: ({ iv, bytes }) => crypto.subtle.decrypt({ name: 'AES-GCM', iv }, by, bytes),
  };
}

async function wrapped(by: CryptoKey, inner: CryptoKey): Promise<Sealed> {
  const raw = await crypto.subtle.exportKey('raw', inner);
  return seal_with(by).close(new Uint8Array(raw));
}

const unwrapped = async (by: CryptoKey, sealed: Sealed): Promise<CryptoKey> =>
  as_key(await seal_with(by).open(sealed), true);

// Writes every row anew: under `next`, or in the clear. Rows that cannot be opened, somebody else's, stay as they are.
async function rewrite(before: Seal | undefined, next: Seal | undefined): Promise<void> {
  const database = await store();
  for (const where of contents) {
    for (const row of await database.getAll(where)) {
      const thing = await unclosed(where, row as never, before);
      if (thing) await database.put(where, (await closed(where, thing as never, next)) as never);
    }
  }
}

const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('groundwork-lock');

async function open_with(next: CryptoKey): Promise<void> {
  key = next;
  const seal = seal_with(next);
  use_seal(seal);
  // Whatever another tab may have written before it knew of the PIN.
  await rewrite(seal, seal);
  watch();
}

// Chooses a PIN, or another one. What is kept is sealed from here on. Other tabs begin anew and ask for it.
export async function set_pin(
  pin: string,
  recovery_key: string,
  account: { account_id: string; user_name: string },
): Promise<void> {
  const inner = key ?? (await as_key(crypto.getRandomValues(new Uint8Array(32)), true));
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const { account_id, user_name } = account;
  await put_lock({
    key: row_key,
    account_id,
    user_name,
    salt,
    iterations,
    by_pin: await wrapped(await key_of_pin(pin, salt, iterations), inner),
    by_password: await wrapped(await key_of_recovery(recovery_key), inner),
    tries: 0,
    not_before: 0,
  });
  await open_with(inner);
  channel?.postMessage('changed');
}

export type Try =
  | { outcome: 'open' }
  | { outcome: 'wrong'; tries_left: number; not_before: number }
  | { outcome: 'wait'; not_before: number }
  // Too many: what can be read again is gone, what was written waits for the password.
  | { outcome: 'erased' };

export async function try_pin(pin: string, now: number = Date.now()): Promise<Try> {
  const row = await find_lock();
  if (!row) return { outcome: 'open' };
  if (!row.by_pin) return { outcome: 'erased' };
  if (row.not_before > now) return { outcome: 'wait', not_before: row.not_before };
  // Counted before it is known to be wrong: ending the app in between gives no further try.
  const tries = row.tries + 1;
  await put_lock({ ...row, tries });
  const inner = await unwrapped(await key_of_pin(pin, row.salt, row.iterations), row.by_pin).catch(
    () => undefined,
  );
  if (inner) {
    await put_lock({ ...row, tries: 0, not_before: 0 });
    await open_with(inner);
    return { outcome: 'open' };
  }
  if (tries >= most_tries) {
    const { by_pin: _, ...rest } = row;
    await (await store()).clear('readings');
    await put_lock({ ...rest, tries });
    return { outcome: 'erased' };
  }
  const pause = tries < pause_after_tries ? 0 : 30_000 * 2 ** (tries - pause_after_tries);
  const not_before = pause === 0 ? 0 : now + pause;
  await put_lock({ ...row, tries, not_before });
  return { outcome: 'wrong', tries_left: most_tries - tries, not_before };
}

// Opens with what the server gave for the password, and chooses the next PIN. False when the device is somebody else's.
export async function recover(
  pin: string,
  recovery_key: string,
  account: { account_id: string; user_name: string },
): Promise<boolean> {
  const row = await find_lock();
  if (!row || row.account_id !== account.account_id) return false;
  key = await unwrapped(await key_of_recovery(recovery_key), row.by_password);
  await set_pin(pin, recovery_key, account);
  return true;
}

// Takes the PIN away: everything is kept in the clear again. The device must be open.
export async function remove_pin(): Promise<void> {
  if (!key) throw new Error('The device is locked.');
  const before = seal_with(key);
  use_seal(undefined);
  await rewrite(before, undefined);
  await (await store()).delete('lock', row_key);
  key = undefined;
  channel?.postMessage('changed');
}

let lock_now: (() => void) | undefined;
let is_watching = false;

// What closes the app when nobody has looked at it for a while.
export const on_away = (act: () => void): void => void (lock_now = act);

function close(): void {
  if (!key) return;
  key = undefined;
  lock_now?.();
}

function watch(): void {
  if (is_watching) return;
  is_watching = true;
  let left_at = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    const pause = minutes_away * 60_000;
    if (document.hidden) {
      left_at = Date.now();
      timer = setTimeout(close, pause);
    } else if (left_at > 0 && Date.now() - left_at >= pause) close();
    else left_at = 0;
  });
}

// Another tab chose, changed or removed the PIN: begin anew, so that nothing is read or written in the old way.
channel?.addEventListener('message', () => location.reload());
