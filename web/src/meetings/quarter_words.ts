// How a quarter stands with its thematic meeting, in words.
import { day } from '../platform/format';
import { t } from '../platform/texts.svelte';
import type { QuarterOfYear } from './meeting_year';

export function quarter_words(quarter: QuarterOfYear): string {
  const days = quarter.days.map((each) => day(each, 'short')).join(', ');
  if (quarter.state === 'held') return t('meeting.quarter_held', { days });
  if (quarter.state === 'planned') return t('meeting.quarter_planned', { days });
  return t(`meeting.quarter_${quarter.state}`);
}
