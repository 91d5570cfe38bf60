import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  address,
  ask_before_leaving,
  begin_routing,
  current_place,
  current_query,
  go,
  set_query,
  use_routes,
} from './router.svelte';

const page = { default: vi.fn() as never };
const scroll = vi.fn();
window.scrollTo = scroll as never;

beforeEach(async () => {
  use_routes([
    { pattern: '/', page: async () => page },
    { pattern: '/units/:unit_id', page: async () => page },
    { pattern: '/away', page: async () => Promise.reject(new TypeError('Failed to fetch')) },
  ]);
  await go('/', 'replace');
});

describe('go', () => {
  it('gives the page the parts of its address', async () => {
    await go('/units/Khu%C3%B4n?tab=story');
    expect(current_place()).toMatchObject({ pattern: '/units/:unit_id', parameters: { unit_id: 'Khuôn' } });
    expect(current_query().get('tab')).toBe('story');
    expect(location.pathname).toBe('/units/Khu%C3%B4n');
  });

  it('knows an address without a page from a page that could not be had', async () => {
    await go('/nowhere');
    expect(current_place()).toMatchObject({ page: undefined, is_missing: false });
    await go('/away');
    expect(current_place()).toMatchObject({ page: undefined, is_missing: true });
  });

  it('stays when the person does not want to leave', async () => {
    const stop = ask_before_leaving(() => false);
    await go('/units/1');
    expect(location.pathname).toBe('/');
    stop();
    await go('/units/1');
    expect(location.pathname).toBe('/units/1');
  });
});

describe('links', () => {
  it('open our own pages without leaving the app, and nothing else', async () => {
    await begin_routing();
    const link = document.createElement('a');
    document.body.append(link);
    const click = (href: string, init: MouseEventInit = {}) => {
      link.href = href;
      const event = new MouseEvent('click', { bubbles: true, cancelable: true, button: 0, ...init });
      // Stops jsdom from following the link itself; it runs after the router has decided.
      let is_ours = false;
      addEventListener(
        'click',
        (each) => {
          is_ours = each.defaultPrevented;
          each.preventDefault();
        },
        { once: true },
      );
      link.dispatchEvent(event);
      return is_ours;
    };
    expect(click('/units/2')).toBe(true);
    await vi.waitFor(() => expect(current_place().parameters).toEqual({ unit_id: '2' }));
    expect(click('/units/2', { ctrlKey: true })).toBe(false);
    expect(click('/healthz')).toBe(false);
    expect(click('https://example.org/units/2')).toBe(false);
  });
});

describe('set_query', () => {
  it('changes what is named and leaves out what is empty', async () => {
    await go('/?a=1&b=2');
    set_query({ a: '', c: '3' });
    await vi.waitFor(() => expect(location.search).toBe('?b=2&c=3'));
  });
});

describe('address', () => {
  it('fills a pattern in', () => {
    expect(address('/units/:unit_id', { unit_id: 'a/b' })).toBe('/units/a%2Fb');
  });
});
