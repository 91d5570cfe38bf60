// Identifiers made on the device, in the server's own form: 41 bits of milliseconds since 2020, then 22 bits of
// chance, as 13 characters of Crockford base32. So a meeting written without a network has its name already, and
// what follows it can refer to it before the server has seen either.
const epoch = Date.UTC(2020, 0, 1);
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 13;

let last = 0n;

export function make_id(now: number = Date.now()): string {
  const chance = crypto.getRandomValues(new Uint32Array(1))[0]! & 0x3fffff;
  const wished = (BigInt(now - epoch) << 22n) | BigInt(chance);
  // Counts on within the same millisecond, and when the clock went back.
  last = wished > last ? wished : last + 1n;
  let rest = last;
  let text = '';
  for (let place = 0; place < length; place++) {
    text = digits[Number(rest & 31n)]! + text;
    rest >>= 5n;
  }
  return text;
}
