// The commission of the province plans visits, looks what another number would change, orders the plan, and asks later
// whether visits helped.
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
async function name_of(user_name) {
  const page = await open_as(user_name);
  const { full_name } = await ask(page, '/api/session');
  await close_page(page);
  return full_name;
}
// Without a seed of its own a plan takes the day.
const seed_of_today = '20241216';
// Draws, and waits for the plan with so many units and this seed.
async function draw(page, label, count, seed = seed_of_today) {
  await page.fill('[name=count]', String(count));
  await page.fill('[name=seed]', seed === seed_of_today ? '' : seed);
  await press(page, label);
  await page.waitForSelector(`p:has-text("Bốc với số gốc ${seed} ")`);
  await page.waitForSelector(`h2:has-text("${count} đơn vị")`);
  return page.locator('ol > li a b').allInnerTexts();
}

const numbers = ['91-QĐ/BTCTU', '92-QĐ/BTCTU'];

describe('a plan of visits', () => {
  let planned;
  let members;

  test('shows whom and why, what another number would change, and writes nothing', async () => {
    const page = await open_as('tinhuy', '/visit_orders');
    await page.click(text_is('a', 'Lập kế hoạch đi cơ sở'));
    await page.waitForURL('**/visit_plan');
    await settle(page);
    await check_accessibility(page);
    const before = await ask(page, `/api/visit_orders?sent_by=${page.url().split('/').at(-2)}`);

    const first = await draw(page, 'Xem kế hoạch', 6);
    assert.equal(first.length, 6);
    await page.waitForSelector('text=Mức yếu');
    await page.waitForSelector('text=Phần ngẫu nhiên');
    // Another number, beside the one before; what was drawn first stays first.
    const more = await draw(page, 'Xem thử thay đổi', 8);
    assert.deepEqual(more.slice(0, 6), first);
    await page.waitForSelector('text=6 trên 8 đơn vị đã có trong kế hoạch trước');
    assert.equal(await page.locator('ol > li.added').count(), 2);
    await check_accessibility(page);
    // The same seed gives the same plan, another one does not.
    assert.notDeepEqual(await draw(page, 'Xem thử thay đổi', 8, '777'), more);
    assert.deepEqual(await draw(page, 'Xem thử thay đổi', 8), more);

    const after_ = await ask(page, `/api/visit_orders?sent_by=${page.url().split('/').at(-2)}`);
    assert.equal(after_.orders.length, before.orders.length);
    await close_page(page);
  });

  test('is ordered, one working group for each team, and stands among the orders', async () => {
    members = [await name_of('doan'), await name_of('tinhuy')];
    const page = await open_as('tinhuy', '/visit_orders');
    await page.click(text_is('a', 'Lập kế hoạch đi cơ sở'));
    await page.waitForURL('**/visit_plan');
    await settle(page);
    for (const [at, member] of members.entries()) {
      await press(page, 'Thêm đoàn');
      await page.fill(`[name="teams/${at}/account_ids"]`, member);
      await page.locator('[role=option]', { hasText: member }).first().click();
      await page.waitForSelector(`fieldset:has-text("Đoàn ${at + 1}") button:has-text("Bỏ ${member}")`);
    }
    planned = await draw(page, 'Xem kế hoạch', 6);
    await press(page, 'Cử 2 đoàn đi');
    await page.waitForSelector('[name="numbers/0"][aria-invalid=true]');
    for (const at of [0, 1]) await page.fill(`[name="numbers/${at}"]`, numbers[at]);
    await check_accessibility(page);
    await press(page, 'Cử 2 đoàn đi');
    await page.waitForURL('**/visit_orders');
    for (const number of numbers) await page.waitForSelector(`a:has-text("${number}")`);
    const names = [];
    for (const [at, number] of numbers.entries()) {
      await page.click(text_is('a', number));
      await page.waitForSelector(`text=${members[at]}`);
      await page.waitForSelector('h1:has-text("Quyết định")');
      const id = page.url().split('/').at(-1);
      const record = await ask(page, `/api/visit_orders/${id}`);
      assert.equal(record.units.length, 3);
      assert.ok(record.order.plan_seed > 0);
      names.push(...record.units.map((unit) => unit.unit_name));
      await page.goBack();
      await page.waitForURL('**/visit_orders');
    }
    assert.deepEqual(names.sort(), [...planned].sort());
    await close_page(page);
  });

  test('does not draw again what stands in an order, also on a phone', async () => {
    const page = await open_as('tinhuy', '/visit_orders', phone);
    await page.click(text_is('a', 'Lập kế hoạch đi cơ sở'));
    await page.waitForURL('**/visit_plan');
    await settle(page);
    const again = await draw(page, 'Xem kế hoạch', 6);
    assert.notDeepEqual(again, planned);
    await page.waitForSelector('text=đã có trong quyết định nên không bốc');
    await check_width(page);
    await check_accessibility(page);
    await close_page(page);
  });
});

test('whether visits helped is told with its interval, or that it is too early to tell', async () => {
  const page = await open_as('tinhuy', '/visit_orders');
  await page.click(text_is('a', 'Đi cơ sở có tác dụng không?'));
  await page.waitForURL('**/visit_effect');
  await settle(page);
  const told = page.locator('.cards .card');
  await told.first().waitFor();
  assert.equal(await told.count(), 2);
  for (const text of await told.allInnerTexts()) assert.match(text, /Khoảng tin cậy 95%|Chưa đủ để kết luận/);
  await check_accessibility(page);
  await close_page(page);
});
