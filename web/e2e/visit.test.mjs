// A visit and what follows, each person at their own page: an inspector leaves advice and a finding, the cell answers
// by a resolution with a task and says what it remedied, and the inspector looks again.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { start_server } from './server.mjs';
import {
  ask,
  check_accessibility,
  close_page,
  desktop,
  expect_refusal,
  open_browser,
  open_page,
  press,
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

async function open_as(user_name, address = '/') {
  const page = await open_page(browser, { ...desktop, bypassCSP: true, serviceWorkers: 'block' });
  await sign_in_as(page, server.url, user_name);
  await page.goto(server.url + address);
  await settle(page);
  return page;
}
const confirm = (page, text) => page.click(text_is('dialog[open] footer button', text));

const group = 'Tổ kiểm tra hồ sơ';
const advice = 'Sổ họp nên ghi rõ ai nhận việc nào.';
const finding = 'Sổ đảng phí thiếu chữ ký hai tháng.';
const point = 'Từ nay sổ họp ghi tên người nhận từng việc.';
const work = 'Kẻ lại mẫu sổ họp';

describe('a visit', () => {
  let unit_id;
  let advice_id;
  let task_id;

  test('is recorded with a score, advice and a finding', async () => {
    const secretary = await open_as('thuky');
    unit_id = (await ask(secretary, '/api/session')).home_unit_id;
    await close_page(secretary);

    const page = await open_as('kiemtra', `/units/${unit_id}/visits`);
    await page.click(text_is('a', 'Ghi lần làm việc'));
    await page.waitForURL('**/visits/record');
    await settle(page);
    await press(page, 'Gửi');
    await page.waitForSelector('[name=group_name][aria-invalid=true]');
    await page.fill('[name=group_name]', group);
    await page.fill('[name=score]', '82');
    await press(page, 'Thêm gợi ý');
    await press(page, 'Thêm tồn tại');
    await press(page, 'Gửi');
    await page.waitForSelector('[name="advice_items/0/text"][aria-invalid=true]');
    await check_accessibility(page);
    await page.fill('[name="advice_items/0/text"]', advice);
    await page.fill('[name="advice_items/0/expected_change"]', 'Việc nào cũng có tên người nhận');
    await page.fill('[name="findings/0/text"]', finding);
    await page.fill('[name="findings/0/remedy"]', 'Ký đủ và nộp lại sổ');
    await press(page, 'Gửi');
    await page.waitForURL(/\/visits\/[0-9A-Z]{13}$/);
    await settle(page);
    assert.equal(await page.locator('h1').innerText(), group);
    await page.waitForSelector('text=82');
    advice_id = new URL(await page.locator(text_is('a', advice)).getAttribute('href'), server.url).pathname
      .split('/')
      .at(-1);
    await close_page(page);
  });

  test('is answered by a point of a resolution, with a task that another checks', async () => {
    const member = await open_as('dangvien');
    const { full_name } = await ask(member, '/api/session');
    await close_page(member);

    const page = await open_as('thuky', '/record?new=1');
    await press(page, 'Ai có mặt?');
    await press(page, 'Tiếp tục');
    await page.waitForSelector(text_is('h1', 'Việc kỳ trước đến đâu'));
    await press(page, 'Tiếp tục');
    await page.waitForSelector(text_is('h1', 'Nội dung đã bàn'));
    await press(page, 'Tiếp tục');
    await page.check('input[name=decides][value=yes]');
    await page.fill('[name=title]', 'Sửa mẫu sổ họp');
    await page.fill('textarea[name^=decision-]', point);
    await page.click(text_is('fieldset label', advice));
    await press(page, 'Giao một việc');
    await page.fill('[name^=task-]', work);
    await press(page, 'Ai làm?');
    await page.click(text_is('dialog[open] button', full_name));
    await press(page, 'Tiếp tục');
    await page.waitForSelector(text_is('h1', 'Ảnh'));
    await press(page, 'Tiếp tục');
    await page.check('input[name=chosen_day][value=yesterday]');
    await page.fill('[name=started_at]', '19:30');
    await page.fill('[name=ended_at]', '21:05');
    await press(page, 'Tiếp tục');
    await press(page, 'Gửi biên bản');
    await page.waitForSelector('text=Đã gửi biên bản');
    await page.goto(`${server.url}/advice/${advice_id}`);
    await settle(page);
    await page.waitForSelector('text=Đã trả lời bằng nghị quyết');
    await page.waitForSelector(`text=${point}`);
    // Nobody of the cell confirms what its own answer changed.
    assert.equal(await page.locator(text_is('button', 'Xác nhận chuyển biến')).count(), 0);
    task_id = new URL(await page.locator(text_is('a', work)).getAttribute('href'), server.url).pathname
      .split('/')
      .at(-1);
    await close_page(page);
  });

  test('leads to a task that the member reports and the secretary checks', async () => {
    const member = await open_as('dangvien', `/tasks/${task_id}`);
    await press(member, 'Hoàn thành');
    await member.fill('dialog[open] textarea', 'Đã kẻ mẫu mới, in 20 tờ');
    await confirm(member, 'Hoàn thành');
    await member.waitForSelector('text=Đã kẻ mẫu mới, in 20 tờ');
    assert.equal(await member.locator(text_is('button', 'Xác nhận kết quả')).count(), 0);
    await close_page(member);

    const page = await open_as('thuky', `/tasks/${task_id}`);
    await press(page, 'Xác nhận kết quả');
    await confirm(page, 'Xác nhận kết quả');
    await page.waitForSelector('text=Đã kiểm tra ngày');
    await close_page(page);
  });

  test('is looked at again: the change is confirmed', async () => {
    const page = await open_as('kiemtra', `/advice/${advice_id}`);
    await press(page, 'Xác nhận chuyển biến');
    await confirm(page, 'Xác nhận chuyển biến');
    await page.waitForSelector('dialog[open] [name=effect][aria-invalid=true]');
    await page.fill('dialog[open] [name=effect]', 'Sổ tháng này ghi đủ tên');
    await confirm(page, 'Xác nhận chuyển biến');
    await page.waitForSelector('text=Sổ tháng này ghi đủ tên');
    await page.waitForSelector('text=Đã xác nhận có chuyển biến');
    await close_page(page);
  });

  test('has its finding remedied by the cell; the inspector may look at the effect only later, the cell never', async () => {
    const page = await open_as('thuky', `/units/${unit_id}/visits`);
    const row = page.locator('.finding', { hasText: finding });
    await row.locator(text_is('button', 'Báo đã khắc phục')).click();
    await page.fill('dialog[open] [name=remedied_how]', 'Đã ký đủ hai tháng');
    await confirm(page, 'Báo đã khắc phục');
    await row.locator('text=Đơn vị báo đã khắc phục').waitFor();
    assert.equal(await row.locator('button').count(), 0, 'closing is not offered');
    // Nor does the server take it from somebody who asks it directly.
    const { visits } = await ask(page, `/api/units/${unit_id}/visits`);
    const { id } = visits.flatMap((each) => each.findings).find((each) => each.text === finding);
    expect_refusal(page, 403, /\/closing$/);
    const status = await page.evaluate(async (id) => {
      const headers = {
        'content-type': 'application/json',
        'x-groundwork': '1',
        'idempotency-key': crypto.randomUUID(),
      };
      const body = JSON.stringify({ closing_note: 'Tự khép' });
      return (await fetch(`/api/findings/${id}/closing`, { method: 'POST', headers, body })).status;
    }, id);
    assert.equal(status, 403);
    await close_page(page);

    const inspector = await open_as('kiemtra', `/units/${unit_id}/visits`);
    const same = inspector.locator('.finding', { hasText: finding });
    await same.locator(text_is('button', 'Khép lại')).click();
    await confirm(inspector, 'Khép lại');
    await inspector.waitForSelector('dialog[open] [name=closing_note][aria-invalid=true]');
    await inspector.fill('dialog[open] [name=closing_note]', 'Đã xem sổ, chữ ký đủ');
    expect_refusal(inspector, 409, /\/closing$/);
    await confirm(inspector, 'Khép lại');
    await inspector.waitForSelector('dialog[open] >> text=Chỉ kiểm tra hiệu quả từ ngày');
    await close_page(inspector);
  });

  test('is told in the story of the year, with what is still open marked', async () => {
    const page = await open_as('thuky', `/units/${unit_id}`);
    const story = await ask(page, `/api/units/${unit_id}/story?year=2024`);
    const open = story.entries.filter((entry) => entry.kind === 'task' && entry.state === 'open');
    assert.ok(open.length > 0);
    const told = open.find((entry) => entry.because.length > 0);
    await page.click(text_is('.more button', 'Xem cả'));
    await page.locator('details', { hasText: told.title }).first().locator('summary').click();
    await page.locator(`details[open] a[href="/tasks/${told.id}"] time`).first().waitFor();
    await close_page(page);
  });
});

test('a page that is not for one’s role says so without asking the server', async () => {
  const page = await open_as('dangvien', '/accounts');
  assert.equal(await page.locator('h1').innerText(), 'Trang này không dành cho vai trò của bạn');
  await close_page(page);
});
