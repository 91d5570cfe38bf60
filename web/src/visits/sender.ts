// The unit for which the reader sends working groups out: the home unit where it may, else the first one that it may.
import { get_account } from '../platform/account.svelte';

export function sender_of_reader(): string | undefined {
  const { home_unit_id, permissions } = get_account();
  const heads = permissions.filter((each) => each.permission === 'visits.order').map((each) => each.unit_id);
  return heads.includes(home_unit_id) ? home_unit_id : heads[0];
}
