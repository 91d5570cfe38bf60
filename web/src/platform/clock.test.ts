import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const noon = Date.UTC(2026, 4, 3, 5);
const hour = 3_600_000;
const http_date = (moment: number) => new Date(moment).toUTCString();

beforeEach(() => {
  localStorage.clear();
  vi.resetModules();
  vi.useFakeTimers({ now: noon, toFake: ['Date'] });
});
afterEach(() => vi.useRealTimers());

const clock = () => import('./clock.svelte');

test('a clock an hour fast is put right, and stays right without a network', async () => {
  const { hear_server_time, now, device_now, clock_difference } = await clock();
  hear_server_time(http_date(noon - hour), noon, noon + 400);
  expect(Math.abs(clock_difference() + hour)).toBeLessThan(1_000);
  expect(Math.abs(now() - (noon - hour))).toBeLessThan(1_000);
  expect(device_now()).toBe(noon);
  vi.resetModules();
  expect(Math.abs((await clock()).clock_difference() + hour)).toBeLessThan(1_000);
});

test('a difference of the way of the answer is none, and a clock put right by its owner is believed', async () => {
  const { hear_server_time, clock_difference } = await clock();
  hear_server_time(http_date(noon + 60_000), noon, noon + 400);
  expect(clock_difference()).toBe(0);
  hear_server_time(http_date(noon + hour), noon, noon + 400);
  expect(clock_difference()).not.toBe(0);
  hear_server_time(http_date(noon), noon, noon + 400);
  expect(clock_difference()).toBe(0);
});

test('nothing is learned from a slow answer, or from one that names no time', async () => {
  const { hear_server_time, clock_difference } = await clock();
  hear_server_time(http_date(noon + hour), noon, noon + 30_000);
  hear_server_time(null, noon, noon + 400);
  hear_server_time('yesterday', noon, noon + 400);
  expect(clock_difference()).toBe(0);
});

test('an installation on another day is met with a clock put right first', async () => {
  const { hear_server_time, set_clock, today, now } = await clock();
  // The battery was empty: the device believes it is 2015.
  const lost = Date.UTC(2015, 0, 1, 5);
  vi.setSystemTime(lost);
  hear_server_time(http_date(noon), lost, lost + 400);
  set_clock('2026-05-03', lost);
  expect(today()).toBe('2026-05-03');
  expect(Math.abs(now() - noon)).toBeLessThan(1_000);
  set_clock('2024-12-16', lost);
  expect(today()).toBe('2024-12-16');
});
