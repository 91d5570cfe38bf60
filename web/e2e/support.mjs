// What the browser tests share: a browser, its contexts, signing in, and the accessibility check.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { sample_password, start_server } from './server.mjs';

// The address of the server that open_server() started.
export let url = '';
export const user_name = 'thuky';
export const password = sample_password;

export async function open_server() {
  const server = await start_server();
  url = server.url;
  return server;
}

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

// A page in a language and theme, with everything the browser complains about kept in page.complaints.
export async function open_page(browser, { language = 'vi', theme = 'light', ...options }) {
  const context = await browser.newContext(options);
  await context.addInitScript(
    ([language, theme]) => {
      localStorage.setItem('groundwork.language', language);
      localStorage.setItem('groundwork.theme', theme);
    },
    [language, theme],
  );
  const page = await context.newPage();
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(error.message));
  page.on('console', (message) => {
    // A refused or unreachable request is part of several tests; everything else is a mistake of ours.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) {
      page.complaints.push(message.text());
    }
  });
  return page;
}

export async function sign_in(page, name = user_name) {
  await page.goto(url);
  await page.fill('[name=user_name]', name);
  await page.fill('[name=password]', password);
  await page.click('form button[type=submit]');
  await page.waitForSelector('#main');
}

// Waits until the service worker holds the page, so that it can be opened without a network.
export async function keep_on_device(page) {
  await page.waitForFunction(() =>
    navigator.serviceWorker.ready.then((registration) => Boolean(registration.active)),
  );
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
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
