// An inspection from the decision to its conclusion: the commune sends the inspector to a member, the member answers
// what was delivered and reads what was found, and nobody else of the cell learns of it.
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

async function open_as(user_name, address = '/', screen = desktop) {
  const page = await open_page(browser, { ...screen, bypassCSP: true, serviceWorkers: 'block' });
  await sign_in_as(page, server.url, user_name);
  await page.goto(server.url + address);
  await settle(page);
  return page;
}
const save = (page) => page.click(text_is('dialog[open] footer button', 'Lưu'));
const theme = 'Việc chấp hành chế độ sinh hoạt';
const fault = 'Vắng ba buổi liền không nêu lý do';

async function send(page, path, body) {
  const status = await page.evaluate(
    async ([path, body]) => {
      const headers = {
        'content-type': 'application/json',
        'x-groundwork': '1',
        'idempotency-key': crypto.randomUUID(),
      };
      return (await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })).status;
    },
    [path, body],
  );
  assert.equal(status, 200, path);
}

describe('an inspection of a member', () => {
  let id;

  test('is decided by the commune, with its team', async () => {
    const member = await open_as('dangvien');
    const { home_unit_id, member_id } = await ask(member, '/api/session');
    await close_page(member);

    const page = await open_as('vanphong', '/visits');
    await page.click(text_is('a', 'Kiểm tra, giám sát'));
    await page.waitForURL('**/inspections');
    await settle(page);
    await check_accessibility(page);
    const { home_unit_id: body } = await ask(page, '/api/session');
    await send(page, `/api/units/${body}/inspection_programme`, {
      year: 2024,
      month: 12,
      kind: 'sign_inspection',
      object_unit_id: home_unit_id,
      object_member_id: member_id,
      theme,
    });
    await page.reload();
    await settle(page);
    await page.locator('li', { hasText: theme }).locator(text_is('a', 'Ra quyết định')).click();
    await page.waitForURL('**/inspections/decide?line=*');
    await page.waitForFunction(() => document.querySelector('[name=theme]')?.value !== '');
    await page.waitForSelector('[name=team] option:nth-child(2)', { state: 'attached' });
    await page.fill('[name=content]', 'Dự họp và đóng đảng phí trong năm');
    await page.fill('[name=decision_number]', '07-QĐ/ĐU');
    const { candidates } = await ask(
      page,
      `/api/units/${body}/inspection_candidates?object_unit_id=${home_unit_id}`,
    );
    const inspector = await open_as('kiemtra');
    const { account_id } = await ask(inspector, '/api/session');
    await close_page(inspector);
    assert.ok(candidates.some((each) => each.account_id === account_id));
    await page.selectOption('[name=team]', account_id);
    await check_accessibility(page);
    await press(page, 'Quyết định kiểm tra, giám sát');
    await page.waitForURL((url) => /\/inspections\/(?!decide)\w+$/.test(url.pathname));
    id = page.url().split('/').pop();
    await close_page(page);
  });

  test('goes through its papers, and the member answers what was delivered', async () => {
    const page = await open_as('kiemtra', `/inspections/${id}`);
    const paper = (number) => page.locator('.card ol > li').nth(number - 1);
    await paper(1).locator(text_is('button', 'Viết')).click();
    await page.fill('dialog[open] [name=text]', 'Làm việc trong hai buổi tại chi bộ');
    await save(page);
    await paper(1).locator(text_is('button', 'Giao cho đối tượng')).click();
    await paper(1).locator('text=Đã giao').waitFor();
    for (const number of [2, 3, 4, 5, 6])
      await send(page, `/api/inspections/${id}/papers/${number}`, { text: `Nội dung giấy số ${number}` });
    await page.reload();
    await settle(page);
    await press(page, 'Ghi tồn tại');
    await page.fill('dialog[open] [name="findings/0/text"]', fault);
    const rule = page.locator('dialog[open] [name="findings/0/rule_criterion"]');
    await rule.fill('bien ban');
    await page.click('dialog[open] [role=option]:visible >> nth=0');
    assert.ok((await rule.inputValue()).length > 10);
    await check_accessibility(page);
    await page.fill('dialog[open] [name="findings/0/remedy"]', 'Dự đủ, kiểm điểm trước chi bộ');
    await save(page);
    await page.waitForSelector(`text=${fault}`);
    await check_accessibility(page);
    const file = await page.evaluate(async (address) => {
      const answer = await fetch(address);
      return [answer.status, (await answer.text()).slice(0, 4)];
    }, `/api/inspections/${id}/papers/1/file?format=pdf`);
    assert.deepEqual(file, [200, '%PDF']);
    await close_page(page);

    const member = await open_as('dangvien', `/inspections/${id}`, phone);
    assert.equal(await member.locator(`text=${fault}`).count(), 0, 'not before the conclusion is delivered');
    await member.locator('.card ol > li').first().locator(text_is('button', 'Nêu ý kiến')).click();
    await member.fill('dialog[open] [name=text]', 'Tôi xin gửi kèm lịch công tác');
    await save(member);
    await member.waitForSelector('text=Tôi xin gửi kèm lịch công tác');
    await show_whole(member, phone.viewport.width);
    await check_accessibility(member);
    await close_page(member);
  });

  test('ends with a conclusion; its finding is the member’s to read and remedy, and unknown to others', async () => {
    const page = await open_as('kiemtra', `/inspections/${id}`);
    for (const number of [8, 9, 10])
      await send(page, `/api/inspections/${id}/papers/${number}`, { text: `Nội dung giấy số ${number}` });
    await send(page, `/api/inspections/${id}/papers/10/delivery`, {});
    await close_page(page);

    const member = await open_as('dangvien', '/findings?view=mine', phone);
    await member.click(`text=${fault}`);
    await member.waitForURL('**/findings/*');
    const papers_only = await member.getAttribute('input[type=file]', 'accept');
    assert.ok(!papers_only.includes('image'), papers_only);
    await member.click('dd a[href*="/rules?"]');
    await member.waitForSelector('h1:has-text("Tiêu chí")');
    await check_accessibility(member);
    await member.goBack();
    await press(member, 'Báo đã khắc phục');
    await member.fill('dialog[open] [name=remedied_how]', 'Đã kiểm điểm trước chi bộ');
    await member.click(text_is('dialog[open] footer button', 'Báo đã khắc phục'));
    await member.waitForSelector('text=Người ở ngoài xem lại hiệu quả từ');
    await check_accessibility(member);
    const address = new URL(member.url()).pathname;
    await close_page(member);

    const secretary = await open_as('thuky');
    expect_refusal(secretary, 404, /^\/api\/(findings|inspections)\//);
    for (const each of [`/api${address}`, `/api/inspections/${id}`]) {
      const status = await secretary.evaluate(async (path) => (await fetch(path)).status, each);
      assert.equal(status, 404);
    }
    await close_page(secretary);
  });
});

describe('what a body inspects in the year', () => {
  test('is looked at, narrowed, kept as a workbook, and a line is taken out and put back', async () => {
    const page = await open_as('khoi', '/inspections');
    const late = page.locator('li', { hasText: 'Quá tháng, chưa quyết định' });
    const lines = await page.locator('ul.card > li').count();
    const subject = await late.locator('b').textContent();
    await late.locator(text_is('button', 'Bỏ khỏi chương trình')).click();
    await page.click(text_is('[role=status] button, .toast button', 'Đưa lại'));
    await page.locator('li', { hasText: subject }).waitFor();
    assert.equal(await page.locator('ul.card > li').count(), lines);
    await check_accessibility(page);
    for (const view of ['programme', 'all']) {
      await page.goto(`${server.url}/inspections?view=${view}`);
      await settle(page);
      const address = await page.getAttribute('a[download][href*=".xlsx"]', 'href');
      const start = await page.evaluate(
        async (path) => (await (await fetch(path)).text()).slice(0, 2),
        address,
      );
      assert.equal(start, 'PK');
    }
    const all = await page.locator('ul.card > li').count();
    await page.fill('[name=object_unit_id]', 'Xuân Huy');
    await page.click('[role=option]:visible >> nth=0');
    await page.waitForURL('**object_unit_id=*');
    await settle(page);
    assert.ok((await page.locator('ul.card > li').count()) < all);
    await check_accessibility(page);
    await close_page(page);
  });

  test('may be cancelled with a reason, and what was written stays readable', async () => {
    const page = await open_as('khoi', '/inspections?view=all');
    await page.locator('li', { hasText: 'Việc quản lý đảng viên đi làm việc xa' }).locator('a').click();
    await page.waitForURL(/\/inspections\/\w+$/);
    const { papers } = await ask(page, `/api${new URL(page.url()).pathname}`);
    assert.ok(papers.length > 0);
    await press(page, 'Dừng cuộc này');
    await page.fill('dialog[open] [name=reason]', 'Đơn vị đang sáp nhập');
    await page.click(text_is('dialog[open] footer button', 'Dừng cuộc này'));
    await page.waitForSelector('text=Đơn vị đang sáp nhập');
    assert.equal(await page.locator('.card ol > li').count(), papers.length);
    assert.equal(await page.locator(text_is('button', 'Viết')).count(), 0);
    await check_accessibility(page);
    await close_page(page);
  });

  test('is urged once when it is late, however often the program starts', async () => {
    const told = async () => {
      const page = await open_as('khoi');
      const { notices } = await ask(page, '/api/notices?limit=200');
      await close_page(page);
      return notices.filter((each) => each.kind === 'inspection_late').length;
    };
    const before = await told();
    assert.ok(before > 0);
    await server.go_to('2024-12-20');
    const after = await told();
    assert.ok(after > before, `${after} notices after ${before}`);
    await server.go_to('2024-12-20');
    assert.equal(await told(), after);
  });
});
