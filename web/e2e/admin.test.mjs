// The desk work: a table with mistakes is corrected and brought in; a person gets an account and a role and signs in.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { start_server } from './server.mjs';
import {
  ask,
  check_accessibility,
  check_width,
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

// So that the tests also run against a server they ran against before.
const stamp = Date.now().toString(36);

async function open_as(user_name, how = desktop) {
  const page = await open_page(browser, { ...how, language: 'vi', bypassCSP: true });
  await sign_in_as(page, server.url, user_name);
  return page;
}

// The page as it stands, on a desk, on a phone and on the smallest phone, light and dark.
async function check_looks(page) {
  for (const width of [1280, 360, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await check_width(page);
    // All of it, or the bar at the foot of the phone would cover a part.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width, height: Math.max(height, 800) });
    if (width === 320) continue;
    for (const theme of ['light', 'dark']) {
      await page.evaluate((theme) => (document.documentElement.dataset.theme = theme), theme);
      await check_accessibility(page);
    }
  }
  await page.setViewportSize(desktop.viewport);
}

async function choose_file(page, name, rows) {
  await page.setInputFiles('[name=file]', {
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(`${rows.map((row) => row.join(',')).join('\r\n')}\r\n`),
  });
  await press(page, 'Gửi và xem trước');
  await page.waitForURL(/\/import\/[0-9A-Z]{13}$/);
  await settle(page);
}

describe('a table of members', () => {
  const header = ['Số thẻ', 'Họ và tên', 'Mã đơn vị', 'Ngày sinh', 'Giai đoạn', 'Màu mắt'];
  const first = `T-${stamp}-1`;
  const second = `T-${stamp}-2`;
  const name = `Lò Văn ${stamp}`;
  const count = async (page, key) =>
    page.locator(`dl.counts div:has(dt:text-is("${key}")) dd`).first().innerText();

  test('with mistakes is not brought in; corrected, it is', async () => {
    const page = await open_as('vanphong');
    const { home_unit_id } = await ask(page, '/api/session');
    const { units } = await ask(page, `/api/units?within=${home_unit_id}&kind=cell&limit=5`);
    const cell = units.find((unit) => unit.kind === 'cell');

    await page.goto(`${server.url}/import`);
    await settle(page);
    await check_looks(page);
    // Without a file it says so at the field.
    await press(page, 'Gửi và xem trước');
    await page.waitForSelector('[name=file][aria-invalid=true]');
    // Nor is a file sent that the server would not take.
    await page.evaluate(() => {
      const files = new DataTransfer();
      files.items.add(new File([new Uint8Array(32 * 1024 * 1024 + 1)], 'qua-lon.csv'));
      const field = document.querySelector('[name=file]');
      field.files = files.files;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await press(page, 'Gửi và xem trước');
    await page.waitForSelector('text=Tệp lớn hơn 32 MB');

    await choose_file(page, 'co-loi.csv', [
      header,
      [first, name, cell.code, '31/2/1980', 'chính thức', 'đen'],
      [second, '', 'KHONG-CO', '1/5/1990', 'dự bị', 'nâu'],
    ]);
    await page.waitForSelector('text=Có 3 lỗi ở 2 hàng');
    await page.waitForSelector('text=Các cột không dùng: Màu mắt');
    const mistake = (place) => page.locator(text_is('ol li', place)).innerText();
    assert.match(await mistake('Hàng 2, cột D (Ngày sinh)'), /31\/2\/1980[^]*Không phải ngày/);
    assert.match(await mistake('Hàng 3, cột B (Họ và tên)'), /Hãy điền ô này/);
    assert.match(await mistake('Hàng 3, cột C (Mã đơn vị)'), /KHONG-CO[^]*không có đơn vị mang mã này/);
    assert.equal(await page.locator(text_is('button', 'Nhận')).count(), 0, 'taking over is not offered');
    const table = await page.evaluate(
      async (address) => (await fetch(address)).text(),
      await page.getAttribute('a[href$="/mistakes.csv"]', 'href'),
    );
    assert.equal(table.trim().split('\r\n').length, 4);
    assert.match(table, /KHONG-CO/);
    await check_looks(page);
    await press(page, 'Bỏ lần nhập này');
    await page.waitForURL(`${server.url}/import`);
    await settle(page);

    await choose_file(page, 'da-sua.csv', [
      header,
      [first, name, cell.code, '28/2/1980', 'chính thức', 'đen'],
      [second, 'Lò Thị Thử', cell.code, '1/5/1990', 'dự bị', 'nâu'],
    ]);
    assert.equal(await count(page, 'Mới'), '2');
    assert.equal(await count(page, 'Lỗi'), '0');
    await check_looks(page);
    const before = (await ask(page, `/api/members?text=${encodeURIComponent(name)}&within=${home_unit_id}`))
      .total;
    assert.equal(before, 0, 'looking changes nothing');
    await press(page, 'Nhận 2 thay đổi');
    await page.waitForSelector('text=Đã nhận 2 thay đổi', { timeout: 20_000 });
    const { members } = await ask(
      page,
      `/api/members?text=${encodeURIComponent(name)}&within=${home_unit_id}`,
    );
    assert.deepEqual(
      members.map((line) => line.full_name),
      [name],
    );

    // The same table once more changes nothing; with another name it says which field changes, in words.
    await page.goto(`${server.url}/import`);
    await settle(page);
    await page.waitForSelector(text_is('a', 'da-sua.csv'));
    await choose_file(page, 'lan-ba.csv', [
      header.slice(0, 5),
      [first, `${name} Nghiệm`, cell.code, '28/2/1980', 'chính thức'],
    ]);
    assert.equal(await count(page, 'Thay đổi'), '1');
    await page.waitForSelector(text_is('li', `Họ và tên: ${name} → ${name} Nghiệm`));
    await press(page, 'Bỏ lần nhập này');
    await page.waitForURL(`${server.url}/import`);
    await close_page(page);
  });

  test('is not offered to a member of a cell', async () => {
    const page = await open_as('dangvien');
    assert.equal(await page.locator('a[href="/import"]').count(), 0);
    assert.equal(await page.locator('a[href="/accounts"]').count(), 0);
    await close_page(page);
  });
});

describe('a person who is to sign in', () => {
  const user_name = `lo.${stamp}`;
  const full_name = `Nông Thị ${stamp}`;
  const password = 'mua-lu-qua-suoi-41';
  const cell_name = 'Chi bộ thôn Nà Lung';

  async function choose_unit(page, field, name) {
    await page.fill(`dialog[open] [name=${field}]`, name);
    await page.click(text_is('dialog[open] [role=option]', name));
  }
  async function find_person(page) {
    await page.fill('[name=text]', full_name);
    await page.waitForFunction(() => document.querySelectorAll('button.line').length === 1);
    await page.click(text_is('button.line', full_name));
    await page.waitForSelector('dialog[open] form');
  }

  test('gets an account and a role, signs in, and is locked out again', async () => {
    const page = await open_as('quantri');
    await page.goto(`${server.url}/accounts`);
    await settle(page);
    await check_looks(page);

    await press(page, 'Thêm người');
    await page.fill('dialog[open] [name=full_name]', full_name);
    await page.fill('dialog[open] [name=user_name]', user_name);
    expect_refusal(page, 422, /^\/api\/accounts/);
    await page.fill('dialog[open] [name=password]', 'ngan');
    await choose_unit(page, 'home_unit_id', cell_name);
    // The role comes with the account, in the same step.
    const { roles } = await ask(page, '/api/roles');
    const name_of = (key) => roles.find((role) => role.key === key).name_vi;
    await page.selectOption('dialog[open] [name=role_key]', 'secretary');
    await page.fill('dialog[open] [name=until_on]', '2000-01-01');
    await check_looks(page);
    await page.click(text_is('dialog[open] footer button', 'Thêm người'));
    await page.waitForSelector('dialog[open] [name=password][aria-invalid=true]');
    await page.fill('dialog[open] [name=password]', password);
    await page.click(text_is('dialog[open] footer button', 'Thêm người'));
    await page.waitForSelector('dialog[open] [name=until_on][aria-invalid=true]');
    await page.fill('dialog[open] [name=until_on]', '');
    await page.click(text_is('dialog[open] footer button', 'Thêm người'));
    await page.waitForSelector('text=Đã thêm người');

    await find_person(page);
    await page.waitForSelector(text_is('dialog[open] li', name_of('secretary')));
    // A second role, for a while.
    await page.selectOption('dialog[open] [name=role_key]', 'inspector');
    await choose_unit(page, 'unit_id', cell_name);
    await check_looks(page);
    await page.click(text_is('dialog[open] form button', 'Trao vai trò'));
    await page.waitForSelector(text_is('dialog[open] li', name_of('inspector')));

    await sign_in_as_the_person(name_of('secretary'));

    // Taken back and locked: the grants are past, the session is over, and signing in is refused.
    await page.locator(text_is('dialog[open] li button', 'Kết thúc')).first().click();
    await page.waitForFunction(() => document.querySelectorAll('dialog[open] li button').length === 1);
    await page.click(text_is('dialog[open] li button', 'Kết thúc'));
    await page.waitForFunction(() => document.querySelectorAll('dialog[open] li button').length === 0);
    await page.click(text_is('dialog[open] footer button', 'Khóa tài khoản'));
    await page.waitForSelector(text_is('dialog[open] footer button', 'Mở khóa'));
    const other = await open_page(browser, { ...phone, language: 'vi' });
    expect_refusal(other, 403, /^\/api\/session$/);
    await other.goto(server.url);
    await other.fill('[name=user_name]', user_name);
    await other.fill('[name=password]', password);
    await other.click('form button[type=submit]');
    await other.waitForSelector('text=Tài khoản này đã bị khóa');
    await close_page(other);

    await page.goto(`${server.url}/accounts?view=roles`);
    await settle(page);
    await page.click(text_is('summary', `${name_of('secretary')} Không được trao vai trò nào`));
    await page.waitForSelector(text_is('details[open] li', 'Ghi cuộc họp'));
    await check_looks(page);
    await close_page(page);
  });

  test('is appointed by who the administrator says', async () => {
    const page = await open_as('quantri');
    const office = async () =>
      (await ask(page, '/api/roles')).roles.find((role) => role.key === 'commune_office');
    const { name_vi, given_role_keys } = await office();
    const { roles } = await ask(page, '/api/roles');
    const commission = roles.find((role) => role.key === 'organising_commission');
    await page.goto(`${server.url}/accounts?view=roles`);
    await settle(page);
    const row = page.locator('details', { has: page.locator('summary b', { hasText: name_vi }) });
    assert.match(await row.locator('summary').innerText(), /Được trao: [^]*Bí thư chi bộ/);
    assert.ok(!(await row.locator('summary').innerText()).includes(commission.name_vi));
    for (const is_given of [true, false]) {
      if (!(await row.evaluate((details) => details.open))) await row.locator('summary').click();
      await row.locator(`[value=${commission.key}]`).setChecked(is_given);
      await row.locator('button').click();
      await page.waitForFunction(
        ([name, other, is_given]) =>
          [...document.querySelectorAll('summary')].some(
            (each) => each.innerText.startsWith(name) && each.innerText.includes(other) === is_given,
          ),
        [name_vi, commission.name_vi, is_given],
      );
      assert.equal((await office()).given_role_keys.includes(commission.key), is_given);
    }
    assert.deepEqual((await office()).given_role_keys, given_role_keys);
    await close_page(page);
  });

  async function sign_in_as_the_person(role) {
    const page = await open_page(browser, { ...desktop, language: 'vi', bypassCSP: true });
    await page.goto(server.url);
    await page.fill('[name=user_name]', user_name);
    await page.fill('[name=password]', password);
    await page.click('form button[type=submit]');
    await page.waitForSelector('#main');
    const account = await ask(page, '/api/session');
    assert.equal(account.full_name, full_name);
    assert.ok(account.permissions.some((held) => held.permission === 'meetings.record'));

    await page.click(text_is('button', full_name));
    await page.click(text_is('a', 'Tài khoản của tôi'));
    await page.waitForURL(`${server.url}/account`);
    await settle(page);
    await page.selectOption('[name=permission]', 'meetings.record');
    await press(page, 'Hỏi');
    await page.waitForSelector(`text=Vì bạn giữ vai trò “${role}” tại ${cell_name}`);
    await check_looks(page);

    expect_refusal(page, 422, /^\/api\/session\/password$/);
    await page.fill('[name=current_password]', 'khong-phai-mat-khau');
    await page.fill('[name=password]', `${password}-2`);
    await page.click(text_is('form button', 'Đổi mật khẩu'));
    await page.waitForSelector('[name=current_password][aria-invalid=true]');
    await close_page(page);
  }

  test('may not be given more than the giver holds', async () => {
    const page = await open_as('vanphong');
    await page.goto(`${server.url}/accounts`);
    await settle(page);
    const me = (await ask(page, '/api/session')).full_name;
    const others = page.locator('button.line').filter({ hasNotText: me });
    await others.first().click();
    await page.waitForSelector('dialog[open] form');
    const offered = await page
      .locator('dialog[open] [name=role_key] option')
      .evaluateAll((options) => options.map((option) => option.value));
    assert.ok(offered.includes('secretary'));
    assert.ok(!offered.includes('administrator'));
    // The list may have changed since it was shown: the server has the last word.
    await page.evaluate(() => {
      const option = document.querySelector('dialog[open] [name=role_key] option[value=leader]');
      option.value = option.__value = 'administrator';
    });
    expect_refusal(page, 403, /^\/api\/accounts\/[^/]+\/grants$/);
    await page.selectOption('dialog[open] [name=role_key]', 'administrator');
    await choose_unit(page, 'unit_id', 'Đảng bộ xã Khau Tinh');
    await page.click(text_is('dialog[open] form button', 'Trao vai trò'));
    await page.waitForSelector('dialog[open] >> text=nên bạn không thể trao');
    await close_page(page);
  });

  test('ends a session on another device', async () => {
    const [here, there] = [await open_as('khoi'), await open_as('khoi', phone)];
    await here.goto(`${server.url}/account`);
    await settle(here);
    const before = await here.locator('li.session').count();
    assert.ok(before >= 2);
    for (let left = before; left > 1; left--) {
      await here.locator(text_is('li.session button', 'Đăng xuất')).first().click();
      await here.click(text_is('dialog[open] button', 'Kết thúc và xóa'));
      await here.waitForFunction((left) => document.querySelectorAll('li.session').length < left, left);
    }
    expect_refusal(there, 401, /^\/api\//);
    const status = await there.evaluate(async () => (await fetch('/api/session')).status);
    assert.equal(status, 401);
    await close_page(here);
    await close_page(there);
  });
});
