// The one page that leads: what needs attention by kind and age, each number with the list behind it.
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
  settle,
  show_whole,
  sign_in_as,
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

async function open(look, name, address) {
  const page = await open_page(browser, { serviceWorkers: 'block', bypassCSP: true, ...look });
  await sign_in_as(page, server.url, name);
  await page.goto(server.url + address);
  await settle(page);
  return page;
}
const number_of = (page, title) =>
  page.evaluate((title) => {
    const row = [...document.querySelectorAll('a[data-row]')].find(
      (each) => each.querySelector('b')?.textContent === title,
    );
    return Number(row?.querySelector('.count')?.textContent.replaceAll(/\D/g, ''));
  }, title);

describe('what needs attention', () => {
  for (const [look_name, look] of [
    ['phone, Hindi, dark', { ...phone, language: 'hi', theme: 'dark' }],
    ['desktop, English', { ...desktop, language: 'en' }],
  ])
    for (const address of ['/attention', '/attention/unvisited'])
      test(`${address} is accessible and fits: ${look_name}`, async () => {
        const page = await open(look, 'vanphong', address);
        await show_whole(page, look.viewport.width);
        await check_width(page);
        await check_accessibility(page);
        await close_page(page);
      });

  test('a number opens a list as long as it says, with those of the unit only', async () => {
    const page = await open({ ...desktop, language: 'en' }, 'lanhdao', '/attention');
    const { home_unit_id } = await ask(page, '/api/session');
    const { rows } = await ask(page, `/api/units/${home_unit_id}/dashboard/rows`);
    const district = rows.find(({ figures }) => figures.tasks_late > 0 && figures.tasks_late < 150);
    await page.click(`a[href="/attention?unit=${district.unit_id}"]`);
    await page.waitForSelector(`nav a[href="/attention?unit=${home_unit_id}"]`);
    await settle(page);
    const late = await number_of(page, 'Late tasks');
    assert.equal(late, district.figures.tasks_late);
    const unvisited = await number_of(page, 'Cells not visited for two years');

    await page.click(`a[href="/tasks?view=late&unit=${district.unit_id}"]`);
    await page.waitForSelector('h1:has-text("Tasks")');
    for (let shown = 0; shown < late;) {
      await page.waitForFunction((n) => document.querySelectorAll('a[data-row]').length > n, shown);
      shown = await page.locator('a[data-row]').count();
      if (shown < late) await page.click('button:has-text("more")');
    }
    assert.equal(await page.locator('a[data-row]').count(), late);

    await page.goto(`${server.url}/attention/unvisited?unit=${district.unit_id}`);
    await page.waitForSelector(`text=${unvisited.toLocaleString('en')} cells in`);
    await close_page(page);
  });

  test('each number is that of the records behind it', async () => {
    const page = await open(desktop, 'khoi', '/attention');
    const { home_unit_id: unit } = await ask(page, '/api/session');
    const { lines } = await ask(page, `/api/units/${unit}/attention`);
    const count_all = async (address, name) => {
      let count = 0;
      let after = '';
      do {
        const found = await ask(page, `${address}&limit=200${after && `&after=${after}`}`);
        count += found[name].length;
        after = found.next;
      } while (after);
      return count;
    };
    const line_of = (kind) => lines.find((line) => line.kind === kind);
    const late = ({ late_week, late_month, late_longer }) => late_week + late_month + late_longer;
    const findings = line_of('finding');
    assert.ok(findings.count > 0);
    assert.equal(findings.count, await count_all(`/api/findings?within=${unit}&state=open`, 'findings'));
    assert.ok(late(findings) > 0);
    assert.equal(late(findings), await count_all(`/api/findings?within=${unit}&is_late=true`, 'findings'));
    assert.ok(line_of('advice').count > 0);
    assert.equal(
      line_of('advice').count,
      await count_all(`/api/advice_items?within=${unit}&state=open`, 'advice_items'),
    );
    const { owed } = await ask(page, `/api/units/${unit}/obstacles_held`);
    assert.ok(owed.length > 0);
    assert.equal(line_of('obstacle').count, owed.length);
    const { units } = await ask(page, `/api/consolidation?within=${unit}`);
    const on_list = units.filter((each) => each.on_list?.state === 'open').length;
    assert.ok(on_list > 0);
    assert.equal(line_of('weak_unit').count, on_list);
    await close_page(page);
  });

  test('on a phone the one who leads comes here by a tab, whoever records by the record', async () => {
    const leader = await open({ ...phone, language: 'en' }, 'lanhdao', '/');
    await leader.click('nav a[href="/attention"]:visible');
    await leader.waitForSelector('h1:has-text("What needs attention")');
    await close_page(leader);
    const secretary = await open({ ...phone, language: 'en' }, 'thuky', '/');
    assert.equal(await secretary.locator('nav a[href="/attention"]:visible').count(), 0);
    await secretary.waitForSelector('nav a[href="/record"]:visible');
    await close_page(secretary);
  });
});
