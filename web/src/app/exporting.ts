// What waits to be sent, as a file in the person's own hands.
import { number } from '../platform/format';
import type { Operation } from '../platform/store';

export const size_of = (operation: Operation): number =>
  operation.file?.size ?? new TextEncoder().encode(JSON.stringify(operation.body ?? null)).length;

export const size_text = (bytes: number): string =>
  bytes >= 1_000_000
    ? `${number(bytes / 1_000_000, { maximumFractionDigits: 1 })} MB`
    : `${number(Math.max(1, Math.round(bytes / 1000)))} KB`;

async function as_base64(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 32_768)
    text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(text);
}

// Everything as it would be sent, files as base64, with what the server said when it refused.
export async function as_file(
  operations: readonly Operation[],
  file_of: (operation: Operation) => Promise<Blob | undefined>,
): Promise<Blob> {
  const kept = [];
  for (const operation of operations) {
    const { label, method, path, body, created_at, problem } = operation;
    const file = await file_of(operation);
    kept.push({
      label,
      written_at: new Date(created_at).toISOString(),
      method,
      path,
      ...(file ? { file: { type: file.type, base64: await as_base64(file) } } : { body }),
      ...(problem ? { refused_because: problem.problems.map((each) => each.message) } : {}),
    });
  }
  return new Blob([JSON.stringify({ waiting: kept }, null, 2)], { type: 'application/json' });
}
