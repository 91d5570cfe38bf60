// The papers of a meeting: the chair and the minute taker approve the minutes, then they are frozen, numbered and kept
// as PDF and DOCX; members read them once they are out.
import assert from 'node:assert/strict';
import fs from 'node:fs';
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
} from './support.mjs';

let browser;
let server;
let meeting_id;
let second;
let home_unit_id;
const password = 'nalung-2024-second';

before(async () => {
  [browser, server] = await Promise.all([open_browser(), start_server()]);
  const page = await open_page(browser, desktop);
  await sign_in_as(page, server.url, 'thuky');
  ({ home_unit_id } = await ask(page, '/api/session'));
  const held = await ask(page, `/api/meetings?unit_id=${home_unit_id}&state=held`);
  meeting_id = held.meetings[0].meeting.id;
  const { papers } = await ask(page, `/api/meetings/${meeting_id}/papers`);
  second = papers[0].seconds[0];
  await close_page(page);

  // Whoever took the minutes gets an account of their own.
  const office = await open_page(browser, desktop);
  await sign_in_as(office, server.url, 'quantri');
  const status = await office.evaluate(
    async ([second, home_unit_id, password]) => {
      const headers = {
        'content-type': 'application/json',
        'x-groundwork': '1',
        'idempotency-key': crypto.randomUUID(),
      };
      const body = JSON.stringify({
        user_name: 'ghibienban',
        full_name: second.full_name,
        member_id: second.member_id,
        home_unit_id,
        password,
        role_key: 'member',
      });
      return (await fetch('/api/accounts', { method: 'POST', headers, body })).status;
    },
    [second, home_unit_id, password],
  );
  assert.equal(status, 200);
  await close_page(office);
});
after(async () => {
  await browser.close();
  await server.stop();
});

const minutes = () => `${server.url}/meetings/${meeting_id}/papers/minutes`;

async function file_of(page, name) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.click(`a.button:has-text("${name}")`),
  ]);
  return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
}

describe('papers', () => {
  test('the chair approves the minutes on a phone, the minute taker after them, and they are frozen', async () => {
    const page = await open_page(browser, { ...phone, acceptDownloads: true });
    await sign_in_as(page, server.url, 'thuky');
    await page.goto(`${server.url}/meetings/${meeting_id}`);
    await settle(page);
    await page.click('a[href$="/papers/minutes"]');
    await settle(page);
    assert.match(await page.innerText('.sheet'), /BIÊN BẢN/);
    await press(page, 'Phê duyệt văn bản');
    await page.waitForSelector('text=Đã có một người phê duyệt');
    assert.match(await page.innerText('#main'), new RegExp(`thứ hai: ${second.full_name}`));
    await close_page(page);

    const other = await open_page(browser, { ...phone, acceptDownloads: true });
    await sign_in_as(other, server.url, 'ghibienban', password);
    await other.goto(minutes());
    await settle(other);
    await press(other, 'Phê duyệt văn bản');
    await other.waitForSelector('text=Đã phê duyệt và khóa');
    await settle(other);
    assert.match(await other.innerText('.sheet'), /Số \d\d-BB\/CB/);
    assert.match(await other.innerText('code'), /^[0-9a-f]{64}$/);

    const pdf = await file_of(other, 'PDF');
    assert.match(pdf.name, /^Biên bản \d\d-BB-CB .*\.pdf$/);
    assert.equal(pdf.bytes.subarray(0, 5).toString(), '%PDF-');
    const docx = await file_of(other, 'DOCX');
    assert.match(docx.name, /\.docx$/);
    assert.equal(docx.bytes.subarray(0, 2).toString(), 'PK');
    assert.ok(docx.bytes.includes('word/document.xml'));
    await close_page(other);
  });

  test('members see nothing before the meeting is published, and the frozen papers after', async () => {
    const page = await open_page(browser, phone);
    await sign_in_as(page, server.url, 'thuky');
    const earlier = await ask(page, `/api/meetings?unit_id=${home_unit_id}&state=held&until=2024-10-31`);
    await close_page(page);
    const member = await open_page(browser, phone);
    await sign_in_as(member, server.url, 'dangvien');
    const of = async (id) => (await ask(member, `/api/meetings/${id}/papers`)).papers;
    const published = earlier.meetings.find((line) => line.meeting.published_on);
    const papers = await of(published.meeting.id);
    assert.ok(papers.length >= 2);
    assert.ok(papers.every((paper) => paper.state === 'frozen' || paper.state === 'outdated'));
    const last = await ask(member, `/api/meetings/${meeting_id}`);
    if (!last.meeting.published_on) assert.deepEqual(await of(meeting_id), []);
    await close_page(member);
  });

  for (const language of ['vi', 'en', 'hi']) {
    test(`a paper is accessible and fits the smallest phone (${language})`, async () => {
      // High enough that no button of the paper happens to lie half under the bar at the bottom.
      const narrow = { ...phone, viewport: { width: 320, height: 1600 } };
      const page = await open_page(browser, {
        ...narrow,
        bypassCSP: true,
        language,
        theme: language === 'en' ? 'dark' : 'light',
      });
      await sign_in_as(page, server.url, 'thuky');
      await page.goto(minutes());
      await settle(page);
      await check_width(page);
      await check_accessibility(page);
      await page.goto(`${server.url}/meetings/${meeting_id}/papers/score_sheet`);
      await settle(page);
      await check_width(page);
      await check_accessibility(page);
      await close_page(page);
    });
  }
});
