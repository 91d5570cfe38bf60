// What the app keeps on the device, in IndexedDB: unsent work, drafts, and answers read before.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

export interface Operation {
  // Its place in the queue, given by the database.
  sequence?: number;
  // Made once and sent as Idempotency-Key, so that sending twice changes nothing twice.
  id: string;
  account_id: string;
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body: unknown;
  // What the person will recognise it by, in the language it was written in.
  label: string;
  // Operations on the same subject wait for each other; a refused one holds back those behind it.
  subject: string;
  // The page on which the person can correct it when it was refused.
  page?: string;
  state: 'waiting' | 'refused';
  tries: number;
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

interface Schema extends DBSchema {
  operations: { key: number; value: Operation };
  drafts: { key: string; value: StoredDraft };
  readings: { key: string; value: Reading };
}

let opened: Promise<IDBPDatabase<Schema>> | undefined;

export function store(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('groundwork', 1, {
    upgrade(database) {
      database.createObjectStore('operations', { keyPath: 'sequence', autoIncrement: true });
      database.createObjectStore('drafts', { keyPath: 'key' });
      database.createObjectStore('readings', { keyPath: 'key' });
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

// Forgets everything on this device. For signing out on a shared phone.
export async function wipe_store(): Promise<void> {
  const database = await store();
  const transaction = database.transaction(['operations', 'drafts', 'readings'], 'readwrite');
  await Promise.all([
    transaction.objectStore('operations').clear(),
    transaction.objectStore('drafts').clear(),
    transaction.objectStore('readings').clear(),
    transaction.done,
  ]);
}
