import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { set_account, type Account } from './account.svelte';
import { Draft, find_file, forget_file, keep_file, list_drafts } from './drafts.svelte';
import { close_store, wipe_store } from './store';

beforeEach(async () => {
  await wipe_store();
  set_account({ account_id: 'a1', permissions: [] as never[] } as unknown as Account);
});
afterEach(close_store);

const opened = async (key: string) => {
  const draft = new Draft(key, { text: '' });
  await draft.open();
  return draft;
};

it('is there again after a reload', async () => {
  const draft = await opened('meeting-1');
  draft.value.text = 'Đổ bê tông 420 m đường';
  await draft.save();
  expect((await opened('meeting-1')).value).toEqual({ text: 'Đổ bê tông 420 m đường' });
  expect((await opened('meeting-2')).value).toEqual({ text: '' });
});

it('saves by itself after a pause in typing', async () => {
  const draft = await opened('meeting-1');
  draft.value.text = 'a';
  draft.save_soon();
  draft.value.text = 'ab';
  draft.save_soon();
  await vi.waitFor(() => expect(draft.saved_at).toBeDefined());
  expect((await opened('meeting-1')).value.text).toBe('ab');
});

it('saves at once when the page goes away', async () => {
  const draft = await opened('meeting-1');
  draft.value.text = 'a';
  draft.save_soon();
  await draft.save_if_pending();
  expect((await opened('meeting-1')).value.text).toBe('a');
});

it('is gone after it was sent', async () => {
  const draft = await opened('meeting-1');
  draft.value.text = 'a';
  await draft.save();
  await draft.forget();
  expect((await opened('meeting-1')).value.text).toBe('');
});

it('belongs to the person who wrote it', async () => {
  const draft = await opened('meeting-1');
  draft.value.text = 'a';
  await draft.save();
  set_account({ account_id: 'a2', permissions: [] as never[] } as unknown as Account);
  expect((await opened('meeting-1')).value.text).toBe('');
});

it('stays while the device is full, is tried again, and is there for who comes back to the page', async () => {
  const draft = await opened('meeting-1');
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('There is no room.', 'QuotaExceededError');
  });
  draft.value.text = 'Đổ bê tông';
  await draft.save();
  expect(draft.is_refused).toBe(true);
  const again = await opened('meeting-1');
  expect(again.value).toEqual({ text: 'Đổ bê tông' });
  expect(again.is_refused).toBe(true);
  full.mockRestore();
  await again.save();
  expect(again.is_refused).toBe(false);
  expect((await opened('meeting-1')).value).toEqual({ text: 'Đổ bê tông' });
});

it('has the fields that a newer form of the app added', async () => {
  const old = await opened('meeting-1');
  old.value.text = 'a';
  await old.save();
  const newer = new Draft('meeting-1', { text: '', photos: [] as string[] });
  await newer.open();
  expect(newer.value).toEqual({ text: 'a', photos: [] });
});

it('keeps files beside it, and names the drafts of a word', async () => {
  await keep_file('photo-1', new Blob(['abc'], { type: 'image/webp' }));
  const file = await find_file('photo-1', 'image/webp');
  expect([file?.type, file?.size]).toEqual(['image/webp', 3]);
  await forget_file('photo-1');
  expect(await find_file('photo-1', 'image/webp')).toBeUndefined();
  await (await opened('record M1')).save();
  await (await opened('records M2')).save();
  expect(await list_drafts('record')).toEqual(['record M1']);
});
