// Every page of writing down a meeting, as it looks and is used: on the smallest phone with enlarged text and at a desk, in
// three languages, light and dark, for those who hear it and for those who have only a keyboard.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { start_server } from './server.mjs';
import {
  check_accessibility,
  check_width,
  close_page,
  open_browser,
  open_page,
  settle,
  sign_in_as,
  text_is,
} from './support.mjs';

let browser;
let server;
before(async () => {
  [browser, server] = await Promise.all([open_browser(), start_server()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const parts = ['', 'roll', 'said', 'earlier', 'decided', 'photos', 'times', 'send'];
// So tall that nothing lies under the bar at the bottom, where a press would count as covered.
const height = 2400;
const small_phone = { viewport: { width: 320, height }, isMobile: true, hasTouch: true };
const desk = { viewport: { width: 1280, height } };

const looks = [
  { language: 'vi', theme: 'light', size: '150%', ...small_phone },
  { language: 'hi', theme: 'dark', size: '150%', ...small_phone },
  { language: 'en', theme: 'dark', size: '100%', ...desk },
];

describe('the pages of the minutes', () => {
  for (const { language, theme, size, ...options } of looks)
    test(`fit and are accessible: ${language}, ${theme}, ${options.viewport.width} px, text ${size}`, async () => {
      const page = await open_page(browser, { ...options, language, theme, bypassCSP: true });
      await sign_in_as(page, server.url, 'thuky');
      for (const part of parts) {
        await page.goto(`${server.url}/record?new=1${part && `&part=${part}`}`);
        await page.waitForSelector('#main h1');
        await page.evaluate((size) => (document.documentElement.style.fontSize = size), size);
        await settle(page);
        await check_width(page);
        // A phone zooms out of a page that is too wide, and then its window counts as wider.
        const seen = await page.evaluate(() => innerWidth);
        assert.equal(seen, options.viewport.width, `part “${part}” is ${seen} px wide`);
        await check_accessibility(page);
      }
      await close_page(page);
    });

  test('are reached by keyboard alone, and what has the focus is seen', async () => {
    const page = await open_page(browser, { ...desk, language: 'vi' });
    await sign_in_as(page, server.url, 'thuky');
    await page.goto(`${server.url}/record?new=1`);
    await page.waitForSelector(text_is('button', 'Bắt đầu họp ngay'));
    const focused = () =>
      page.evaluate(() => ({
        words: document.activeElement?.textContent?.trim() ?? '',
        outline: getComputedStyle(document.activeElement).outlineStyle,
      }));
    const most_presses = 40;
    let presses = 0;
    const tab_to = async (words) => {
      for (; presses < most_presses; presses++) {
        await page.keyboard.press('Tab');
        const { words: found, outline } = await focused();
        assert.equal(outline, 'solid', `“${found}” shows its focus`);
        if (found.startsWith(words)) return;
      }
      assert.fail(`${words} is not reached within ${most_presses} presses of Tab`);
    };
    await tab_to('Bắt đầu họp ngay');
    await tab_to('Ai có mặt?');
    await page.keyboard.press('Enter');
    await page.waitForSelector(text_is('h1', 'Ai có mặt?'));
    const person = page.locator('[role=switch]').last();
    await person.focus();
    await page.keyboard.press('Space');
    assert.equal(await person.getAttribute('aria-checked'), 'false');
    await close_page(page);
  });
});
