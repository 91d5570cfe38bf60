// What the browser tests share: a browser, its contexts, signing in, and the accessibility check.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { sample_password } from './server.mjs';

const patience = 30_000;

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
export const open_browser = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: quiet,
  });

export const phone = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};
export const desktop = { viewport: { width: 1280, height: 860 } };

// A page in a language and theme. Whatever the browser complains about, and every refusal of the server that the test
// did not expect, is kept in page.complaints; close_page() wants none.
export async function open_page(browser, { language = 'vi', theme = 'light', ...options }) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  await context.addInitScript(
    ([language, theme]) => {
      // A blank page, as between closing and opening the app, keeps nothing.
      if (location.origin === 'null') return;
      localStorage.setItem('groundwork.language', language);
      localStorage.setItem('groundwork.theme', theme);
    },
    [language, theme],
  );
  const page = await context.newPage();
  page.language = language;
  page.complaints = [];
  // Who comes without a session is told so, and sees the sign-in page.
  page.expected = [[401, /^\/api\/session$/]];
  page.on('pageerror', (error) => page.complaints.push(error.message));
  page.on('console', (message) => {
    // What the server refuses is heard below, with its address; without a network nothing is reached.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) {
      page.complaints.push(message.text());
    }
  });
  page.asking = new Set();
  page.on('request', (request) => page.asking.add(request));
  page.on('requestfinished', (request) => page.asking.delete(request));
  page.on('requestfailed', (request) => page.asking.delete(request));
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    const is_expected = page.expected.some(
      ([status, address]) => status === response.status() && address.test(pathname),
    );
    if (response.status() >= 400 && !is_expected)
      page.complaints.push(`${response.status()} ${response.request().method()} ${pathname}`);
  });
  return page;
}

// The server will refuse this, and the test looks at what the page makes of it.
export const expect_refusal = (page, status, address) => page.expected.push([status, address]);

export async function close_page(page) {
  await page.context().close();
  assert.deepEqual(page.complaints, []);
}

// Signed in, the language of the account would win over that of the page; it becomes the same.
export async function sign_in_as(page, url, name, password = sample_password) {
  await page.goto(url);
  await page.fill('[name=user_name]', name);
  await page.fill('[name=password]', password);
  await page.click('form button[type=submit]');
  await settle(page);
  await choose_language(page, page.language);
}

export async function choose_language(page, language) {
  if ((await page.getAttribute('html', 'lang')) === language) return;
  await page.evaluate(async (language) => {
    const headers = {
      'content-type': 'application/json',
      'x-groundwork': '1',
      'idempotency-key': crypto.randomUUID(),
    };
    const body = JSON.stringify({ language });
    await fetch('/api/session/language', { method: 'POST', headers, body });
  }, language);
  await page.reload();
  await settle(page);
  assert.equal(await page.getAttribute('html', 'lang'), language);
}

// What the server answers to the person signed in on the page.
export const ask = (page, address) =>
  page.evaluate(async (address) => (await fetch(address)).json(), address);

export const text_is = (selector, text) => `${selector}:has-text("${text}")`;
export const press = (page, text) => page.click(text_is('button', text));

// One look at the page: whether the page of the address is there with nothing on its way, and how tall it is.
const look_at = (page) =>
  page.evaluate(async () => {
    const next_frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await next_frame();
    await next_frame();
    const is_there = document.querySelector('#main[aria-busy=false] h1') !== null;
    const is_whole = document.querySelector('#main .skeleton') === null;
    return { is_done: is_there && is_whole, height: document.documentElement.scrollHeight };
  });

// Waits until the page of the address is shown with all that it reads: nothing is asked, nothing is awaited, and it
// has stopped growing. No span of time is trusted, so that a slow machine sees the same page as a fast one.
export async function settle(page) {
  await page.waitForSelector('#main');
  const until = Date.now() + patience;
  for (let same = 0, before = 0; same < 3;) {
    assert.ok(Date.now() < until, `the page does not come to rest: ${page.url()}`);
    const { is_done, height } = await look_at(page);
    same = is_done && page.asking.size === 0 && height === before ? same + 1 : 0;
    before = height;
  }
}

// As tall as the page, so that the bar at the bottom of a phone covers nothing while it is looked at.
export async function show_whole(page, width) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.min(Math.max(height, 640), 9000) });
  await settle(page);
}

// Waits until a place holds this text. Rows and titles may still be the old ones when the address is already new.
export const wait_for_text = (page, selector, text) =>
  page.waitForFunction(
    ([selector, text]) => document.querySelector(selector)?.innerText === text,
    [selector, text],
  );

// Waits until the service worker holds the page, so that it can be opened without a network.
export async function keep_on_device(page) {
  await page.waitForFunction(() =>
    navigator.serviceWorker.ready.then((registration) => Boolean(registration.active)),
  );
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await settle(page);
}

// What the app keeps on the device, by the name of its table: operations, drafts and readings.
export const kept_on_device = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('groundwork');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const names = [...opening.result.objectStoreNames];
          const transaction = opening.result.transaction(names);
          const rows = names.map((name) => [name, transaction.objectStore(name).getAll()]);
          transaction.oncomplete = () => {
            opening.result.close();
            resolve(Object.fromEntries(rows.map(([name, request]) => [name, request.result])));
          };
        };
      }),
  );

// Waits until what is kept on the device is as `is_there` wants it.
export async function wait_until_kept(page, is_there) {
  const until = Date.now() + patience;
  while (!is_there(await kept_on_device(page))) {
    assert.ok(Date.now() < until, `not kept on the device: ${is_there}`);
    await page.waitForTimeout(50);
  }
}

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// The page must have been opened with { bypassCSP: true }, or axe itself would be refused.
export async function check_accessibility(page) {
  await page.evaluate(() => document.fonts.ready);
  await page.addScriptTag({ content: axe });
  const found = await page.evaluate((rules) => globalThis.axe.run(document, { runOnly: rules }), rules);
  const told = found.violations.map(
    (violation) =>
      `${violation.id} (${violation.impact}): ${violation.nodes.map((node) => `${node.target} ${node.any[0]?.message ?? ''}`).join(' | ')}`,
  );
  assert.deepEqual(told, []);
}

// Nothing may stick out sideways, from the smallest phone on.
export async function check_width(page) {
  const { whole, seen } = await page.evaluate(() => ({
    whole: document.documentElement.scrollWidth,
    seen: document.documentElement.clientWidth,
  }));
  assert.ok(whole <= seen, `the page is ${whole} px wide in a window of ${seen} px`);
}
