import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  check_accessibility,
  check_width,
  desktop,
  keep_on_device,
  open_browser,
  open_page,
  open_server,
  password,
  phone,
  sign_in,
  url,
  user_name,
} from './support.mjs';

let browser, server;
before(async () => {
  server = await open_server();
  browser = await open_browser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const languages = [
  ['vi', 'Đăng nhập'],
  ['en', 'Sign in'],
  ['hi', 'साइन इन करें'],
];

describe('the sign-in page', () => {
  for (const [language, title] of languages) {
    test(`speaks ${language}`, async () => {
      const page = await open_page(browser, { ...phone, language });
      await page.goto(url);
      assert.equal(await page.textContent('h1'), title);
      assert.equal(await page.getAttribute('html', 'lang'), language);
      assert.deepEqual(page.complaints, []);
      await page.context().close();
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
        await page.goto(url);
        await page.click('form button[type=submit]');
        await page.waitForSelector('[role=alert]');
        await check_accessibility(page);
        await check_width(page);
        await page.context().close();
      });
    }
  }

  test('says that name or password is wrong, and lets in afterwards', async () => {
    const page = await open_page(browser, desktop);
    await page.goto(url);
    await page.fill('[name=user_name]', user_name);
    await page.fill('[name=password]', 'not the password');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role=alert]');
    assert.equal(await page.inputValue('[name=password]'), '');
    await page.fill('[name=password]', password);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#main');
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
});

describe('signed in', () => {
  test('the language chosen here is the language after signing in again', async () => {
    const page = await open_page(browser, desktop);
    await sign_in(page);
    await page.click('button[lang=hi]');
    await page.waitForFunction(() => document.documentElement.lang === 'hi');
    await page.evaluate(() => localStorage.removeItem('groundwork.language'));
    await page.reload();
    await page.waitForFunction(() => document.documentElement.lang === 'hi');
    await page.click('button[lang=vi]');
    await page.waitForFunction(() => document.documentElement.lang === 'vi');
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  test('the keyboard reaches the main content and the finder', async () => {
    const page = await open_page(browser, desktop);
    await sign_in(page);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#main');
    await page.keyboard.press('Control+k');
    await page.waitForSelector('dialog[open] input');
    await page.keyboard.type('cho gui');
    await page.waitForSelector('dialog[open] [role=option]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/waiting');
    assert.equal(await page.textContent('h1'), 'Chờ gửi');
    await page.context().close();
  });

  test('the app opens without a network, signed in as before', async () => {
    const page = await open_page(browser, phone);
    await sign_in(page);
    await page.goto(`${url}/waiting`);
    await keep_on_device(page);
    await page.context().setOffline(true);
    await page.reload();
    await page.waitForSelector('h1:has-text("Chờ gửi")');
    assert.match(await page.textContent('header [role=status]'), /Ngoại tuyến/);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  test('signing out wipes what was kept on the device', async () => {
    const page = await open_page(browser, desktop);
    await sign_in(page);
    await page.click('aside .trigger');
    await page.click('aside .panel button:has-text("Đăng xuất")');
    await page.click('dialog[open] footer button:has-text("Đăng xuất")');
    await page.waitForSelector('[name=user_name]');
    const kept = await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const opening = indexedDB.open('groundwork');
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const names = [...opening.result.objectStoreNames];
            const transaction = opening.result.transaction(names);
            const counts = names.map((name) => transaction.objectStore(name).count());
            transaction.oncomplete = () => resolve(counts.map((count) => count.result));
          };
        }),
    );
    assert.deepEqual(kept, [0, 0, 0]);
    await page.reload();
    await page.waitForSelector('[name=user_name]');
    await page.context().close();
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
    await page.context().close();
    await elsewhere.context().close();
  });

  for (const theme of ['light', 'dark']) {
    for (const [name, device] of [
      ['phone', phone],
      ['desktop', desktop],
    ]) {
      test(`the shell is accessible, ${theme}, ${name}`, async () => {
        const page = await open_page(browser, { ...device, theme, bypassCSP: true, serviceWorkers: 'block' });
        await sign_in(page);
        await page.goto(`${url}/waiting`);
        await page.waitForSelector('h1');
        await check_accessibility(page);
        await check_width(page);
        await page.context().close();
      });
    }
  }
});
