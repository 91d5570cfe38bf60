// What a person is writing, kept on the device while they write, so that a reload or an empty battery loses
// at most the last quarter of a second.
import { find_account } from './account.svelte';
import { closed, find_thing, store, write } from './store';

const pause_after_typing = 250;

export class Draft<T> {
  value = $state() as T;
  // False until the stored draft, if any, has been read.
  is_ready = $state(false);
  saved_at = $state<number | undefined>(undefined);

  #key: string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(key: string, empty: T) {
    this.#key = `${find_account()?.account_id ?? ''} ${key}`;
    this.value = empty;
  }

  async open(): Promise<void> {
    const kept = await find_thing('drafts', this.#key).catch(() => undefined);
    if (kept) {
      this.value = kept.value as T;
      this.saved_at = kept.saved_at;
    }
    this.is_ready = true;
  }

  // Saves after a pause in typing.
  save_soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), pause_after_typing);
  }

  async save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const saved_at = Date.now();
    const account_id = find_account()?.account_id ?? '';
    const value = $state.snapshot(this.value);
    const row = await closed('drafts', { key: this.#key, account_id, value, saved_at });
    await write((database) => database.put('drafts', row));
    this.saved_at = saved_at;
  }

  async save_if_pending(): Promise<void> {
    if (this.#timer !== undefined) await this.save();
  }

  // Forgets the draft, after it was sent or thrown away.
  async forget(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await (await store()).delete('drafts', this.#key);
    this.saved_at = undefined;
  }
}

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
    addEventListener('pagehide', leaving);
    document.addEventListener('visibilitychange', leaving);
    return () => {
      removeEventListener('pagehide', leaving);
      document.removeEventListener('visibilitychange', leaving);
      leaving();
    };
  });
  return draft;
}
