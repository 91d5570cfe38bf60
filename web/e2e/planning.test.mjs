// Planning ahead: series that are changed, ended and taken up again, joint meetings, the year at a glance, what is
// left to prepare, and all of it without a network.
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
  kept_on_device,
  open_browser,
  open_page,
  phone,
  press,
  settle,
  show_whole,
  sign_in_as,
  text_is,
  wait_until_kept,
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

async function signed_in(look, name = 'thuky') {
  const page = await open_page(browser, { bypassCSP: true, serviceWorkers: 'block', ...look });
  await sign_in_as(page, server.url, name);
  const { home_unit_id } = await ask(page, '/api/session');
  return { page, unit_id: home_unit_id };
}
async function go_to(page, path) {
  await page.goto(server.url + path);
  await settle(page);
}
const series_of = (page, unit_id) => ask(page, `/api/meeting_series?unit_id=${unit_id}`);
const named = (list, subject) => list.series.filter((series) => series.subject === subject);

async function start_series(page, unit_id, subject, kind) {
  await go_to(page, `/units/${unit_id}/meetings/plan?repeats=day&on=2025-02-10`);
  await page.check(`input[name=kind][value=${kind}]`);
  await page.fill('[name=subject]', subject);
  await page.fill('[name=at]', '19:30');
  await page.click('form button[type=submit]');
  await page.waitForURL(/\/units\/\w+\/meetings$/);
  await settle(page);
}
const row_of = (page, subject) =>
  page.locator('li', { has: page.locator('b', { hasText: subject }) }).first();

describe('a series', () => {
  test('is changed: each planned meeting says where it goes before it is sent, and goes there', async () => {
    const { page, unit_id } = await signed_in(phone);
    await start_series(page, unit_id, 'Giao ban tổ', 'committee');
    const [series] = named(await series_of(page, unit_id), 'Giao ban tổ');
    await page.click(`a[href="/units/${unit_id}/meeting_series/${series.id}"]`);
    await settle(page);
    await page.fill('[name=on]', '2025-03-12');
    await page.fill('[name=at]', '20:00');
    await press(page, 'Lưu');
    await page.waitForSelector(text_is('[role=alert], .error', 'lý do'));
    await page.fill('[name=reason]', 'Mùa gặt');
    const told = await page.locator('[role=status] li').allInnerTexts();
    assert.equal(told.length, 2, 'what is planned is listed');
    assert.match(told[0], /giữ nguyên/);
    assert.match(told[1], /10\D+3\D+2025\s+20:00\D+12\D+3\D+2025/);
    await show_whole(page, phone.viewport.width);
    await check_accessibility(page);
    await check_width(page);
    await press(page, 'Lưu');
    await page.waitForURL(/\/units\/\w+\/meetings$/);
    const after = await series_of(page, unit_id);
    const next = named(after, 'Giao ban tổ').find((each) => each.follows_id === series.id);
    assert.equal(next.day_of_month, 12);
    assert.equal(next.minute_of_day, 20 * 60);
    const due = after.meetings.filter((meeting) => meeting.series_id === next.id);
    assert.equal(due[0].due_on, '2025-03-12');
    await close_page(page);
  });

  test('is ended with the meetings it had planned, and taken up again', async () => {
    const { page, unit_id } = await signed_in(desktop);
    await start_series(page, unit_id, 'Họp nhóm đọc sách', 'other');
    const row = row_of(page, 'Họp nhóm đọc sách');
    const planned = async () => {
      const list = await series_of(page, unit_id);
      const [series] = named(list, 'Họp nhóm đọc sách');
      return list.meetings.filter((meeting) => meeting.series_id === series.id).length;
    };
    const before = await planned();
    assert.equal(before, 2);
    await row.getByRole('button', { name: 'Dừng lịch định kỳ' }).click();
    // It has not begun yet: its first day is the earliest last one.
    await page.waitForSelector(text_is('dialog[open] p', '1 buổi đã lên lịch sẽ bị hủy'));
    await check_accessibility(page);
    await page.fill('dialog[open] [name=reason]', 'Không đủ người');
    await page.click(text_is('dialog[open] button', 'Dừng lịch định kỳ'));
    await page.waitForSelector('text=Đã dừng lịch định kỳ.');
    assert.equal(await planned(), 1);
    await press(page, 'Hoàn tác');
    await page.waitForSelector('text=Lịch định kỳ tiếp tục');
    assert.equal(await planned(), before);
    await settle(page);
    await show_whole(page, desktop.viewport.width);
    await check_accessibility(page);
    await check_width(page);
    await close_page(page);
  });
});

describe('a joint meeting', () => {
  test('is planned by the level above for several units, and each of them finds it', async () => {
    const secretary = await signed_in(phone);
    const na_lung = secretary.unit_id;
    await go_to(secretary.page, `/units/${na_lung}/meetings/plan`);
    assert.equal(await secretary.page.locator('input[name=kind][value=joint]').count(), 0);
    await secretary.page.waitForSelector('text=Họp chung nhiều chi bộ do cấp trên lên lịch');

    const { page } = await signed_in(phone, 'vanphong');
    await go_to(page, `/units/${na_lung}/meetings/plan`);
    await page.check('input[name=kind][value=joint]');
    await page.fill('[name=subject]', 'Họp chung bàn phòng cháy rừng');
    await page.fill('[name=planned_for]', '2025-01-20');
    await press(page, 'Lưu');
    await page.waitForSelector('text=Chọn thêm ít nhất một chi bộ.');
    const partner = page.locator('#field-joined_unit_ids label').first();
    const name = (await partner.innerText()).trim();
    await partner.click();
    await page.waitForSelector('text=Đã chọn 1 chi bộ');
    await show_whole(page, phone.viewport.width);
    await check_accessibility(page);
    await check_width(page);
    await press(page, 'Lưu');
    await page.waitForURL(/\/meetings\/\w+$/);
    await settle(page);
    const meeting_id = page.url().split('/').at(-1);
    const { joined_units } = await ask(page, `/api/meetings/${meeting_id}`);
    assert.deepEqual(
      joined_units.map((unit) => unit.name),
      [name],
    );
    assert.ok((await page.locator('dd a').allInnerTexts()).includes(name), 'the page names who meets');
    await go_to(page, `/units/${joined_units[0].id}/meetings?year=2025`);
    await page.click(
      '.timeline a:has-text("Họp chung bàn phòng cháy rừng"), ol a:has-text("Họp chung bàn phòng cháy rừng")',
    );
    await page.waitForURL(new RegExp(meeting_id));
    await close_page(page);
    await go_to(secretary.page, `/meetings/${meeting_id}`);
    await secretary.page.waitForSelector(text_is('h1', 'Họp chung bàn phòng cháy rừng'));
    await close_page(secretary.page);
  });
});

describe('the year at a glance', () => {
  test('shows months and quarters on the phone', async () => {
    const { page, unit_id } = await signed_in(phone);
    await go_to(page, `/units/${unit_id}/meetings?year=2024`);
    assert.equal(await page.locator('.strip > ol > li').count(), 12);
    const quarters = await page.locator('.strip .quarters li').allInnerTexts();
    assert.equal(quarters.length, 4);
    assert.match(quarters[0], /Quý 1/);
    assert.ok(
      quarters.some((text) => text.includes('Sinh hoạt chuyên đề:')),
      'a quarter with a thematic meeting',
    );
    await show_whole(page, phone.viewport.width);
    await check_accessibility(page);
    await check_width(page);
    await close_page(page);
  });

  test('is a calendar on a wide screen, walked with the arrow keys', async () => {
    const { page, unit_id } = await signed_in(desktop);
    await go_to(page, `/units/${unit_id}/meetings?year=2024`);
    await page.locator('[data-month="0"] a').first().focus();
    const month = () =>
      page.evaluate(() => document.activeElement.closest('[data-month]')?.getAttribute('data-month'));
    await page.keyboard.press('ArrowDown');
    assert.equal(await month(), '1');
    await page.keyboard.press('ArrowRight');
    assert.equal(await month(), '4');
    await page.keyboard.press('ArrowUp');
    assert.equal(await month(), '3');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await month(), '0');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/meetings\/\w+$/);
    await close_page(page);
  });
});

describe('what is left to prepare', () => {
  async function planned(page, unit_id, subject, on) {
    await go_to(page, `/units/${unit_id}/meetings/plan?on=${on}`);
    await page.check('input[name=kind][value=other]');
    await page.fill('[name=subject]', subject);
    await page.fill('[name=at]', '19:30');
    await page.click('form button[type=submit]');
    await page.waitForURL(/\/meetings\/\w+$/);
    await settle(page);
    return page.url().split('/').at(-1);
  }

  test('is counted, each line leads where it is done, and what is done is ticked off', async () => {
    const { page, unit_id } = await signed_in(phone);
    const id = await planned(page, unit_id, 'Họp chuẩn bị Tết', '2025-01-24');
    await page.waitForSelector('text=Còn 3 việc');
    await show_whole(page, phone.viewport.width);
    await check_accessibility(page);
    await check_width(page);
    await press(page, 'Chương trình đã đúng');
    await page.waitForSelector('text=Còn 2 việc');
    const { agenda } = await ask(page, `/api/meetings/${id}`);
    assert.ok(agenda.length > 0);
    await page.click(text_is('a', 'Gửi giấy mời'));
    await page.waitForURL(/\/invitation$/);
    await settle(page);
    await press(page, 'Gửi giấy mời');
    await page.waitForSelector(text_is('button', 'Không có gì mới để gửi')).catch(() => undefined);
    await go_to(page, `/meetings/${id}`);
    await page.waitForSelector('text=Đã chuẩn bị xong');
    await page.waitForSelector('text=Đã gửi giấy mời');
    await close_page(page);
  });

  test('says when the documents came less than a day before, on the meeting and in the list', async () => {
    const { page, unit_id } = await signed_in(phone);
    const id = await planned(page, unit_id, 'Họp gấp', '2024-12-17');
    await go_to(page, `/meetings/${id}/plan`);
    await page.fill('[name=documents_sent_on]', '2024-12-17');
    await press(page, 'Lưu');
    await page.waitForURL(/\/meetings\/\w+$/);
    await settle(page);
    await page.waitForSelector('text=Tài liệu gửi chưa trước buổi họp một ngày');
    await page.waitForSelector(text_is('li a', 'chưa trước một ngày'));
    await go_to(page, `/units/${unit_id}/meetings?year=2024`);
    await page.waitForSelector(text_is('a', 'Tài liệu gửi muộn'));
    await close_page(page);
  });
});

describe('without a network', () => {
  test('a meeting is planned, moved in its agenda, the page closed, and all is sent later', async () => {
    const { page, unit_id } = await signed_in({ ...phone, serviceWorkers: 'allow', bypassCSP: false });
    await keep_on_device(page);
    // Read once with a network, as the day before.
    await go_to(page, `/units/${unit_id}/meetings/plan`);
    await go_to(page, `/units/${unit_id}/meetings`);
    const { meetings } = await ask(page, `/api/meetings?unit_id=${unit_id}&state=planned&limit=50`);
    const next = meetings.map(({ meeting }) => meeting).sort((a, b) => a.planned_for - b.planned_for)[0];
    await go_to(page, `/meetings/${next.id}`);
    const before = (await ask(page, `/api/meetings/${next.id}`)).agenda.map((item) => item.text);

    await page.context().setOffline(true);
    await page.locator('.grip').nth(1).focus();
    await page.keyboard.press('ArrowUp');
    await wait_until_kept(page, (kept) => kept.operations.length === 1);
    await page.goto(`${server.url}/units/${unit_id}/meetings/plan`);
    await page.waitForSelector('[name=subject]');
    await page.check('input[name=kind][value=other]');
    await page.fill('[name=subject]', 'Họp lên lịch khi mất mạng');
    await page.fill('[name=planned_for]', '2025-02-20');
    await page.fill('[name="agenda/0"]', 'Việc ghi khi mất mạng');
    await page.click('form button[type=submit]');
    await page.waitForURL(/\/units\/\w+\/meetings$/);
    await wait_until_kept(page, (kept) => kept.operations.length === 2);

    // The page is closed in the middle; another one finds what waits, and sends it when there is a network again.
    const again = await page.context().newPage();
    await page.close();
    await again.goto(`${server.url}/waiting`);
    await again.waitForSelector('text=Họp lên lịch khi mất mạng');
    await again.context().setOffline(false);
    await wait_until_kept(again, (kept) => kept.operations.length === 0);
    const sent = await ask(again, `/api/meetings?unit_id=${unit_id}&state=planned&limit=50`);
    const planned = sent.meetings.filter(({ meeting }) => meeting.subject === 'Họp lên lịch khi mất mạng');
    assert.equal(planned.length, 1, 'planned once');
    const record = await ask(again, `/api/meetings/${planned[0].meeting.id}`);
    assert.ok(record.agenda.some((item) => item.text === 'Việc ghi khi mất mạng'));
    const after = (await ask(again, `/api/meetings/${next.id}`)).agenda.map((item) => item.text);
    assert.deepEqual(after, [before[1], before[0], ...before.slice(2)]);
    assert.equal((await kept_on_device(again)).operations.length, 0);
    page.complaints.push(...(again.complaints ?? []));
    await again.context().close();
    assert.deepEqual(page.complaints, []);
  });
});
