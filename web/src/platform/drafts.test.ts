import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { set_account, type Account } from './account.svelte';
import { Draft } from './drafts.svelte';
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
