// How a wrong clock of the phone is told, on the page and as the reason of corrected times.
import { t } from '../platform/texts.svelte';

const minute = 60_000;

// difference: what must be added to the device's clock, in milliseconds.
export function clock_words(difference: number): string {
  const minutes = Math.max(1, Math.round(Math.abs(difference) / minute));
  const length =
    minutes % 60 === 0
      ? t('record.hours_long', { hours: minutes / 60 })
      : minutes > 60
        ? t('record.hours_minutes_long', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
        : t('record.minutes_long', { minutes });
  return difference < 0 ? t('record.clock_is_fast', { length }) : t('record.clock_is_slow', { length });
}
