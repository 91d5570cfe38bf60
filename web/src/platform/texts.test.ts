import { describe, expect, it } from 'vitest';
import { find_text, language_of_device, t, use_language } from './texts.svelte';

describe('t', () => {
  it('follows the plural rules of each language', async () => {
    await use_language('en');
    expect(t('app.sync_waiting', { n: 1 })).toBe('1 item waiting');
    expect(t('app.sync_waiting', { n: 1200 })).toBe('1,200 items waiting');
    await use_language('vi');
    expect(t('app.sync_waiting', { n: 1200 })).toBe('1.200 mục chờ gửi');
    await use_language('hi');
    expect(t('app.sync_waiting', { n: 1 })).toBe('1 भेजना बाकी');
  });

  it('tells the page its language', async () => {
    await use_language('hi');
    expect(document.documentElement.lang).toBe('hi');
    expect(language_of_device()).toBe('hi');
  });
});

describe('find_text', () => {
  it('finds a text by a key made at run time, or nothing', async () => {
    await use_language('en');
    expect(find_text(`ui.class_${'good'}`)).toBe('Good');
    expect(find_text('ui.class_unheard_of')).toBeUndefined();
  });
});
