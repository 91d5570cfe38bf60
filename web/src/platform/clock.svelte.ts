// What time it is for the organisation. It is the device's own clock, put right by what the server says at each contact
// (a cheap phone may be an hour wrong), and moved by whole days when the installation lives on another day than the
// device, as the sample province does: there the meeting of tonight is one of 2024.
import { days_between, day_of_moment } from './format';

const day_length = 86_400_000;
const kept_key = 'groundwork.clock';
// Less than this may be the way of the answer, and nobody minds.
const tolerance = 90_000;
// An answer that took longer says too little about the moment it was given.
const longest_way = 20_000;

function kept_difference(): number {
  try {
    return Number(localStorage.getItem(kept_key)) || 0;
  } catch {
    return 0;
  }
}

// difference: what must be added to the device's clock, 0 when it is right. Kept for the days without a network.
const clock = $state({ days: 0, difference: kept_difference() });

// Hears the Date header of an answer that was asked for and came at these moments of the device.
export function hear_server_time(date: string | null, asked_at: number, came_at: number): void {
  const named = date === null ? NaN : Date.parse(date);
  if (Number.isNaN(named) || came_at < asked_at || came_at - asked_at > longest_way) return;
  // The header has whole seconds, rounded down.
  const measured = named + 500 - (asked_at + came_at) / 2;
  const difference = Math.abs(measured) < tolerance ? 0 : Math.round(measured);
  // Answers come by the dozen; what they agree on is not measured anew.
  if (Math.abs(difference - clock.difference) < tolerance && (difference === 0) === (clock.difference === 0))
    return;
  clock.difference = difference;
  try {
    localStorage.setItem(kept_key, String(difference));
  } catch {
    // It is measured again at the next contact.
  }
}

// Compares the day the server named with the day it was here, by a clock put right, when it was named. One day of
// difference is a moment near midnight, and no other day to live on.
export function set_clock(server_day: string, named_at: number): void {
  const days = days_between(day_of_moment(named_at + clock.difference), server_day);
  clock.days = Math.abs(days) > 1 ? days : 0;
}

// By how much the device's clock is behind the server's, in milliseconds; negative when it is ahead, 0 when it is
// right or nobody knows.
export const clock_difference = (): number => clock.difference;

// What the device's own clock says, in milliseconds since 1970.
export const device_now = (): number => Date.now() + clock.days * day_length;

// Now, in milliseconds since 1970.
export const now = (): number => device_now() + clock.difference;

export const today = (): string => day_of_moment(now());
