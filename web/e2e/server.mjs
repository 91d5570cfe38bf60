// The real server for the browser tests: the built program with the sample province in a folder of its own, or the
// server at GROUNDWORK_TEST_URL when one is given.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = process.env.PROGRAM_UNDER_TEST ?? path.join(root, 'build/groundwork');
const patience = 120_000;

function find_free_port() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function wait_until_ready(url, child) {
  const until = Date.now() + patience;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the server did not get ready');
}

// The sample province is filled once for a build of the program, and copied for every server.
function filled_sample() {
  const sample = path.join(path.dirname(program), 'e2e-sample');
  const stamp = path.join(sample, 'program');
  const { mtimeMs, size } = fs.statSync(program);
  const now = `${mtimeMs} ${size}`;
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === now) return sample;
  fs.rmSync(sample, { recursive: true, force: true });
  execFileSync(program, ['fill', '--data', sample, '--log_level', 'warning'], { cwd: root, stdio: 'ignore' });
  fs.writeFileSync(stamp, now);
  return sample;
}

// Starts a server, with more settings if a test needs them, and returns its address, how to stop it, and how to go to
// another day: the same store, served again at the same address.
export async function start_server(settings = {}) {
  const given = process.env.GROUNDWORK_TEST_URL;
  if (given) return { url: given, stop: async () => undefined };
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'groundwork-e2e-'));
  fs.cpSync(filled_sample(), data, { recursive: true });
  const port = await find_free_port();
  const url = `http://127.0.0.1:${port}`;
  let child, ended;
  const start = async (command, more = {}) => {
    const words = [command, '--data', data, '--http_port', String(port), '--log_level', 'warning'];
    for (const [key, value] of Object.entries({ ...settings, ...more })) words.push(`--${key}`, value);
    child = spawn(program, words, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    ended = new Promise((resolve) => child.once('exit', resolve));
    await wait_until_ready(url, child);
  };
  const end = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const stop = async () => {
    await end();
    fs.rmSync(data, { recursive: true, force: true });
  };
  const go_to = async (today) => {
    await end();
    await start('serve', { today });
  };
  try {
    await start('demo');
    return { url, stop, go_to };
  } catch (error) {
    await stop();
    throw error;
  }
}

export const sample_password = 'nalung-2024-demo';
