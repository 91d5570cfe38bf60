// The month's board of a province and a commune, urging, and what is worth a look, against the filled server.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { start_server } from './server.mjs';
import {
  check_accessibility,
  check_width,
  close_page,
  desktop,
  open_browser,
  open_page,
  phone,
  press,
  settle,
  show_whole,
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

async function open(look, name, address) {
  const page = await open_page(browser, { serviceWorkers: 'block', bypassCSP: true, ...look });
  await sign_in_as(page, server.url, name);
  await page.goto(server.url + address);
  await settle(page);
  return page;
}

describe("the month's board", () => {
  for (const [look_name, look] of [
    ['phone, Hindi, dark', { ...phone, language: 'hi', theme: 'dark' }],
    ['desktop, English', { ...desktop, language: 'en' }],
  ])
    for (const address of ['/month_board', '/month_board/patterns'])
      test(`${address} is accessible and fits: ${look_name}`, async () => {
        const page = await open(look, 'vanphong', address);
        await show_whole(page, look.viewport.width);
        await check_width(page);
        await check_accessibility(page);
        await close_page(page);
      });

  test('late cells are reminded by one act, and a second one finds that they were', async () => {
    const page = await open({ ...desktop, language: 'en' }, 'tinhuy', '/month_board');
    await press(page, 'Remind the late ones');
    await page.waitForSelector(text_is('dialog[open] legend', 'Reaches'));
    const asked = page.waitForResponse(
      (answer) => answer.url().endsWith('/urging') && answer.request().method() === 'POST',
    );
    await page.click('dialog[open] footer button:has-text("Remind")');
    const urging = await (await asked).json();
    assert.ok(urging.reached.length > 0);
    assert.equal(urging.left_out.length, 0);
    await settle(page);
    await press(page, 'Remind the late ones');
    await page.waitForSelector(text_is('dialog[open] p', 'All late cells were reminded this week.'));
    await close_page(page);
  });

  test('what was seen leads to exactly the records it was counted from', async () => {
    const page = await open({ ...phone, language: 'en' }, 'vanphong', '/month_board/patterns');
    const cards = page.locator('li.card');
    const numbers = [
      [/^(\d+) of \d+ tasks were done on the very day/, 1],
      [/^From (\d+) of \d+ resolutions no task/, 1],
    ];
    for (const [said, group] of numbers) {
      const card = cards.filter({ has: page.locator('h2', { hasText: said }) }).first();
      const hits = Number((await card.locator('h2').innerText()).match(said)[group]);
      await card.getByRole('button', { name: 'See the records' }).click();
      await card.locator('ol li').first().waitFor();
      assert.equal(await card.locator('ol li').count(), hits);
    }
    const copied = cards.filter({ has: page.locator('h2', { hasText: 'the same' }) }).first();
    await copied.getByRole('button', { name: 'See both texts' }).click();
    await copied.locator('mark').first().waitFor();
    assert.equal(await copied.locator('section').count(), 2);
    await check_width(page);
    await check_accessibility(page);
    const address = await copied.locator('.where a').getAttribute('href');
    await page.goto(server.url + address);
    await settle(page);
    await page.click('a:has-text("Read and answer")');
    await page.waitForURL(/month_board\/patterns\?unit=/);
    await page.waitForSelector('li.card h2');
    assert.equal(await cards.count(), 1);
    await close_page(page);
  });
});
