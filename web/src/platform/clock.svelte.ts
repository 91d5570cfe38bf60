// What time it is for the organisation. It is the device's own clock, moved by whole days when the installation lives
// on another day than the device, as the sample province does: there the meeting of tonight is one of 2024.
import { days_between, day_of_moment } from './format';

const clock = $state({ days: 0 });
const day_length = 86_400_000;

// Compares the day the server named with the day of the device when it was named. One day of difference is a clock
// near midnight or a little wrong, and no other day to live on.
export function set_clock(server_day: string, named_at: number): void {
  const days = days_between(day_of_moment(named_at), server_day);
  clock.days = Math.abs(days) > 1 ? days : 0;
}

// Now, in milliseconds since 1970.
export const now = (): number => Date.now() + clock.days * day_length;

export const today = (): string => day_of_moment(now());
