// Classes as they stand today, the progress of a review, and other numbers tried, against the filled server.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { start_server } from './server.mjs';
import {
  ask,
  check_accessibility,
  check_width,
  close_page,
  desktop,
  expect_refusal,
  open_browser,
  open_page,
  phone,
  settle,
  show_whole,
  sign_in_as,
} from './support.mjs';

let browser;
let server;
let unit_id;
let province_id;
let member_id;
before(async () => {
  [browser, server] = await Promise.all([open_browser(), start_server()]);
  const page = await open_page(browser, desktop);
  await sign_in_as(page, server.url, 'dangvien');
  const account = await ask(page, '/api/session');
  unit_id = account.home_unit_id;
  member_id = account.member_id;
  const { path } = await ask(page, `/api/units/${unit_id}`);
  province_id = path[0].id;
  await close_page(page);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function open(look, name, address) {
  const page = await open_page(browser, { serviceWorkers: 'block', bypassCSP: true, ...look });
  await sign_in_as(page, server.url, name);
  await page.goto(server.url + address);
  await settle(page);
  return page;
}

async function check_whole(page, look) {
  await show_whole(page, look.viewport.width);
  await check_width(page);
  await check_accessibility(page);
}

const looks = [
  ['phone, light', { ...phone }],
  ['phone, dark, Hindi', { ...phone, theme: 'dark', language: 'hi' }],
  ['desktop, light, English', { ...desktop, language: 'en' }],
  ['desktop, dark', { ...desktop, theme: 'dark' }],
];
const shots = process.env.SHOTS;

describe('classes as they stand today', () => {
  for (const [name, look] of looks) {
    test(`are accessible and fit, and so is what other numbers would change: ${name}`, async () => {
      const page = await open(look, 'tinhuy', `/units/${unit_id}/class`);
      const pages = [
        `/units/${unit_id}/class`,
        `/units/${province_id}/class?basis=review`,
        `/classification`,
        `/units/${unit_id}`,
        `/units/${province_id}/what_if`,
      ];
      for (const [at, address] of pages.entries()) {
        await page.goto(server.url + address);
        await settle(page);
        await check_whole(page, look);
        if (shots) await page.screenshot({ path: `${shots}/${name}-${at}.png`, fullPage: true });
      }
      await page.locator('input[name="member cap"]').fill('10');
      await page.locator('form button[type=submit]').click();
      await page.waitForSelector('.moves li');
      await check_whole(page, look);
      if (shots) await page.screenshot({ path: `${shots}/${name}-changes.png`, fullPage: true });
      await close_page(page);
    });
  }

  test('say that they are not decided, and the last review is one press away', async () => {
    const page = await open({ ...desktop, language: 'en' }, 'thuky', `/units/${unit_id}/class`);
    await page.getByText('Not decided.').waitFor();
    const today = await ask(page, `/api/units/${unit_id}/class/proof?basis=today`);
    assert.equal(today.review.is_kept, false);
    await page.getByText('As things stand today').first().waitFor();
    await page.getByRole('button', { name: 'Last review' }).click();
    await page.waitForURL(/basis=review/);
    await settle(page);
    assert.equal(await page.getByText('Not decided.').count(), 0);
    await page.getByText('Proposed class').first().waitFor();
    assert.equal(await page.getByRole('link', { name: 'What if?' }).count(), 0);
    await close_page(page);
  });

  test('are shown to a member, as the proof of the own class', async () => {
    const page = await open({ ...phone, language: 'en' }, 'dangvien', `/members/${member_id}/class`);
    await page.getByText('Not decided.').waitFor();
    await check_whole(page, phone);
    await close_page(page);
  });
});

describe('other numbers tried', () => {
  test('are refused beside their fields, and going back forgets them', async () => {
    const page = await open({ ...phone, language: 'en' }, 'tinhuy', `/units/${province_id}/what_if`);
    expect_refusal(page, 422, /what_if$/);
    await page.locator('form button[type=submit]').click();
    await page.getByText('Change at least one number.').first().waitFor();
    const cap = page.locator('input[name="member cap"]');
    await cap.fill('101');
    await page.locator('form button[type=submit]').click();
    await page.getByText('Give a number from 0 to 100').first().waitFor();
    assert.equal(await cap.getAttribute('aria-invalid'), 'true');
    await show_whole(page, phone.viewport.width);
    await check_accessibility(page);
    await cap.fill('100');
    await page.locator('form button[type=submit]').click();
    await page.waitForSelector('.moves li');
    const answered = await page.locator('[role=status]', { hasText: 'would change class' }).textContent();
    assert.match(answered, /[1-9]/);
    await page.getByRole('button', { name: 'Back to the rulebook' }).click();
    assert.equal(await cap.inputValue(), '20');
    assert.equal(await page.locator('.moves').count(), 0);
    await close_page(page);
  });
});

describe('a review', () => {
  test('shows how far it is and what it found', async () => {
    const page = await open({ ...desktop, language: 'en' }, 'tinhuy', '/classification');
    await page.getByRole('button', { name: 'Run the review' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Run the review' }).click();
    await dialog.locator('progress').waitFor();
    await page.getByText('What the review found').waitFor({ timeout: 30_000 });
    await page.getByText('60,000 members').first().waitFor();
    await close_page(page);
  });
});
