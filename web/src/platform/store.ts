// What the app keeps on the device, in IndexedDB: unsent work with its files, drafts, and answers read before. With a
// PIN all of it but whose it is goes through a seal first.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

export interface Operation {
  // Its place in the queue, given by the database.
  sequence?: number;
  // Made once and sent as Idempotency-Key, so that sending twice changes nothing twice.
  id: string;
  account_id: string;
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  // JSON, or a Blob that is sent as it is. Of what waits, the Blob is asked for by file_of: a list of photos stays light.
  body: unknown;
  file?: { type: string; size: number };
  // What the person will recognise it by, in the language it was written in.
  label: string;
  // Operations on the same subject wait for each other; a refused one holds back those behind it.
  subject: string;
  // The page on which the person can correct it when it was refused.
  page?: string;
  state: 'waiting' | 'refused';
  tries: number;
  // When it was last sent, in milliseconds since 1970; not there before the first time.
  tried_at?: number;
  created_at: number;
  not_before: number;
  problem?: import('./problem').Problem;
}

export interface Reading {
  key: string;
  account_id: string;
  value: unknown;
  read_at: number;
}

export interface StoredDraft {
  key: string;
  account_id: string;
  value: unknown;
  saved_at: number;
}

// Bytes only the holder of the key can read.
export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}
export interface Seal {
  close(bytes: Uint8Array<ArrayBuffer>): Promise<Sealed>;
  open(sealed: Sealed): Promise<ArrayBuffer>;
}

export interface KeptFile {
  id: string;
  account_id: string;
  bytes: ArrayBuffer;
}

// A row as it lies there: in the clear, or with its key and owner beside the sealed rest.
type Row<T> = T | (Partial<T> & { account_id: string; sealed: Sealed });

export interface Schema extends DBSchema {
  operations: { key: number; value: Row<Operation> };
  files: { key: string; value: Row<KeptFile> };
  drafts: { key: string; value: Row<StoredDraft> };
  readings: { key: string; value: Row<Reading> };
  // The one row of a device with a PIN; lock.ts knows what is in it.
  lock: { key: string; value: { key: string } & Record<string, unknown> };
}
type Contents = 'operations' | 'files' | 'drafts' | 'readings';
export const contents: readonly Contents[] = ['operations', 'files', 'drafts', 'readings'];

// There is no room left on the device, even after everything that can be read again was let go.
export class DeviceFull extends Error {
  constructor(options?: ErrorOptions) {
    super('There is no room left on the device.', options);
    this.name = 'DeviceFull';
  }
}

let opened: Promise<IDBPDatabase<Schema>> | undefined;

export function store(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('groundwork', 2, {
    upgrade(database, old) {
      if (old < 1) {
        database.createObjectStore('operations', { keyPath: 'sequence', autoIncrement: true });
        database.createObjectStore('drafts', { keyPath: 'key' });
        database.createObjectStore('readings', { keyPath: 'key' });
      }
      database.createObjectStore('files', { keyPath: 'id' });
      database.createObjectStore('lock', { keyPath: 'key' });
    },
    // Another tab wants a newer form of the store: let go, and open again at the next use.
    blocking() {
      void close_store();
    },
    terminated() {
      opened = undefined;
    },
  });
  // A failed opening may succeed next time, for example after the person frees space.
  opened.catch(() => (opened = undefined));
  return opened;
}

export async function close_store(): Promise<void> {
  const database = await opened;
  opened = undefined;
  database?.close();
}

let seal: Seal | 'locked' | undefined;

// From now on everything kept is sealed, and what was sealed can be read. Locked, nothing is read or written.
export const use_seal = (next: Seal | 'locked' | undefined): void => void (seal = next);

export const is_unsealed = (): boolean => typeof seal === 'object';

// How often the device was wiped: what was opened before may not be kept again after.
let wipes = 0;
export const count_wipes = (): number => wipes;

// By which field each kind of row is found. It stays in the clear beside the seal, as does the owner.
const key_of = { operations: 'sequence', files: 'id', drafts: 'key', readings: 'key' } as const;
interface Things {
  operations: Operation;
  files: KeptFile;
  drafts: StoredDraft;
  readings: Reading;
}

// A row as it is written. Bytes stay bytes; everything else is JSON under the seal.
export async function closed<W extends Contents>(
  where: W,
  thing: Things[W],
  by = seal,
): Promise<Row<Things[W]>> {
  if (!by) return thing;
  if (by === 'locked') throw new Error('The device is locked.');
  const bytes =
    'bytes' in thing ? new Uint8Array(thing.bytes) : new TextEncoder().encode(JSON.stringify(thing));
  const key = (thing as unknown as Record<string, unknown>)[key_of[where]];
  const open_part = key === undefined ? {} : { [key_of[where]]: key };
  return {
    ...(open_part as Partial<Things[W]>),
    account_id: thing.account_id,
    sealed: await by.close(bytes),
  };
}

// A row as it is used; undefined when there is none, or when it is sealed and the right key is not here.
export async function unclosed<W extends Contents>(
  where: W,
  row: Row<Things[W]> | undefined,
  by = seal,
): Promise<Things[W] | undefined> {
  if (!row || !('sealed' in row)) return row as Things[W] | undefined;
  const { sealed, ...rest } = row;
  const bytes = typeof by === 'object' ? await by.open(sealed).catch(() => undefined) : undefined;
  if (!bytes) return undefined;
  const inside = where === 'files' ? { bytes } : (JSON.parse(new TextDecoder().decode(bytes)) as object);
  return { ...inside, ...rest } as unknown as Things[W];
}

const full_listeners = new Set<(is_full: boolean) => void>();

// Calls back when something could not be kept for want of room, and when there is room again.
export const on_device_full = (listener: (is_full: boolean) => void): void =>
  void full_listeners.add(listener);

// A transaction that the browser breaks off is one for which there was no room: we never break one off.
const is_full = (error: unknown): boolean =>
  ['QuotaExceededError', 'AbortError'].includes((error as Error | undefined)?.name ?? '');

// Writes what must not be lost. When the device is full, answers read before make room: they can be read again.
export async function write<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  const attempt = async () => work(await store());
  try {
    const done = await attempt().catch(async (error: unknown) => {
      if (!is_full(error)) throw error;
      await forget_readings('but_session');
      return attempt();
    });
    full_listeners.forEach((listener) => listener(false));
    return done;
  } catch (error) {
    if (!is_full(error)) throw error;
    full_listeners.forEach((listener) => listener(true));
    throw new DeviceFull({ cause: error });
  }
}

// The account that is signed in stays; without it the app would not open without a network.
export const session_key = 'session';

export async function forget_readings(which: 'all' | 'but_session'): Promise<void> {
  const transaction = (await store()).transaction('readings', 'readwrite');
  for (const key of await transaction.store.getAllKeys())
    if (which === 'all' || key !== session_key) await transaction.store.delete(key);
  await transaction.done;
}

export async function find_thing<W extends Contents>(
  where: W,
  key: Schema[W]['key'],
): Promise<Things[W] | undefined> {
  const row = (await (await store()).get(where, key)) as Row<Things[W]> | undefined;
  return unclosed(where, row);
}

// Forgets everything on this device. For signing out on a shared phone.
export async function wipe_store(): Promise<void> {
  const database = await store();
  wipes++;
  const everything = [...contents, 'lock'] as const;
  const transaction = database.transaction(everything, 'readwrite');
  await Promise.all(everything.map((each) => transaction.objectStore(each).clear()));
  await transaction.done;
  use_seal(undefined);
}
