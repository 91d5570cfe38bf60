// What a person is writing, kept on the device while they write, so that a reload or an empty battery loses
// at most the last quarter of a second.
import { find_account } from './account.svelte';
import { closed, count_wipes, find_thing, store, write } from './store';

const pause_after_typing = 250;
const pause_after_refusal = 5_000;

const with_new_fields = <T>(empty: T, kept: T): T =>
  typeof empty === 'object' && empty !== null && !Array.isArray(empty) ? { ...empty, ...kept } : kept;

// What the device refused to keep, while the app is open: who comes back to the page finds it there.
const refused = new Map<string, Draft<unknown>>();

export class Draft<T> {
  value = $state() as T;
  // False until the stored draft, if any, has been read.
  is_ready = $state(false);
  saved_at = $state<number | undefined>(undefined);
  // The device refused to keep what is written, mostly because it is full. It stays on the page and is tried again.
  is_refused = $state(false);

  #key: string;
  #wipes = count_wipes();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(key: string, empty: T) {
    this.#key = `${find_account()?.account_id ?? ''} ${key}`;
    this.value = empty;
  }

  async open(): Promise<void> {
    const left = refused.get(this.#key);
    if (left) {
      left.stop();
      this.value = $state.snapshot(left.value) as T;
      this.is_refused = true;
      this.is_ready = true;
      this.save_soon();
      return;
    }
    const kept = await find_thing('drafts', this.#key).catch(() => undefined);
    if (kept) {
      // What a newer form of the app added to the draft begins empty.
      this.value = with_new_fields(this.value, kept.value as T);
      this.saved_at = kept.saved_at;
    }
    this.is_ready = true;
  }

  // Leaves the saving to another.
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  // Saves after a pause in typing.
  save_soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), pause_after_typing);
  }

  async save(): Promise<void> {
    this.stop();
    if (this.#wipes !== count_wipes()) return;
    const saved_at = Date.now();
    // Whose it is stands in the key: somebody may just have been signed out.
    const account_id = this.#key.split(' ', 1)[0]!;
    const value = $state.snapshot(this.value);
    try {
      const row = await closed('drafts', { key: this.#key, account_id, value, saved_at });
      await write((database) => database.put('drafts', row));
    } catch {
      this.is_refused = true;
      refused.set(this.#key, this as Draft<unknown>);
      this.#timer ??= setTimeout(() => void this.save(), pause_after_refusal);
      return;
    }
    this.is_refused = false;
    refused.delete(this.#key);
    this.saved_at = saved_at;
  }

  async save_if_pending(): Promise<void> {
    if (this.#timer !== undefined) await this.save();
  }

  // Forgets the draft, after it was sent or thrown away.
  async forget(): Promise<void> {
    this.stop();
    refused.delete(this.#key);
    await (await store()).delete('drafts', this.#key);
    this.saved_at = undefined;
    this.is_refused = false;
  }
}

const own_key = (key: string): string => `${find_account()?.account_id ?? ''} ${key}`;

// Keys of the drafts of this person that begin with a word, without the person.
export async function list_drafts(word: string): Promise<string[]> {
  const own = own_key('');
  const keys = await store()
    .then((database) => database.getAllKeys('drafts'))
    .catch(() => []);
  return keys.filter((key) => key.startsWith(`${own}${word} `)).map((key) => key.slice(own.length));
}

// Files that belong to a draft, kept beside it so that typing does not write them again. Refused as DeviceFull when
// there is no room.
export async function keep_file(id: string, file: Blob): Promise<void> {
  const account_id = find_account()?.account_id ?? '';
  const row = await closed('files', { id, account_id, bytes: await file.arrayBuffer() });
  await write((database) => database.put('files', row));
}

export async function find_file(id: string, type: string): Promise<Blob | undefined> {
  const kept = await find_thing('files', id);
  return kept && new Blob([kept.bytes], { type });
}

export const forget_file = async (id: string): Promise<void> => (await store()).delete('files', id);

// A draft that saves itself while the calling component is shown.
export function use_draft<T>(key: string, empty: T): Draft<T> {
  const draft = new Draft(key, empty);
  let seen = false;
  void draft.open();
  $effect(() => {
    if (!draft.is_ready) return;
    // Reads every field, so that a change to any of them is noticed.
    $state.snapshot(draft.value);
    if (seen) draft.save_soon();
    seen = true;
  });
  $effect(() => {
    const leaving = () => void draft.save_if_pending();
    // Who leaves while the device refuses to keep it would lose it, and is asked first.
    const warning = (event: BeforeUnloadEvent) => {
      if (draft.is_refused) event.preventDefault();
    };
    addEventListener('pagehide', leaving);
    addEventListener('beforeunload', warning);
    document.addEventListener('visibilitychange', leaving);
    return () => {
      removeEventListener('pagehide', leaving);
      removeEventListener('beforeunload', warning);
      document.removeEventListener('visibilitychange', leaving);
      leaving();
    };
  });
  return draft;
}
