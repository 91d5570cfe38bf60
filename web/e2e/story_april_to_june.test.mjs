// From advice in April to a better meeting in June, in the village of Nà Lung: a working group of the province sits in on
// the meeting of April and writes its visit down where there is no network; the meeting of May answers the advice; a
// member does the task; the province sees the effect; and who went by the order no longer reaches the village.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { confirm, follow, heading, see, write_minutes } from './minutes.mjs';
import { start_server } from './server.mjs';
import {
  ask,
  check_accessibility,
  check_width,
  close_page,
  desktop,
  expect_refusal,
  keep_on_device,
  open_browser,
  open_page,
  phone,
  press,
  settle,
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

const tablet = { ...phone, viewport: { width: 768, height: 1024 } };
async function open_as(user_name, device, address = '/') {
  const page = await open_page(browser, { ...device, bypassCSP: true });
  await sign_in_as(page, server.url, user_name);
  await page.goto(server.url + address);
  await settle(page);
  return page;
}
async function name_of(user_name) {
  const page = await open_as(user_name, phone);
  const { full_name } = await ask(page, '/api/session');
  await close_page(page);
  return full_name;
}
async function pick(page, name, typed, label) {
  await page.fill(`[name=${name}]`, typed);
  await page.locator('[role=option]', { hasText: label }).first().click();
}

const number = '21-QĐ/BTCTU';
const advice = 'Nghị quyết nên ghi rõ ai làm, đến đâu, bao giờ xong.';
const change = 'Việc nào trong nghị quyết cũng có tên người và ngày';
const point = 'Từ tháng này, mỗi việc ghi tên người làm và ngày xong.';
const work = 'Kẻ bảng theo dõi việc treo ở nhà văn hóa';
const result = 'Bảng đã treo, mười một việc có tên người';

const effect = 'Nghị quyết tháng 6 có tên người làm và ngày xong từng việc';
const sheet = 'Phiếu của khách dự';
const meeting_subject = (month) => `Sinh hoạt thường kỳ tháng ${month}/2025`;

// From the list of meetings to the minutes of the one of a month, and through them.
async function write_down(page, month, words) {
  await page.goto(`${server.url}/meetings`);
  await settle(page);
  await follow(page, meeting_subject(month));
  await page.click('#main a[href$="/record"]');
  await write_minutes(page, words);
}

// The unit scores itself, everything as it should be, so that what differs between two meetings is in the record.
async function score_itself(page) {
  await page.click(text_is('#main a', 'Tự chấm'));
  await press(page, 'Tất cả đều có');
  await press(page, 'Gửi điểm tự chấm');
  await page.waitForURL(/\/score$/);
  await settle(page);
  const meeting_id = new URL(page.url()).pathname.split('/')[2];
  const { meeting } = await ask(page, `/api/meetings/${meeting_id}`);
  const points = Number((await page.locator('.figure b').first().innerText()).replace(',', '.'));
  return { meeting_id, unit_id: meeting.unit_id, points };
}

describe('advice of April', { concurrency: false }, () => {
  let april;
  let june;

  test('the province orders a working group to the village', async () => {
    await server.go_to('2025-03-28');
    const member = await name_of('doan');
    const page = await open_as('tinhuy', desktop, '/visit_orders');
    await follow(page, 'Cử đoàn công tác');
    await page.fill('[name=number_text]', number);
    await page.check('input[value=attend_meeting]');
    await page.fill('[name=from_on]', '2025-04-01');
    await page.fill('[name=until_on]', '2025-04-30');
    await pick(page, 'unit_ids', 'na lung', 'Nà Lung');
    await pick(page, 'account_ids', member, member);
    await press(page, 'Cử đoàn công tác');
    await page.waitForURL(/\/visit_orders\/[0-9A-Z]{13}$/);
    await see(page, number);
    await close_page(page);
  });

  test('is given at the meeting, on a tablet without a network, with the sheet of the unit', async () => {
    await server.go_to('2025-04-04');
    const page = await open_as('doan', tablet, '/my_visits');
    await see(page, number);
    await keep_on_device(page);
    // The sheet of the meeting is taken along with the order, while there is a network.
    await wait_until_kept(page, ({ readings }) => {
      const sheets = readings.filter(({ key }) => key.includes(' score sheet of meeting '));
      return sheets.length === 1 && readings.some(({ key }) => key.includes(' own visitor score '));
    });
    await check_accessibility(page);
    await page.context().setOffline(true);
    await page.click(text_is('#main a', 'Ghi lần làm việc'));
    await settle(page);
    await page.waitForFunction((number) => {
      return document.querySelector('[name=group_name]')?.value.includes(number);
    }, number);
    const meeting = page.locator('[name=meeting_id] option', { hasText: meeting_subject(4) });
    await page.selectOption('[name=meeting_id]', await meeting.getAttribute('value'));
    await page.fill('[name=strengths]', 'Đảng viên đi họp đều, bí thư sát dân');
    await page.fill('[name=limits]', 'Nghị quyết chung chung, không ai nhận việc');
    await press(page, 'Thêm gợi ý');
    await page.fill('[name="advice_items/0/text"]', advice);
    await page.fill('[name="advice_items/0/expected_change"]', change);
    await page.fill('[name="advice_items/0/check_on"]', '2025-06-10');
    await page.check('input[name="advice_items/0/weight"][value=heavy]');
    await check_width(page);
    await press(page, 'Gửi');
    // What follows is the unit's own sheet, line by line.
    await heading(page, sheet);
    await settle(page);
    for (const name of ['speakers', 'content_fits', 'people_drawn_out', 'tasks_assigned'])
      await page.locator(`input[name="figure-${name}"]`).nth(-2).check();
    await page.locator('input[name="figure-chaired_well"]').first().check();
    await press(page, 'Gửi phiếu chấm');
    await page.waitForURL(/\/meetings\/[0-9A-Z]{13}$/);
    await page.context().setOffline(false);
    await page.evaluate(() => globalThis.dispatchEvent(new Event('online')));
    await wait_until_kept(page, ({ operations }) => operations.length === 0);
    await page.goto(`${server.url}/my_visits`);
    await settle(page);
    await see(page, 'Đã đến ngày');
    await close_page(page);
  });

  test('is followed by minutes as the village always wrote them', async () => {
    await server.go_to('2025-04-05');
    const page = await open_as('thuky', phone);
    await write_down(page, 4, {
      title: 'Nghị quyết tháng 4',
      decide: (page) => page.fill('textarea[name^=decision-]', 'Tăng cường lãnh đạo sản xuất trong thôn.'),
    });
    april = await score_itself(page);
    // The visitors' sheet stands beside the unit's own.
    await see(page, number);
    await close_page(page);
  });

  test('who went by the order sees the village until its last day, and nothing of it the day after', async () => {
    const { unit_id } = april;
    const status_of = (address) => page.evaluate(async (address) => (await fetch(address)).status, address);
    await server.go_to('2025-04-30');
    const page = await open_as('doan', tablet, `/units/${unit_id}/visits`);
    await see(page, number);
    assert.equal(await status_of(`/api/units/${unit_id}/visits`), 200);
    await server.go_to('2025-05-01');
    expect_refusal(page, 403, /^\/api\//);
    expect_refusal(page, 404, /^\/api\//);
    const closed = ['', '/visits', '/open_items', '/story?year=2025'].map(
      (end) => `/api/units/${unit_id}${end}`,
    );
    for (const address of [...closed, `/api/meetings?unit_id=${unit_id}`]) {
      const status = await status_of(address);
      assert.ok(status === 403 || status === 404, `${address}: ${status}`);
    }
    assert.equal(await status_of(`/api/meetings/${april.meeting_id}`), 404);
    await page.goto(`${server.url}/my_visits`);
    await settle(page);
    await see(page, 'Đã hết hạn');
    assert.equal(await page.locator(text_is('#main a', 'Ghi lần làm việc')).count(), 0);
    await close_page(page);
  });

  test('stands on the agenda of May by itself, and a point of the resolution answers it', async () => {
    await server.go_to('2025-05-03');
    const page = await open_as('thuky', phone);
    const full_name = await name_of('dangvien');
    await page.goto(`${server.url}/meetings`);
    await settle(page);
    await follow(page, meeting_subject(5));
    await see(page, advice);
    await close_page(page);
    await server.go_to('2025-05-05');
    const secretary = await open_as('thuky', phone);
    await write_down(secretary, 5, {
      title: 'Nghị quyết tháng 5: việc có người, có ngày',
      async decide(page) {
        await page.fill('textarea[name^=decision-]', point);
        await page.click(text_is('fieldset label', advice));
        await press(page, 'Giao một việc');
        await page.fill('[name^=task-]', work);
        await press(page, 'Ai làm?');
        await page.click(text_is('dialog[open] button', full_name));
        await press(page, 'Cuối tháng');
      },
    });
    await close_page(secretary);
  });

  test('leads to a task, which a member reports from the phone as done', async () => {
    await server.go_to('2025-05-20');
    const page = await open_as('dangvien', phone, '/tasks');
    await follow(page, work);
    await page.waitForSelector(text_is('blockquote', advice));
    await press(page, 'Hoàn thành');
    await page.fill('dialog[open] textarea[name=result]', result);
    await confirm(page, 'Hoàn thành');
    await see(page, result);
    await close_page(page);
  });

  test('makes the meeting of June a better one, by the record', async () => {
    await server.go_to('2025-06-05');
    const page = await open_as('thuky', phone);
    await write_down(page, 6, {
      title: 'Nghị quyết tháng 6',
      async said(page) {
        await page.locator('#main li button').first().click();
        for (let i = 1; i < 9; ++i) {
          await press(page, 'Người phát biểu tiếp');
          await page.locator('dialog[open] li button').nth(i).click();
          await page.waitForSelector('dialog[open]', { state: 'detached' });
        }
      },
      async decide(page) {
        await page.fill('textarea[name^=decision-]', 'Vét rãnh hai bên đường mới.');
        await press(page, 'Giao một việc');
        await page.fill('[name^=task-]', 'Huy động mỗi hộ một công vét rãnh');
        await press(page, 'Ai làm?');
        await page.locator('dialog[open] li button').last().click();
      },
    });
    june = await score_itself(page);
    assert.ok(june.points > april.points, `${june.points} is more than ${april.points}`);
    await close_page(page);
  });

  test('is confirmed by the province at the day to look again, and the whole way is there to click', async () => {
    await server.go_to('2025-06-10');
    const page = await open_as('tinhuy', desktop, `/units/${april.unit_id}/visits`);
    await follow(page, advice);
    await press(page, 'Xác nhận chuyển biến');
    await page.fill('dialog[open] [name=effect]', effect);
    await confirm(page, 'Xác nhận chuyển biến');
    await see(page, effect);
    await see(page, 'Đã xác nhận có chuyển biến');
    await see(page, point);
    const advice_page = page.url();
    // From the advice to its answer and the task, and from the task back to the advice.
    await follow(page, work);
    await see(page, result);
    await page.locator('blockquote', { hasText: advice }).locator('a').click();
    await page.waitForURL(advice_page);
    await settle(page);
    // To the visit, and the score of the meeting that it was about.
    await page.locator(`nav a[href*="/visits/"]`).first().click();
    await settle(page);
    await page.click('#main a[href$="/score"]');
    await settle(page);
    await heading(page, 'Điểm chất lượng sinh hoạt');
    await see(page, number);
    await close_page(page);
  });
});
