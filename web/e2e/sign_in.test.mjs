import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sample_password, start_server } from './server.mjs';
import {
  check_accessibility,
  check_width,
  close_page,
  desktop,
  expect_refusal,
  keep_on_device,
  open_browser,
  open_page,
  phone,
  settle,
  sign_in_as,
  text_is,
  wait_for_text,
  wait_until_kept,
} from './support.mjs';

const user_name = 'thuky';
let browser, server;
before(async () => {
  [browser, server] = await Promise.all([open_browser(), start_server()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});
const sign_in = (page) => sign_in_as(page, server.url, user_name);

const languages = [
  ['vi', 'Đăng nhập'],
  ['en', 'Sign in'],
  ['hi', 'साइन इन करें'],
];

describe('the sign-in page', () => {
  for (const [language, title] of languages) {
    test(`speaks ${language}`, async () => {
      const page = await open_page(browser, { ...phone, language });
      await page.goto(server.url);
      await wait_for_text(page, 'h1', title);
      assert.equal(await page.getAttribute('html', 'lang'), language);
      await close_page(page);
    });
  }

  for (const theme of ['light', 'dark']) {
    for (const [name, device] of [
      ['phone', phone],
      ['desktop', desktop],
      ['smallest phone', { viewport: { width: 320, height: 560 } }],
    ]) {
      test(`is accessible, ${theme}, ${name}`, async () => {
        const page = await open_page(browser, { ...device, theme, bypassCSP: true, serviceWorkers: 'block' });
        await page.goto(server.url);
        await page.click('form button[type=submit]');
        await page.waitForSelector('[role=alert]');
        await check_accessibility(page);
        await check_width(page);
        await close_page(page);
      });
    }
  }

  test('says that name or password is wrong, and lets in afterwards', async () => {
    const page = await open_page(browser, desktop);
    await page.goto(server.url);
    await page.fill('[name=user_name]', user_name);
    expect_refusal(page, 422, /^\/api\/session$/);
    await page.fill('[name=password]', 'not the password');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role=alert]');
    assert.equal(await page.inputValue('[name=password]'), '');
    await page.fill('[name=password]', sample_password);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#main');
    await close_page(page);
  });
});

describe('signed in', () => {
  test('the language chosen here is the language after signing in again', async () => {
    const page = await open_page(browser, desktop);
    await sign_in(page);
    const told = page.waitForResponse('**/api/session/language');
    await page.click('button[lang=hi]');
    await page.waitForFunction(() => document.documentElement.lang === 'hi');
    await told;
    await page.evaluate(() => localStorage.removeItem('groundwork.language'));
    await page.reload();
    await page.waitForFunction(() => document.documentElement.lang === 'hi');
    const told_again = page.waitForResponse('**/api/session/language');
    await page.click('button[lang=vi]');
    await page.waitForFunction(() => document.documentElement.lang === 'vi');
    await told_again;
    await close_page(page);
  });

  test('the keyboard reaches the main content and the finder', async () => {
    const page = await open_page(browser, desktop);
    await sign_in(page);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#main');
    await page.keyboard.press('Control+k');
    await page.waitForSelector('dialog[open] input');
    await page.keyboard.type('cho gui');
    await page.waitForSelector(text_is('dialog[open] [role=option][aria-selected=true]', 'Chờ gửi'));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/waiting');
    await wait_for_text(page, 'h1', 'Chờ gửi');
    await close_page(page);
  });

  test('the app opens without a network, signed in as before', async () => {
    const page = await open_page(browser, phone);
    await sign_in(page);
    await page.goto(`${server.url}/waiting`);
    await keep_on_device(page);
    await page.context().setOffline(true);
    await page.reload();
    await wait_for_text(page, 'h1', 'Chờ gửi');
    await page.waitForSelector(text_is('header [role=status]', 'Ngoại tuyến'));
    await close_page(page);
  });

  test('signing out wipes what was kept on the device', async () => {
    const page = await open_page(browser, desktop);
    await sign_in(page);
    await page.click('aside .trigger');
    await page.click('aside .panel button:has-text("Đăng xuất")');
    await page.click('dialog[open] footer button:has-text("Đăng xuất")');
    await page.waitForSelector('[name=user_name]');
    await wait_until_kept(page, (tables) => Object.values(tables).every((rows) => rows.length === 0));
    await page.reload();
    await page.waitForSelector('[name=user_name]');
    await close_page(page);
  });

  test('a session ended elsewhere leads back to the sign-in page', async () => {
    const page = await open_page(browser, desktop);
    const elsewhere = await open_page(browser, desktop);
    await sign_in(page);
    await sign_in(elsewhere);
    await elsewhere.click('aside .trigger');
    await elsewhere.click('aside .panel button:has-text("mọi thiết bị")');
    await elsewhere.click('dialog[open] footer button:has-text("Đăng xuất")');
    await elsewhere.waitForSelector('[name=user_name]');
    await page.reload();
    await page.waitForSelector('[name=user_name]');
    await close_page(page);
    await close_page(elsewhere);
  });

  for (const theme of ['light', 'dark']) {
    for (const [name, device] of [
      ['phone', phone],
      ['desktop', desktop],
    ]) {
      test(`the shell is accessible, ${theme}, ${name}`, async () => {
        const page = await open_page(browser, { ...device, theme, bypassCSP: true, serviceWorkers: 'block' });
        await sign_in(page);
        await page.goto(`${server.url}/waiting`);
        await settle(page);
        await check_accessibility(page);
        await check_width(page);
        await close_page(page);
      });
    }
  }
});
