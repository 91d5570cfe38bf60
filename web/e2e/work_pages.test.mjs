// Every page of the daily work is accessible, fits the smallest phone and complains about nothing.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { start_server } from './server.mjs';
import {
  ask,
  check_accessibility,
  check_width,
  close_page,
  desktop,
  open_browser,
  open_page,
  phone,
  settle,
  show_whole,
  sign_in_as,
} from './support.mjs';

let browser;
let server;
let addresses;
before(async () => {
  [browser, server] = await Promise.all([open_browser(), start_server()]);
  const page = await open_page(browser, desktop);
  await sign_in_as(page, server.url, 'thuky');
  const { home_unit_id } = await ask(page, '/api/session');
  const held = await ask(page, `/api/meetings?unit_id=${home_unit_id}&state=held&until=2024-04-30`);
  const planned = await ask(page, `/api/meetings?unit_id=${home_unit_id}&state=planned`);
  const { tasks } = await ask(page, `/api/tasks?unit_id=${home_unit_id}&state=open`);
  const { visits } = await ask(page, `/api/units/${home_unit_id}/visits`);
  const { resolutions } = await ask(page, `/api/resolutions?unit_id=${home_unit_id}&year=2024`);
  const meeting_id = held.meetings[0].meeting.id;
  const visit = visits.find((each) => each.advice_items.length > 0);
  addresses = [
    '/',
    '/meetings',
    `/meetings/${meeting_id}`,
    `/meetings/${meeting_id}/score`,
    `/meetings/${planned.meetings[0].meeting.id}`,
    `/units/${home_unit_id}/meetings/plan`,
    '/record?new=1',
    '/record?new=1&part=roll',
    '/record?new=1&part=said',
    '/record?new=1&part=decided',
    '/record?new=1&part=times',
    '/record?new=1&part=send',
    '/tasks',
    '/tasks?view=all',
    `/tasks/${tasks[0].task.id}`,
    `/resolutions/${resolutions[0].resolution.id}`,
    '/visits',
    `/units/${home_unit_id}/visits`,
    `/visits/${visit.visit.id}`,
    `/advice/${visit.advice_items[0].id}`,
  ];
  await close_page(page);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const smallest = { viewport: { width: 320, height: 640 } };
const looks = [
  ['phone, light', { ...phone, theme: 'light' }],
  ['phone, dark', { ...phone, theme: 'dark' }],
  ['desktop, light', { ...desktop, theme: 'light' }],
  ['smallest phone, Hindi', { ...smallest, language: 'hi' }],
];

describe('the pages of the daily work', () => {
  for (const [name, look] of looks) {
    test(`are accessible and fit: ${name}`, async () => {
      const page = await open_page(browser, { ...look, bypassCSP: true, serviceWorkers: 'block' });
      await sign_in_as(page, server.url, 'thuky');
      const told = [];
      for (const address of addresses) {
        await page.goto(server.url + address);
        try {
          await settle(page);
          await show_whole(page, look.viewport.width);
          await check_accessibility(page);
          await check_width(page);
        } catch (error) {
          told.push(`${address}: ${error.message}`);
        }
      }
      assert.deepEqual(told, []);
      await close_page(page);
    });
  }

  test('a member is offered nothing beyond their reach', async () => {
    const page = await open_page(browser, { ...desktop, language: 'vi' });
    await sign_in_as(page, server.url, 'dangvien');
    await page.goto(`${server.url}${addresses[2]}`);
    await settle(page);
    for (const word of ['Công bố biên bản', 'Hủy cuộc họp', 'Sửa lịch họp'])
      assert.equal(await page.locator(`button:has-text("${word}"), a:has-text("${word}")`).count(), 0);
    await close_page(page);
  });

  test('j, k and Enter walk the list of tasks', async () => {
    const page = await open_page(browser, { ...desktop, language: 'vi' });
    await sign_in_as(page, server.url, 'thuky');
    await page.goto(`${server.url}/tasks?view=all`);
    await page.waitForSelector('[data-row]');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    const first = await page.locator('[data-row]').first().getAttribute('href');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${first}`);
    await close_page(page);
  });
});
