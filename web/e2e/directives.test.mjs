// Directives from both ends: a cell makes one concrete by a plan of its own from the phone; the office above sees how
// far it is carried out, reminds the late ones, and replaces a directive by a new one, which leaves the agendas.
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

async function send_directive(page, title) {
  await page.fill('[name=title]', title);
  await page.click('form button[type=submit]');
  await page.waitForSelector(text_is('h1', title));
  await settle(page);
  return new URL(page.url()).pathname.split('/').at(-1);
}

// What the next planned meeting of a unit would carry.
async function carried(page, unit_id) {
  const { meetings } = await ask(page, `/api/meetings?unit_id=${unit_id}&state=planned&limit=50`);
  const next = meetings.map((line) => line.meeting.id).at(0);
  const { agenda } = await ask(page, `/api/meetings/${next}`);
  return agenda.filter((item) => item.source_kind === 'directive').map((item) => item.source_id);
}

describe('directives', { concurrency: false }, () => {
  let unit_id;
  let directive_id;

  test('a secretary makes a directive concrete by a plan, on a phone', async () => {
    const office = await open({ ...desktop, language: 'en' }, 'vanphong', '/directives');
    await office.click(text_is('a', 'Send a directive'));
    await settle(office);
    directive_id = await send_directive(office, 'Mỗi chi bộ nhận đỡ đầu một hộ nghèo');
    await close_page(office);

    const secretary = await open({ ...phone, language: 'en' }, 'thuky', `/directives/${directive_id}`);
    unit_id = (await ask(secretary, '/api/session')).home_unit_id;
    assert.ok((await carried(secretary, unit_id)).includes(directive_id));
    await secretary.click(text_is('a', 'Make a plan'));
    await settle(secretary);
    await press(secretary, 'Keep the plan');
    await secretary.waitForSelector('[role=alert]');
    await secretary.fill('textarea >> nth=0', 'Chọn hộ và phân công người giúp');
    await secretary.fill('[role=combobox] >> nth=0', 'a');
    await secretary.click('[role=option]:visible >> nth=0');
    await press(secretary, 'Add a task');
    await secretary.fill('textarea >> nth=1', 'Góp ngày công sửa nhà');
    await secretary.click('label:has-text("A body") >> nth=1');
    await secretary.fill('[role=combobox] >> nth=1', 'Na Lung');
    await secretary.click('[role=option]:visible >> nth=0');
    await check_accessibility(secretary);
    await check_width(secretary);
    await press(secretary, 'Keep the plan');
    await secretary.waitForSelector(text_is('p', 'Plan: 0 of 2 tasks done'));
    await settle(secretary);
    await check_accessibility(secretary);
    assert.ok(!(await carried(secretary, unit_id)).includes(directive_id));
    await close_page(secretary);
  });

  test('a task of the plan leads back to the directive, and its result moves the figures above', async () => {
    const secretary = await open(
      { ...phone, language: 'en' },
      'thuky',
      `/units/${unit_id}/directives/${directive_id}/plan`,
    );
    await secretary.click(text_is('a[data-row]', 'Góp ngày công sửa nhà'));
    await settle(secretary);
    await secretary.waitForSelector(text_is('#main', 'Mỗi chi bộ nhận đỡ đầu một hộ nghèo'));
    await press(secretary, 'Finish');
    await secretary.fill('dialog[open] textarea[name=result]', 'Đã góp 18 ngày công');
    await secretary.click('dialog[open] button.primary');
    await secretary.waitForSelector(text_is('button', 'Correct the report'));
    await close_page(secretary);

    const office = await open({ ...desktop, language: 'en' }, 'vanphong', `/directives/${directive_id}`);
    await office.waitForSelector(text_is('li', 'Plan: 1 of 2 tasks done'));
    await office.waitForSelector(text_is('b.concrete', 'Made concrete by a plan'));
    await check_accessibility(office);
    await office.click(text_is('li a', 'Plan: 1 of 2 tasks done'));
    await office.waitForSelector(text_is('a[data-row]', 'Chọn hộ và phân công người giúp'));
    assert.equal(await office.locator('form').count(), 0);
    await close_page(office);
  });

  test('the office reminds the late units by one act, and only once in the week', async () => {
    const office = await open({ ...desktop, language: 'en' }, 'vanphong', '/directives');
    await office.click(text_is('a', '2024 - 2025'));
    await settle(office);
    const fire_id = new URL(office.url()).pathname.split('/').at(-1);
    const late = await ask(office, `/api/directives/${fire_id}/progress?standing=late&limit=200`);
    assert.ok(late.may_urge > 0);
    assert.ok(late.units.every((unit) => unit.late_days === 31));
    await office.click(`button:has-text("Remind ${late.may_urge} late")`);
    await office.fill('dialog[open] textarea', 'Xin gửi kế hoạch trước ngày 20');
    await office.click('dialog[open] button.primary');
    await office.waitForSelector(text_is('#main', 'reminded within the last week'));
    const after_urging = await ask(office, `/api/directives/${fire_id}/progress?limit=200`);
    assert.equal(after_urging.may_urge, 0);
    assert.equal(after_urging.urged_late, late.may_urge);
    await office.click('button[aria-pressed]:has-text("Late")');
    await settle(office);
    assert.equal(await office.locator('#main .who').count(), Math.min(50, late.may_urge));
    await check_accessibility(office);
    await close_page(office);
  });

  test('what is superseded leaves the agenda, and the new one stands on it', async () => {
    const office = await open({ ...desktop, language: 'en' }, 'vanphong', '/directives');
    await office.click(text_is('a', 'Send a directive'));
    await settle(office);
    const old_id = await send_directive(office, 'Mỗi thôn trồng 200 cây xanh');
    assert.ok((await carried(office, unit_id)).includes(old_id));
    await office.click(text_is('a', 'Replace by a new one'));
    await settle(office);
    assert.equal(await office.inputValue('[name=supersedes]'), 'Mỗi thôn trồng 200 cây xanh');
    const new_id = await send_directive(office, 'Mỗi thôn trồng 300 cây xanh');
    const now = await carried(office, unit_id);
    assert.ok(!now.includes(old_id) && now.includes(new_id));
    await office.goto(`${server.url}/directives/${old_id}`);
    await office.waitForSelector(text_is('a', 'See what supersedes it'));
    await close_page(office);
  });

  for (const [look_name, look] of [
    ['phone, Hindi, dark', { ...phone, language: 'hi', theme: 'dark' }],
    ['small phone, Vietnamese', { ...phone, viewport: { width: 320, height: 640 } }],
    ['desktop, English', { ...desktop, language: 'en' }],
  ])
    test(`the pages of a directive are accessible and fit: ${look_name}`, async () => {
      const page = await open(look, 'thuky', `/directives/${directive_id}`);
      for (const address of ['', `/units/${unit_id}`]) {
        await page.goto(`${server.url}${address}/directives/${directive_id}${address ? '/plan' : ''}`);
        await settle(page);
        await show_whole(page, look.viewport.width);
        await check_width(page);
        await check_accessibility(page);
      }
      await close_page(page);
    });
});
