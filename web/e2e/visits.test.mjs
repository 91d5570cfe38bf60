// A working group from its order to the reply to a refusal: the province sends it out, its member writes the visit down
// without a network, the cell refuses a piece of advice, the group keeps it open, and the order ends.
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
  phone,
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

async function open_as(user_name, address = '/', device = desktop) {
  const page = await open_page(browser, { ...device, bypassCSP: true, serviceWorkers: 'block' });
  await sign_in_as(page, server.url, user_name);
  await page.goto(server.url + address);
  await settle(page);
  return page;
}
const confirm = (page, text) => page.click(text_is('dialog[open] footer button', text));
async function pick(page, name, typed, label) {
  await page.fill(`[name=${name}]`, typed);
  await page.locator('[role=option]', { hasText: label }).first().click();
}

const number = '88-QĐ/BTCTU';
const advice = 'Nên ghi rõ việc của từng người vào sổ tay.';

describe('a working group', () => {
  let unit_id;
  let advice_id;
  let order_id;

  test('sees nothing of a unit that its order does not name', async () => {
    const secretary = await open_as('thuky');
    unit_id = (await ask(secretary, '/api/session')).home_unit_id;
    await close_page(secretary);
    const page = await open_as('doan', '/my_visits', phone);
    await page.waitForSelector('text=47-QĐ/BTCTU');
    await check_accessibility(page);
    const { permissions } = await ask(page, '/api/session');
    assert.ok(permissions.every((each) => !each.permission.startsWith('members')));
    await close_page(page);
  });

  test('is sent out by the province, with its units, members and days', async () => {
    const page = await open_as('tinhuy', '/visits');
    await page.click(text_is('a', 'Quyết định cử đoàn'));
    await page.waitForURL('**/visit_orders');
    await page.waitForSelector('text=12-QĐ/BTCTU');
    await page.click(text_is('a', 'Cử đoàn công tác'));
    await page.waitForURL('**/visit_orders/send');
    await settle(page);
    await press(page, 'Cử đoàn công tác');
    await page.waitForSelector('[name=number_text][aria-invalid=true]');
    await page.fill('[name=number_text]', number);
    await pick(page, 'unit_ids', 'na lung', 'Nà Lung');
    // Nobody of the cell is sent to the cell.
    const secretary = await open_as('thuky');
    const { full_name: of_the_cell } = await ask(secretary, '/api/session');
    await close_page(secretary);
    await pick(page, 'account_ids', of_the_cell, of_the_cell);
    expect_refusal(page, 422, /\/visit_orders$/);
    await press(page, 'Cử đoàn công tác');
    await page.waitForSelector('text=không ai được cử đến chính đơn vị mình');
    await page.click(text_is('li button', `Bỏ ${of_the_cell}`));
    const other = await open_as('doan');
    const { full_name: member } = await ask(other, '/api/session');
    await close_page(other);
    await pick(page, 'account_ids', member, member);
    await check_accessibility(page);
    await press(page, 'Cử đoàn công tác');
    await page.waitForURL(/\/visit_orders\/[0-9A-Z]{13}$/);
    order_id = page.url().split('/').at(-1);
    await page.waitForSelector('text=Đang thực hiện');
    await check_accessibility(page);
    await close_page(page);
  });

  test('writes the visit down without a network; it is sent when there is one', async () => {
    const page = await open_as('doan', '/my_visits', phone);
    await page.waitForSelector(`text=${number}`);
    const section = page.locator('section', { hasText: number });
    await section.locator(text_is('a', 'Ghi lần làm việc')).click();
    await page.waitForURL('**/visits/record?order=*');
    await settle(page);
    await page.waitForFunction(() => document.querySelector('[name=group_name]')?.value.includes('88-QĐ'));
    // A group that came on the day of a meeting finds that meeting chosen.
    const { meetings } = await ask(page, `/api/meetings?unit_id=${unit_id}&state=held`);
    const kind = await page.inputValue('[name=kind]:checked');
    const visited_on = await page.inputValue('[name=visited_on]');
    await page.fill('[name=visited_on]', meetings[0].meeting.meets_on);
    await page.check('[name=kind][value=meeting_attended]');
    await page.waitForFunction(
      (id) => document.querySelector('[name=meeting_id]')?.value === id,
      meetings[0].meeting.id,
    );
    await page.check(`[name=kind][value=${kind}]`);
    await page.fill('[name=visited_on]', visited_on);
    await page.fill('[name=strengths]', 'Họp đều, ghi chép đủ');
    await press(page, 'Thêm gợi ý');
    await page.fill('[name="advice_items/0/text"]', advice);
    await page.fill('[name="advice_items/0/expected_change"]', 'Ai cũng rõ việc của mình');
    await page.check('input[name="advice_items/0/weight"][value=heavy]');
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await check_accessibility(page);
    await page.context().setOffline(true);
    await press(page, 'Gửi');
    await page.waitForSelector('text=Đã giữ');
    await page.context().setOffline(false);
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    let written;
    for (let i = 0; i < 60 && !written; ++i) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      const { visits } = await ask(page, `/api/units/${unit_id}/visits`);
      written = visits.find((each) => each.advice_items.some((item) => item.text === advice));
    }
    assert.ok(written, 'the visit was sent once there was a network');
    assert.equal(written.visit.order_id, order_id);
    assert.equal(written.advice_items[0].weight, 'heavy');
    advice_id = written.advice_items[0].id;
    await close_page(page);
  });

  test('has its advice refused by the cell with a reason, and keeps it open', async () => {
    const secretary = await open_as('thuky', `/advice/${advice_id}`);
    await press(secretary, 'Nêu lý do không làm theo');
    await confirm(secretary, 'Nêu lý do không làm theo');
    await secretary.waitForSelector('dialog[open] [name=reason][aria-invalid=true]');
    await secretary.fill('dialog[open] [name=reason]', 'Chi bộ đã có bảng phân công');
    await confirm(secretary, 'Nêu lý do không làm theo');
    await secretary.waitForSelector('text=Chi bộ đã có bảng phân công');
    assert.equal(await secretary.locator(text_is('button', 'Trả lời đơn vị')).count(), 0);
    await close_page(secretary);

    const page = await open_as('doan', `/advice/${advice_id}`, phone);
    await press(page, 'Trả lời đơn vị');
    await page.check('dialog[open] input[value=keep_open]');
    await page.fill('dialog[open] [name=reply]', 'Bảng chung chưa đủ, cần sổ của từng người');
    await check_accessibility(page);
    await confirm(page, 'Trả lời đơn vị');
    await page.waitForSelector('text=Bảng chung chưa đủ');
    await page.waitForSelector('text=Chưa trả lời');
    await close_page(page);
  });

  test('shows to the unit who comes, and loses its reach the moment the order ends', async () => {
    const secretary = await open_as('thuky', `/units/${unit_id}/visits`);
    await secretary.waitForSelector('text=Ai đến, ai đã đến');
    await secretary.waitForSelector(`text=${number}`);
    await close_page(secretary);

    const member = await open_as('doan', '/my_visits', phone);
    const office = await open_as('tinhuy', `/visit_orders/${order_id}`);
    await press(office, 'Kết thúc sớm');
    await office.fill('dialog[open] [name=reason]', 'Đoàn đã làm xong');
    await confirm(office, 'Kết thúc sớm');
    await office.waitForSelector('text=Đoàn đã làm xong');
    // The order of the sample still names the unit: end that one too, and the same session sees nothing any more.
    const { orders } = await ask(member, '/api/visit_orders');
    const other = orders.find((each) => each.state === 'in_force');
    assert.equal((await ask(member, `/api/units/${unit_id}/visits`)).visits.length > 0, true);
    await office.goto(`${server.url}/visit_orders/${other.order.id}`);
    await settle(office);
    await press(office, 'Kết thúc sớm');
    await office.fill('dialog[open] [name=reason]', 'Dời sang năm sau');
    await confirm(office, 'Kết thúc sớm');
    await office.waitForSelector('text=Dời sang năm sau');
    expect_refusal(member, 403, /\/visits$/);
    const status = await member.evaluate(
      async (unit_id) => (await fetch(`/api/units/${unit_id}/visits`)).status,
      unit_id,
    );
    assert.equal(status, 403);
    await close_page(office);
    await close_page(member);
  });
});
