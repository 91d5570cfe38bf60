// A type checker that reports nothing looks exactly like code without mistakes. These planted mistakes prove that
// it still looks.
import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';

function check(): Promise<string> {
  const command = 'node_modules/svelte-check/bin/svelte-check';
  const options = ['--tsconfig', 'tools/planted/tsconfig.json', '--output', 'machine', '--fail-on-warnings'];
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...options], (_, stdout) => resolve(stdout));
  });
}

it('the type check finds every planted mistake', { timeout: 90_000 }, async () => {
  const found = (await check()).split('\n').filter((line) => line.includes(' ERROR '));
  const lines_of = (file: string) =>
    [
      ...new Set(
        found.filter((line) => line.includes(`${file}" `)).map((line) => Number(/" (\d+):/.exec(line)?.[1])),
      ),
    ].sort((a, b) => a - b);
  expect(lines_of('planted.ts')).toEqual([5, 6, 7, 8, 9, 10]);
  expect(lines_of('Planted.svelte')).toEqual([6]);
});
