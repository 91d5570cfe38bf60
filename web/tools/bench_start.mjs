// Measures how the app starts on a slow phone, beside its limits: npm run bench:start [rounds]
// First load: every byte over the wire from an empty browser until the record page and all pages behind it are there;
// the service worker is off, what it keeps comes later. Next start: without a network, with the
// processor four times slower, from opening the address until the record page can be pressed.
import { start_server, sample_password } from '../e2e/server.mjs';
import { open_browser, keep_on_device, phone, settle } from '../e2e/support.mjs';

const limit_bytes = 130_000;
const limit_ms = 1_000;
const slowed = 4;
const rounds = Number(process.argv[2] ?? 7);
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const [browser, server] = await Promise.all([open_browser(), start_server()]);
const context = await browser.newContext({ ...phone, serviceWorkers: 'block', reducedMotion: 'reduce' });
await context.addInitScript(() => localStorage.setItem('groundwork.language', 'vi'));

// Signs in without the app, so that the record page is the first that the browser opens.
async function sign_in(of) {
  await of.request.post(`${server.url}/api/session`, {
    data: { user_name: 'thuky', password: sample_password, device: 'bench' },
    headers: { 'x-groundwork': '1', 'idempotency-key': crypto.randomUUID() },
  });
}

async function measure_first_load() {
  await sign_in(context);
  const page = await context.newPage();
  page.asking = new Set();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  const files = [];
  const begun = new Map();
  devtools.on('Network.responseReceived', ({ requestId, response }) =>
    begun.set(requestId, { path: new URL(response.url).pathname, head: response.encodedDataLength }),
  );
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const file = begun.get(requestId);
    if (file) files.push({ ...file, body: encodedDataLength - file.head });
  });
  await page.goto(`${server.url}/record?new=1`);
  await page.waitForSelector('.clock button');
  await settle(page);
  await page.close();
  const is_answer = ({ path }) => path.startsWith('/api/');
  const is_behind = ({ path }) => path.includes('/record_parts');
  const sum = (of, what) => of.reduce((whole, file) => whole + file[what], 0);
  const app = files.filter((file) => !is_answer(file));
  return {
    body: sum(app, 'body'),
    behind: sum(app.filter(is_behind), 'body'),
    head: sum(app, 'head'),
    count: app.length,
    letters: sum(
      app.filter(({ path }) => path.endsWith('.woff2')),
      'body',
    ),
    answers: sum(files.filter(is_answer), 'body'),
  };
}

async function measure_next_starts() {
  const kept = await browser.newContext({ ...phone, reducedMotion: 'reduce' });
  await kept.addInitScript(() => localStorage.setItem('groundwork.language', 'vi'));
  await sign_in(kept);
  const first = await kept.newPage();
  first.asking = new Set();
  await first.goto(`${server.url}/record?new=1`);
  await keep_on_device(first);
  await first.waitForSelector('.clock button');
  await first.close();
  await kept.setOffline(true);
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const page = await kept.newPage();
    const devtools = await kept.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowed });
    await page.addInitScript(() => {
      const look = () => {
        const button = document.querySelector('.clock button');
        if (button) globalThis.usable_at = performance.now();
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.goto(`${server.url}/record?new=1`);
    times.push(await page.waitForFunction(() => globalThis.usable_at).then((handle) => handle.jsonValue()));
    await page.close();
  }
  return times;
}

try {
  const first = await measure_first_load();
  const times = await measure_next_starts();
  const told = (value, limit) => (value <= limit ? 'within' : 'OVER');
  console.log(
    `first load of the record flow: ${first.body} bytes in ${first.count} files, ${told(first.body, limit_bytes)} ` +
      `${limit_bytes}; of these ${first.letters} letters and ${first.behind} pages behind the list; ` +
      `besides ${first.head} bytes of headers and ${first.answers} of answers`,
  );
  const middle = Math.round(median(times));
  console.log(
    `next start without a network, processor ${slowed} times slower, ${rounds} rounds: median ${middle} ms, ` +
      `${told(middle, limit_ms)} ${limit_ms}; from ${Math.round(Math.min(...times))} to ${Math.round(Math.max(...times))}`,
  );
} finally {
  await browser.close();
  await server.stop();
}
