// What a cell cannot solve itself, on its way up and back, against the filled server.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { start_server } from './server.mjs';
import {
  ask,
  check_accessibility,
  check_width,
  close_page,
  desktop,
  keep_on_device,
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
  await page.goto(server.url + (typeof address === 'string' ? address : await address(page)));
  await settle(page);
  return page;
}
const at_home = (tail) => async (page) => `/units/${(await ask(page, '/api/session')).home_unit_id}/${tail}`;
const first_open = async (page) =>
  `/obstacles/${(await ask(page, '/api/obstacles?which=open')).obstacles[0].obstacle.id}`;

describe('obstacles', () => {
  for (const [look_name, look, name, address] of [
    ['the list, phone, Hindi, dark', { ...phone, language: 'hi', theme: 'dark' }, 'vanphong', '/obstacles'],
    ['raising, phone, Vietnamese', { ...phone, language: 'vi' }, 'thuky', at_home('obstacles/raise')],
    ['a story, desktop, English', { ...desktop, language: 'en' }, 'thuky', first_open],
    ['a story, phone, Vietnamese', { ...phone, language: 'vi' }, 'thuky', first_open],
    [
      'the board, phone, English, dark',
      { ...phone, language: 'en', theme: 'dark' },
      'vanphong',
      at_home('obstacle_board'),
    ],
  ])
    test(`is accessible and fits: ${look_name}`, async () => {
      const page = await open(look, name, address);
      await show_whole(page, look.viewport.width);
      await check_width(page);
      await check_accessibility(page);
      await close_page(page);
    });

  test('like ones become a case with one answer, and each cell says for itself whether it is gone', async () => {
    const page = await open({ ...desktop, language: 'en' }, 'vanphong', '/obstacles');
    await press(page, 'Put side by side');
    await page.fill('dialog[open] [name=title]', 'Điện cho nhà văn hóa thôn');
    await page.click('dialog[open] footer button:has-text("Join")');
    await page.waitForSelector(text_is('.toast', 'Put side by side.'));
    await settle(page);
    await page.click('a:has-text("Điện cho nhà văn hóa thôn") >> nth=0');
    await settle(page);
    await page.click('button:has-text("Answer all")');
    await page.fill('dialog[open] [name=text]', 'Điện lực Na Hang kéo đường dây cho các thôn');
    await press(page, 'Send the solution');
    await page.waitForSelector(text_is('small', 'Waits for the word of'));
    await settle(page);
    assert.equal(await page.locator('button:has-text("Answer all")').count(), 0);
    await close_page(page);
  });

  test('an obstacle that nobody answers climbs to the province and comes back solved', async () => {
    const text = 'Đường lên thôn sạt lở, xe không vào được.';
    // Written on the mountain without a network.
    const cell = await open_page(browser, { ...phone, language: 'vi' });
    await sign_in_as(cell, server.url, 'thuky');
    await cell.goto(server.url + (await at_home('obstacles/raise')(cell)));
    await settle(cell);
    await keep_on_device(cell);
    await cell.context().setOffline(true);
    await cell.fill('[name=text]', text);
    await cell.fill('[name=tried]', 'Thôn đã dọn đất hai lần.');
    await cell.fill('[name=asked]', 'Đề nghị cho máy xúc và làm kè.');
    await press(cell, 'Gửi lên cấp trên');
    await cell.waitForURL(/\/obstacles$/);
    await cell.context().setOffline(false);
    await cell.waitForFunction(
      async (text) =>
        (await (await fetch('/api/obstacles?which=open')).json()).obstacles.some(
          (line) => line.obstacle.text === text,
        ),
      text,
    );
    const mine = (await ask(cell, '/api/obstacles?which=open')).obstacles.find(
      (line) => line.obstacle.text === text,
    );
    assert.match(mine.holder_name, /Khau Tinh/);
    await close_page(cell);

    // Neither the commune nor the district says a word.
    await server.go_to('2025-01-20');
    const address = `/obstacles/${mine.obstacle.id}`;
    const province = await open({ ...desktop, language: 'vi' }, 'tinhuy', address);
    const story = await province.innerText('#main');
    assert.match(story, /xã Khau Tinh im lặng đến hết ngày 31\/12\/2024/);
    assert.match(story, /huyện Na Hang im lặng đến hết ngày 16\/1\/2025/);
    assert.match(story, /Đảng bộ tỉnh Tuyên Quang phải trả lời/);
    await press(province, 'Trả lời');
    assert.equal(await province.locator('dialog[open] input[value=pass_up]').count(), 0);
    await province.fill('dialog[open] [name=text]', 'Sở Giao thông làm kè và mở lại đường.');
    await province.fill('dialog[open] [name=done_by]', '2025-02-15');
    await press(province, 'Gửi cách giải quyết');
    await province.waitForSelector(text_is('b', 'xác nhận'));
    await close_page(province);

    await server.go_to('2025-02-16');
    const again = await open({ ...phone, language: 'vi' }, 'thuky', address);
    await press(again, 'Đã được gỡ');
    await again.fill('dialog[open] [name=text]', 'Xe đã vào được đến nhà văn hóa.');
    await again.click('dialog[open] footer button:has-text("Đã được gỡ")');
    await again.waitForSelector(text_is('.act', 'xác nhận đã được gỡ'));
    const told = (await ask(again, `/api${address}`)).steps.map(({ step }) => step.act);
    assert.deepEqual(told, ['raise', 'silence', 'silence', 'solve', 'confirm']);
    await close_page(again);
  });
});
