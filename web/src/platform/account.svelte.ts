// Who is signed in, and what this person may do. The server decides; the page only leaves out
// what it would refuse.
import type { components } from './types';

export type Account = components['schemas']['accounts.CurrentAccount'];

const current = $state<{ account: Account | undefined }>({ account: undefined });

export const find_account = (): Account | undefined => current.account;

// The account on a page behind the sign-in gate.
export function get_account(): Account {
  if (!current.account) throw new Error('Nobody is signed in.');
  return current.account;
}

export function set_account(account: Account | undefined): void {
  current.account = account;
}

// Whether the person holds a permission anywhere in the tree.
export const may_somewhere = (permission: string): boolean =>
  current.account?.permissions.some((each) => each.permission === permission) ?? false;

// Whether the person holds a permission for a unit. Permissions reach downwards, so the unit comes with all
// units above it: may('meetings.plan', [unit.unit_id, ...ancestors]). Those that an order gives do not reach downwards.
export const may = (permission: string, unit_and_those_above: string[]): boolean =>
  current.account?.permissions.some(
    (each) =>
      each.permission === permission &&
      (each.is_without_below
        ? unit_and_those_above[0] === each.unit_id
        : unit_and_those_above.includes(each.unit_id)),
  ) ?? false;
