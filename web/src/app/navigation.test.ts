import { describe, expect, it } from 'vitest';
import House from '@lucide/svelte/icons/house';
import { current_entry, type Entry } from './navigation';

const entry = (path: string, also?: string[]): Entry => ({ path, also, title: 'app.today', icon: House });

describe('the current entry', () => {
  const entries = [entry('/'), entry('/visits', ['/findings', '/visit_orders']), entry('/units')];
  const path_of = (path: string) => current_entry(entries, path)?.path;

  it('is the one whose address, or that of the same subject, begins the path', () => {
    expect(path_of('/')).toBe('/');
    expect(path_of('/visits/7')).toBe('/visits');
    expect(path_of('/findings')).toBe('/visits');
    expect(path_of('/visit_orders/7/change')).toBe('/visits');
    expect(path_of('/findings_of_old')).toBeUndefined();
    expect(path_of('/waiting')).toBeUndefined();
  });
});
