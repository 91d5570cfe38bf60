// Units, members and classes against the filled server: the pages fit and are accessible, and what one does on them
// is there afterwards.
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
  settle,
  show_whole,
  sign_in_as,
  wait_for_text,
} from './support.mjs';

let browser;
let server;
let unit_id;
let commune_id;
let province_id;
let member_id;
before(async () => {
  [browser, server] = await Promise.all([open_browser(), start_server()]);
  const page = await open_page(browser, desktop);
  await sign_in_as(page, server.url, 'dangvien');
  const account = await ask(page, '/api/session');
  unit_id = account.home_unit_id;
  member_id = account.member_id;
  const { path } = await ask(page, `/api/units/${unit_id}`);
  province_id = path[0].id;
  commune_id = path.at(-2).id;
  await close_page(page);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function open(look, name, address) {
  const page = await open_page(browser, { serviceWorkers: 'block', ...look });
  await sign_in_as(page, server.url, name);
  await page.goto(server.url + address);
  await settle(page);
  return page;
}

// What a change of a file may say, out of everything the file holds.
function changeable(file) {
  const fixed = ['id', 'unit_id', 'unit_name', 'joined_on', 'left_on'];
  return Object.fromEntries(Object.entries(file).filter(([name]) => !fixed.includes(name)));
}

const looks = [
  ['phone, light', { ...phone, theme: 'light' }],
  ['desktop, light', { ...desktop, theme: 'light' }],
  ['desktop, dark', { ...desktop, theme: 'dark' }],
  ['smallest phone, Hindi', { viewport: { width: 320, height: 640 }, language: 'hi' }],
];

describe('the pages of units, members and classes', () => {
  for (const [name, look] of looks) {
    test(`are accessible and fit: ${name}`, async () => {
      const page = await open_page(browser, { ...look, bypassCSP: true, serviceWorkers: 'block' });
      await sign_in_as(page, server.url, 'tinhuy');
      const told = [];
      for (const address of [
        `/units/${unit_id}`,
        `/units/${commune_id}`,
        `/units/${province_id}`,
        `/units?at=${unit_id}`,
        '/units?view=table',
        `/members?unit=${unit_id}`,
        `/members/${member_id}`,
        `/members/${member_id}/change`,
        `/units/${unit_id}/members/add`,
        `/units/${unit_id}/class`,
        `/units/${province_id}/class`,
        `/members/${member_id}/class`,
        '/classification',
      ]) {
        await page.goto(server.url + address);
        try {
          await settle(page);
          await show_whole(page, look.viewport.width);
          await check_accessibility(page);
          await check_width(page);
        } catch (error) {
          told.push(`${address}: ${error.message}`);
        }
      }
      assert.deepEqual(told, []);
      await close_page(page);
    });
  }
});

describe('the page of a unit', () => {
  test('leads from advice to what was decided, done and scored, on one screen', async () => {
    const page = await open(desktop, 'thuky', `/units/${unit_id}`);
    const story = await ask(page, `/api/units/${unit_id}/story?year=2024`);
    const advice = story.entries.find((entry) => entry.kind === 'advice');
    const item = story.entries.find((entry) => entry.because.some((cause) => cause.id === advice.id));
    const task = story.entries.find((entry) => entry.because.some((cause) => cause.id === item.id));
    for (const entry of [advice, item, task])
      assert.equal(await page.locator(`[data-key="${entry.kind} ${entry.id}"]`).count(), 1, entry.kind);
    await page.focus(`[data-key="task ${task.id}"]`);
    for (const entry of [advice, item])
      await page.waitForSelector(`[data-key="${entry.kind} ${entry.id}"].lit`);
    const visit = story.entries.find((entry) => entry.kind === 'visit');
    const scored = story.entries.filter((entry) => entry.kind === 'meeting' && entry.day >= visit.day);
    const shown = await page.locator('.scores b').allInnerTexts();
    assert.deepEqual(
      shown.slice(0, 2),
      scored.slice(0, 2).map((entry) => String(entry.score_milli / 1000)),
    );
    await close_page(page);
  });

  test('prints without the shell, in black on white', async () => {
    const page = await open(desktop, 'thuky', `/units/${unit_id}`);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('aside.no-print').isVisible(), false);
    assert.equal(await page.locator('h1').isVisible(), true);
    assert.equal(await page.locator('.hero .ridge').isVisible(), false);
    const paper = await page.pdf({ format: 'A4' });
    assert.ok(paper.length > 20_000);
    await close_page(page);
  });

  test('offers a change of the tree only to those who may, and names what is missing', async () => {
    const member = await open(desktop, 'dangvien', `/units/${unit_id}`);
    assert.equal(await member.getByRole('button', { name: 'Thay đổi' }).count(), 0);
    await close_page(member);

    const page = await open(desktop, 'tinhuy', `/units/${commune_id}`);
    const before = await page.locator('h1').innerText();
    await page.getByRole('button', { name: 'Thay đổi' }).click();
    await page.getByRole('button', { name: 'Đổi tên' }).click();
    expect_refusal(page, 422, /\/renaming$/);
    await page.fill('dialog[open] [name=name]', '');
    await page.locator('dialog[open] button[type=submit]').click();
    await page.waitForSelector('dialog[open] [role=alert]');
    assert.equal(await page.getAttribute('dialog[open] [name=name]', 'aria-invalid'), 'true');
    await page.fill('dialog[open] [name=name]', `${before} mới`);
    await page.fill('dialog[open] [name=decision_number]', '12-QĐ/TU');
    await page.locator('dialog[open] button[type=submit]').click();
    await wait_for_text(page, 'h1', `${before} mới`);
    const { periods } = await ask(page, `/api/units/${commune_id}/periods`);
    assert.equal(periods.at(-1).name, `${before} mới`);
    assert.ok(periods.length > 1, 'the old name stays in the history');
    await close_page(page);
  });
});

describe('the tree and the table of units', () => {
  test('the arrow keys walk the tree, open and close it, and Enter goes to the unit', async () => {
    const page = await open(desktop, 'tinhuy', '/units');
    const line = (id) => `[role=treeitem][data-id="${id}"]`;
    await page.waitForSelector(line(province_id));
    await page.focus(line(province_id));
    await page.keyboard.press('ArrowDown');
    const district_id = await page.evaluate(() => document.activeElement.dataset.id);
    assert.notEqual(district_id, province_id);
    await page.keyboard.press('ArrowRight');
    await page.waitForSelector(`${line(district_id)}[aria-expanded=true]`);
    await page.keyboard.press('ArrowLeft');
    await page.waitForSelector(`${line(district_id)}[aria-expanded=false]`);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/units/${district_id}`);
    await close_page(page);
  });

  test('the table finds without diacritics, sorts, and is walked by the arrow keys', async () => {
    const page = await open(desktop, 'tinhuy', '/units?view=table');
    const { total } = await ask(page, '/api/units?limit=1');
    assert.ok(total > 5000);
    await page.waitForSelector(`[role=status].count:has-text("${total.toLocaleString('vi')}")`);
    await page.fill('[name=text]', 'na lung');
    await page.waitForFunction(() => document.querySelectorAll('[role=row] a').length < 30);
    const names = await page.locator('[role=row] a').allInnerTexts();
    assert.ok(names.length > 0 && names.every((name) => name.includes('Nà Lung')), names.join());
    await page.getByRole('columnheader', { name: 'Cấp dưới' }).getByRole('button').click();
    await page.waitForSelector('[role=columnheader][aria-sort=descending]');
    await wait_for_text(page, '[data-index="0"] a', 'Chi bộ thôn Nà Lung');
    const first = page.locator('[data-index="0"] a');
    await first.focus();
    await page.keyboard.press('ArrowDown');
    assert.equal(
      await page.evaluate(() => document.activeElement.closest('[data-index]').dataset.index),
      '1',
    );
    await close_page(page);
  });
});

describe('members', () => {
  test('are found without diacritics, in the list and with Ctrl+K', async () => {
    const page = await open(desktop, 'thuky', '/members');
    await page.fill('[name=text]', 'nguyen thi hanh');
    await page.waitForFunction(() => document.querySelectorAll('[role=row] a').length === 1);
    assert.equal(await page.locator('[role=row] a').innerText(), 'Nguyễn Thị Hạnh');
    await page.keyboard.press('Control+k');
    await page.fill('dialog[open] input', 'nguyen thi hanh');
    await page.waitForSelector(`dialog[open] :text("Nguyễn Thị Hạnh")`);
    await close_page(page);
  });

  test('are added and changed; mistakes stand at their fields; a conflict shows both', async () => {
    const page = await open(desktop, 'tinhuy', `/units/${unit_id}/members/add`);
    expect_refusal(page, 422, /^\/api\/members$/);
    expect_refusal(page, 409, /^\/api\/members\//);
    await page.locator('form button[type=submit]').click();
    await page.waitForSelector('[role=alert]');
    assert.equal(await page.getAttribute('[name=full_name]', 'aria-invalid'), 'true');
    await page.fill('[name=full_name]', 'Hoàng Thử Nghiệm');
    await page.fill('[name=code]', `THU-${Date.now()}`);
    await page.locator('form button[type=submit]').click();
    await wait_for_text(page, 'h1', 'Hoàng Thử Nghiệm');
    const id = new URL(page.url()).pathname.split('/').at(-1);

    await page.goto(`${server.url}/members/${id}/change`);
    await settle(page);
    // Somebody else is faster.
    const file = await ask(page, `/api/members/${id}`);
    const status = await page.evaluate(
      async ([address, body]) => {
        const headers = {
          'content-type': 'application/json',
          'x-groundwork': '1',
          'idempotency-key': crypto.randomUUID(),
        };
        return (await fetch(address, { method: 'PUT', headers, body: JSON.stringify(body) })).status;
      },
      [`/api/members/${id}`, { ...changeable(file), phone: '0911111111' }],
    );
    assert.equal(status, 200);
    await page.fill('[name=phone]', '0922222222');
    await page.locator('form button[type=submit]').click();
    await page.waitForSelector('.notice.warn');
    const told = await page.locator('.notice.warn').innerText();
    assert.match(told, /0922222222/);
    assert.match(told, /0911111111/);
    await page.getByRole('button', { name: 'Lưu bản của tôi' }).click();
    await page.waitForURL(`**/members/${id}`);
    assert.equal((await ask(page, `/api/members/${id}`)).phone, '0922222222');
    await close_page(page);
  });
});

describe('a class with its proof', () => {
  test('adds its points up to the score and its counts up to the total', async () => {
    const page = await open(desktop, 'thuky', `/units/${unit_id}/class`);
    const proof = await ask(page, `/api/units/${unit_id}/class/proof?year=2024`);
    const [parts, sum] = await page.evaluate(() => {
      const line = document.querySelector('[data-sum]');
      return [line.querySelector('span').innerText, line.querySelector('b').innerText];
    });
    const added = parts.split('+').reduce((whole, part) => whole + Number(part.replace(',', '.')), 0);
    assert.equal(added, Number(sum.replace(',', '.')));
    assert.equal(added * 1000, proof.score_milli);
    const counts = (await page.locator('dl:has(+ .sum) dd').allInnerTexts()).map(Number);
    assert.equal(counts[0], counts[1] + counts[2] + counts[3]);
    for (const gate of proof.not_met)
      assert.equal(await page.getByText(gate.name, { exact: true }).count(), 1);
    assert.ok((await page.getByText('Của tỉnh mẫu').count()) > 0, 'what is assumed is marked');
    await close_page(page);
  });

  test('shows members their own proof, and nobody else’s', async () => {
    const page = await open(desktop, 'dangvien', `/members/${member_id}/class`);
    await page.waitForSelector('[data-sum]');
    const { members } = await ask(page, `/api/members?unit_id=${unit_id}&limit=5`);
    const other = members.find((member) => member.id !== member_id);
    expect_refusal(page, 403, /\/class\/proof$/);
    await page.goto(`${server.url}/members/${other.id}/class`);
    await settle(page);
    await page.waitForSelector('.empty');
    assert.equal(await page.locator('[data-sum]').count(), 0);
    await close_page(page);
  });
});
