// Lists as files to keep: what a list shows is in the file, whole, and opens as a workbook.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { start_server } from './server.mjs';
import { close_page, desktop, open_browser, open_page, phone, settle, sign_in_as } from './support.mjs';

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
  const page = await open_page(browser, { ...look, language: 'en', acceptDownloads: true });
  await sign_in_as(page, server.url, name);
  await page.goto(server.url + address);
  await settle(page);
  return page;
}

async function file_by(page, words) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.click(`a.button:has-text("${words}")`),
  ]);
  return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
}

// Texts in quotes may hold line ends of their own.
const rows_of = (file) =>
  file.bytes
    .toString('utf8')
    .replace(/"[^"]*"/g, '')
    .trim()
    .split('\r\n').length - 1;

test('the register of findings is kept as CSV with the facts it shows, and as a workbook', async () => {
  const page = await open(desktop, 'khoi', '/findings');
  const listed = await page.locator('main li').count();
  const first = (await page.locator('main li a').first().innerText()).split('\n')[0].trim();
  const csv = await file_by(page, 'CSV');
  assert.equal(csv.name, 'findings.csv');
  const lines = csv.bytes.toString('utf8').trim().split('\r\n');
  assert.match(lines[0], /^\uFEFF?"?[A-Z]/);
  // The page may show its first hundred; the file has them all.
  assert.ok(lines.length - 1 >= listed && listed > 0, `${lines.length - 1} rows for ${listed} findings`);
  assert.ok(lines[1].includes(first), `${lines[1]} tells ${first}`);
  const workbook = await file_by(page, 'Excel');
  assert.equal(workbook.name, 'findings.xlsx');
  assert.equal(workbook.bytes.subarray(0, 2).toString(), 'PK');
  await close_page(page);
});

test('the register of findings is narrowed to a unit, and so is its file', async () => {
  const page = await open(desktop, 'tinhuy', '/findings');
  const all = rows_of(await file_by(page, 'CSV'));
  await page.fill('[name=within]', 'Thành phố Tuyên Quang');
  await page.click('[role=option]:visible >> nth=0');
  await page.waitForURL('**within=*');
  await settle(page);
  const of_unit = rows_of(await file_by(page, 'CSV'));
  assert.ok(of_unit > 0 && of_unit < all, `${of_unit} of ${all}`);
  await page.reload();
  await page.waitForFunction(() =>
    document.querySelector('[name=within]')?.value.includes('thành phố Tuyên Quang'),
  );
  await close_page(page);
});

test('what a phone shows of obstacles and advice is in their files', async () => {
  for (const [who, address, name] of [
    ['vanphong', '/obstacles?view=open', 'obstacles.csv'],
    ['khoi', '/visits', 'advice.csv'],
  ]) {
    const page = await open(phone, who, address);
    const listed = await page.locator('main li').count();
    const file = await file_by(page, 'CSV');
    assert.equal(file.name, name);
    const rows = rows_of(file);
    assert.ok(rows >= listed && listed > 0, `${name}: ${rows} rows for ${listed} shown`);
    await close_page(page);
  }
});

test('a long list is shown part by part until it is as long as its file', async () => {
  for (const address of ['/obstacles?view=ended', '/visits?view=answered']) {
    const page = await open(desktop, 'tinhuy', address);
    const shown = page.locator('main ul.card > li, main .card.list > ul > li');
    const whole = rows_of(await file_by(page, 'CSV'));
    assert.ok(whole > 100, `${address}: ${whole} rows are worth parts`);
    assert.equal(await shown.count(), 100);
    for (let count = 100; count < whole; count = Math.min(count + 100, whole)) {
      await page.click('button:has-text("Show more")');
      await page.waitForFunction(
        (least) => document.querySelectorAll('main ul.card > li, main .card.list > ul > li').length >= least,
        Math.min(count + 100, whole),
      );
    }
    assert.equal(await shown.count(), whole);
    assert.equal(await page.locator('button:has-text("Show more")').count(), 0);
    await close_page(page);
  }
});
