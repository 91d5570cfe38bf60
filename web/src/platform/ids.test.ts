import { expect, it } from 'vitest';
import { make_id } from './ids';

it('has the form of the server and holds the time', () => {
  const id = make_id(Date.UTC(2024, 4, 3));
  expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{13}$/);
  const value = [...id].reduce(
    (sum, digit) => sum * 32n + BigInt('0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(digit)),
    0n,
  );
  expect(Number(value >> 22n) + Date.UTC(2020, 0, 1)).toBe(Date.UTC(2024, 4, 3));
});

it('sorts by time and never comes twice, even when the clock goes back', () => {
  const ids = [...Array(500).fill(1_800_000_000_000), ...Array(500).fill(1_700_000_000_000)].map(make_id);
  expect(new Set(ids).size).toBe(1000);
  expect([...ids].sort()).toEqual(ids);
});
