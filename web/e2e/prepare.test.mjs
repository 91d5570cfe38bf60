// Preparing a meeting: by a rule, its agenda put in order by keyboard and by touch, moved, cancelled and taken up again.
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

async function secretary(options) {
  const page = await open_page(browser, { ...options, bypassCSP: true, serviceWorkers: 'block' });
  await sign_in_as(page, server.url, 'thuky');
  const { home_unit_id } = await ask(page, '/api/session');
  return { page, unit_id: home_unit_id };
}

const texts_of = async (page, meeting_id) =>
  (await ask(page, `/api/meetings/${meeting_id}`)).agenda.map((item) => item.text);

// Until the server has what the page shows.
async function until_agenda(page, meeting_id, wanted) {
  for (let i = 0; i < 100; ++i) {
    if (JSON.stringify(await texts_of(page, meeting_id)) === JSON.stringify(wanted)) return;
    await page.waitForTimeout(100);
  }
  assert.deepEqual(await texts_of(page, meeting_id), wanted);
}

async function planned_meeting(page, unit_id, subject) {
  await page.goto(`${server.url}/units/${unit_id}/meetings/plan`);
  await settle(page);
  await page.check('input[name=kind][value=other]');
  await page.fill('[name=subject]', subject);
  await page.fill('[name=planned_for]', '2025-02-10');
  await page.fill('[name=at]', '19:30');
  await page.fill('[name="agenda/0"]', 'Việc một');
  await page.fill('[name="agenda/1"]', 'Việc hai');
  await page.click('form button[type=submit]');
  await page.waitForURL(/\/meetings\/\w+$/);
  await settle(page);
  return page.url().split('/').at(-1);
}

describe('preparing', () => {
  test('a rule plans the meetings of the next months', async () => {
    const { page, unit_id } = await secretary(phone);
    await page.goto(`${server.url}/units/${unit_id}/meetings/plan`);
    await settle(page);
    await page.check('input[name=kind][value=committee]');
    await page.fill('[name=subject]', 'Họp chi ủy');
    await page.fill('[name=planned_for]', '2025-01-31');
    await page.fill('[name=at]', '19:30');
    await page.check('input[name=repeats][value=day]');
    await page.click('form button[type=submit]');
    await page.waitForURL(/\/units\/\w+\/meetings$/);
    const { meetings } = await ask(page, `/api/meetings?unit_id=${unit_id}&state=planned&limit=50`);
    const days = meetings
      .filter(({ meeting }) => meeting.kind === 'committee')
      .map(({ meeting }) => meeting.meets_on);
    assert.deepEqual(days.sort(), ['2025-01-31', '2025-02-28']);
    await close_page(page);
  });

  test('the agenda is put in order with the arrow keys, and stays so', async () => {
    const { page, unit_id } = await secretary(desktop);
    const id = await planned_meeting(page, unit_id, 'Họp bàn việc bàn phím');
    const before = await texts_of(page, id);
    assert.ok(before.length > 2, 'open points came by themselves');
    await page.locator('.grip').nth(2).focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    const wanted = [before[2], before[0], before[1], ...before.slice(3)];
    await until_agenda(page, id, wanted);
    assert.equal(await page.evaluate(() => document.activeElement?.classList.contains('grip')), true);
    await page.reload();
    await settle(page);
    assert.equal((await page.locator('.text > p').first().textContent()).trim(), before[2]);
    await show_whole(page, desktop.viewport.width);
    await check_accessibility(page);
    await close_page(page);
  });

  test('the agenda is put in order by a finger, and an open point set aside for this meeting', async () => {
    const { page, unit_id } = await secretary(phone);
    const id = await planned_meeting(page, unit_id, 'Họp bàn việc trên điện thoại');
    const before = await texts_of(page, id);
    // The bar at the bottom of the phone covers what only just came into sight.
    await page
      .locator('.grip')
      .nth(1)
      .evaluate((grip) => grip.scrollIntoView({ block: 'center' }));
    const from = await page.locator('.grip').nth(1).boundingBox();
    const to = await page.locator('.grip').nth(0).boundingBox();
    const finger = await page.context().newCDPSession(page);
    const touch = (type, box) =>
      finger.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: box ? [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }] : [],
      });
    await touch('touchStart', from);
    await touch('touchMove', to);
    await touch('touchEnd');
    const swapped = [before[1], before[0], ...before.slice(2)];
    await until_agenda(page, id, swapped);
    // The buttons do the same.
    await page.click(`button[aria-label="Đưa “${before[1]}” xuống"]`);
    await until_agenda(page, id, before);

    await page.click(`button[aria-label="Để lại “${before[2]}” lần sau"]`);
    await page.fill('dialog [name=reason]', 'Chờ xi măng về');
    await page.click(text_is('dialog button', 'Để lần sau'));
    await until_agenda(page, id, [before[0], before[1], ...before.slice(3)]);
    await page.waitForSelector('text=Chờ xi măng về');
    await press(page, 'Đưa trở lại');
    await until_agenda(page, id, [before[0], before[1], ...before.slice(3), before[2]]);
    await settle(page);
    await show_whole(page, phone.viewport.width);
    await check_accessibility(page);
    await check_width(page);
    await close_page(page);
  });

  for (const [name, look] of [
    ['phone', phone],
    ['desktop', desktop],
  ]) {
    test(`a meeting is moved, cancelled and taken up again: ${name}`, async () => {
      const { page, unit_id } = await secretary(look);
      const id = await planned_meeting(page, unit_id, `Họp dời lịch ${name}`);
      await press(page, 'Dời lịch');
      await page.fill('dialog[open] [name=planned_for]', '2025-02-12');
      await page.fill('dialog[open] [name=reason]', 'Mưa lũ');
      await page.fill('dialog[open] [name=told]', 'Gọi từng người');
      await page.click(text_is('dialog[open] button', 'Dời lịch'));
      await page.waitForSelector('text=Đã báo: Gọi từng người');
      const moved = await ask(page, `/api/meetings/${id}`);
      assert.equal(moved.meeting.meets_on, '2025-02-12');
      assert.equal(moved.plan_changes[0].reason, 'Mưa lũ');

      await press(page, 'Hủy cuộc họp');
      await page.fill('dialog[open] [name=reason]', 'Lũ chưa rút');
      await page.click(text_is('dialog[open] button', 'Hủy cuộc họp'));
      await press(page, 'Họp lại như đã định');
      await page.waitForSelector(text_is('li', 'Khôi phục lịch họp'));
      const restored = await ask(page, `/api/meetings/${id}`);
      assert.equal(restored.meeting.state, 'planned');
      assert.deepEqual(
        restored.plan_changes.map((change) => change.kind),
        ['moved', 'cancelled', 'restored'],
      );
      await settle(page);
      await show_whole(page, look.viewport.width);
      await check_width(page);
      await close_page(page);
    });
  }
});
