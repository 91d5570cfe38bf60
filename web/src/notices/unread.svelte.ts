// How many notices wait to be read, for the bell and the inbox alike.
import { answer, api } from '../platform/api';
import { Refused, Unreachable } from '../platform/problem';

const unread = $state<{ count: number }>({ count: 0 });

export const count_unread = (): number => unread.count;

export function set_unread(count: number): void {
  unread.count = count;
}

// Without a network the last count stays.
export async function ask_unread(): Promise<void> {
  try {
    unread.count = (await answer(api.GET('/api/notices/unread_count'))).unread_count;
  } catch (error) {
    if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
  }
}
