// What is put right afterwards: the due days of many tasks, a resolution that was written down wrongly, the times of
// minutes whose phone had a slow clock; and what a point of a resolution may say that it answers.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  all_sent,
  browser,
  check_kept_once,
  cut,
  go_on,
  heading,
  hour,
  mend,
  open_hub,
  open_phone,
  patience,
  plan,
  press_send,
  send,
  server,
  set_up,
  steps,
} from './phone_meeting.mjs';
import {
  ask,
  check_accessibility,
  check_width,
  close_page,
  desktop,
  open_page,
  phone,
  press,
  settle,
  sign_in_as,
  text_is,
} from './support.mjs';

set_up();

async function open(look, name, address) {
  const page = await open_page(browser, { serviceWorkers: 'block', bypassCSP: true, ...look });
  await sign_in_as(page, server.url, name);
  await page.goto(server.url + address);
  await settle(page);
  return page;
}

describe('put right afterwards', { concurrency: false }, () => {
  for (const [look_name, look] of [
    ['desktop, English', { ...desktop, language: 'en' }],
    ['phone, English, dark', { ...phone, language: 'en', theme: 'dark' }],
  ])
    test(`the due days of many tasks are moved at once and taken back: ${look_name}`, async () => {
      const page = await open(look, 'thuky', '/tasks');
      const { home_unit_id } = await ask(page, '/api/session');
      await page.click(text_is('a', 'Move due days'));
      await settle(page);
      await check_accessibility(page);
      await check_width(page);
      const open_tasks = `/api/tasks?within=${home_unit_id}&state=open&limit=200`;
      const days = async () =>
        Object.fromEntries((await ask(page, open_tasks)).tasks.map(({ task }) => [task.id, task.due_on]));
      const before = await days();
      assert.ok(Object.keys(before).length >= 2);
      await page.click('form button[type=submit]');
      await page.waitForSelector(text_is('#main', 'Choose the tasks to move'));
      await page.locator('input[type=checkbox]').nth(0).check();
      await page.locator('input[type=checkbox]').nth(1).check();
      await page.locator('.own input').nth(1).fill('2025-02-20');
      await page.fill('[name=due_on]', '2025-02-10');
      await page.fill('[name=reason]', 'Mưa lũ kéo dài');
      await page.click('form button[type=submit]');
      await page.waitForSelector(text_is('#main', '2 due days were moved'));
      await settle(page);
      await check_accessibility(page);
      const moved = await days();
      const changed = Object.keys(before).filter((id) => moved[id] !== before[id]);
      assert.deepEqual(changed.map((id) => moved[id]).sort(), ['2025-02-10', '2025-02-20']);
      await press(page, 'Take it back');
      await page.waitForFunction(() => !document.querySelector('.moved'));
      await settle(page);
      assert.deepEqual(await days(), before);
      const { steps: told } = await ask(page, `/api/tasks/${changed[0]}/history`);
      assert.deepEqual(
        told.slice(-2).map((step) => step.kind),
        ['due_day_moved', 'due_day_moved'],
      );
      assert.equal(told.at(-2).text, 'Mưa lũ kéo dài');
      await close_page(page);
    });

  test('a resolution is corrected with a reason, and what it read before stays', async () => {
    const page = await open({ ...phone, language: 'en' }, 'thuky', '/tasks');
    const { home_unit_id } = await ask(page, '/api/session');
    const { resolutions } = await ask(page, `/api/resolutions?unit_id=${home_unit_id}&year=2024`);
    const { resolution, items } = resolutions[0];
    await page.goto(`${server.url}/resolutions/${resolution.id}`);
    await settle(page);
    await page.click(text_is('a', 'Correct the resolution'));
    await settle(page);
    await check_accessibility(page);
    await check_width(page);
    await page.fill('[name=title]', 'Nghị quyết đã đính chính');
    await press(page, 'Add a forgotten point');
    await page.locator('textarea[name^=point-]').last().fill('Nội dung ghi sót');
    await press(page, 'Keep the correction');
    await page.waitForSelector('[role=alert]');
    await page.fill('[name=reason]', 'Gõ nhầm tên');
    await press(page, 'Keep the correction');
    await page.waitForSelector(text_is('h2', 'Corrections'));
    await settle(page);
    await page.click('summary');
    await page.waitForSelector(text_is('details', resolution.title));
    await page.waitForSelector(text_is('#main', 'Gõ nhầm tên'));
    await check_accessibility(page);
    const now = await ask(page, `/api/resolutions/${resolution.id}`);
    assert.equal(now.resolution.title, 'Nghị quyết đã đính chính');
    assert.equal(now.resolution.number_text, resolution.number_text);
    assert.equal(now.items.length, items.length + 1);
    await close_page(page);
  });

  test('a point answers a directive and an open point; the number comes when it is sent', async () => {
    const office = await open({ ...desktop, language: 'en' }, 'vanphong', '/');
    const { home_unit_id: commune } = await ask(office, '/api/session');
    const title = 'Mỗi thôn có một tủ sách';
    const sent = await send(office, '/api/directives', {
      unit_id: commune,
      kind: 'plan',
      number_text: '',
      title,
      summary: '',
      concrete_by: '2024-12-30',
      unit_ids: [],
    });
    assert.equal(sent.status, 200);
    await close_page(office);

    const page = await open_phone();
    const open_items = await ask(page, `/api/units/${page.home}/open_items`);
    const earlier = open_items.items[0].item.text;
    const meeting_id = await plan(page, 'Bàn tủ sách');
    await page.goto(`${server.url}/meetings/${meeting_id}/record`);
    await page.waitForSelector(text_is('button', 'Bắt đầu họp ngay'));
    await settle(page);
    const [start, roll, before, said] = steps('Nên đặt tủ sách ở nhà văn hóa');
    for (const [, act] of [start, roll, before, said]) await act(page);
    await page.check('input[name=decides][value=yes]');
    await page.waitForSelector('text=Số nghị quyết được cấp khi gửi lên hệ thống.');
    await page.fill('textarea[name^=decision-]', 'Lập tủ sách của thôn');
    await page.locator('fieldset label.directive', { hasText: title }).click();
    await page.locator('fieldset label.resolution_item', { hasText: earlier }).first().click();
    await go_on(page);
    await heading(page, 'Ảnh');
    await go_on(page);
    await press(page, 'Họp xong rồi');
    await heading(page, 'Xem lại và gửi');
    await press_send(page);
    await page.waitForSelector('text=Đã gửi biên bản', patience);
    await all_sent(page);
    const { resolutions } = await ask(
      page,
      `/api/resolutions?unit_id=${page.home}&meeting_id=${meeting_id}&year=2024`,
    );
    assert.deepEqual(resolutions[0].items[0].citations.map((each) => each.kind).sort(), [
      'directive',
      'resolution_item',
    ]);
    const { own } = (await ask(page, `/api/directives?unit_id=${page.home}`)).directives.find(
      (line) => line.directive.title === title,
    );
    assert.equal(own.standing, 'concrete');
    await close_page(page);
  });

  test('a slow clock learned only after sending: the times are put right on the spot', async () => {
    const page = await open_phone();
    const text = 'Đồng hồ chậm mà chưa ai biết';
    await page.evaluate((by) => localStorage.setItem('test.turned_by', String(by)), -hour);
    await cut(page);
    await open_hub(page);
    for (const [, act] of steps(text)) await act(page);
    await press(page, 'Gửi khi có mạng');
    await page.waitForSelector('text=Đã giữ trên máy, chờ mạng');
    await mend(page);
    await page.waitForSelector('text=Đã gửi biên bản', patience);
    await all_sent(page);
    await press(page, 'Sửa lại giờ');
    assert.match(await page.inputValue('dialog[open] [name=reason]'), /chậm 1 giờ/);
    await page.click('dialog[open] button.primary');
    await page.waitForSelector('text=Đã sửa giờ');
    const { meeting } = await check_kept_once(page, text);
    const behind = meeting.started_at - meeting.clock_started_at;
    assert.ok(Math.abs(behind - hour) < 2 * 60_000, `${behind / 60_000} minutes behind`);
    const { versions } = await ask(page, `/api/meetings/${meeting.id}/record_versions`);
    assert.equal(versions.length, 1);
    assert.match(versions[0].reason, /chậm 1 giờ/);
    await close_page(page);
  });
});
