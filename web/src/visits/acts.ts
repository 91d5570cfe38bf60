// What the reader may do with a finding as it stands: the unit remedies, somebody from outside closes.
import { get_account } from '../platform/account.svelte';
import type { Schema } from '../platform/schemas';
import type { UnitReach } from '../platform/unit_reach.svelte';

export function finding_act(
  finding: Schema<'findings.Finding'>,
  reach: UnitReach,
): 'remedy' | 'closing' | undefined {
  if (finding.state === 'open' && reach.may('findings.report')) return 'remedy';
  const is_from_outside = get_account().home_unit_id !== finding.unit_id;
  if (finding.state === 'remedied' && is_from_outside && reach.may('findings.check')) return 'closing';
  return undefined;
}
