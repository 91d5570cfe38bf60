// Writing down a meeting without a network: none from the start or from any step on, the page closed in the middle,
// answers lost, pieces sent in the wrong order. And with few taps.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  all_sent,
  check_kept_once,
  cut,
  heading,
  mend,
  open_hub,
  open_phone,
  patience,
  plan,
  press_send,
  reopen,
  send,
  send_what_waits,
  server,
  steps,
  set_up,
} from './phone_meeting.mjs';
import {
  ask,
  close_page,
  expect_refusal,
  kept_on_device,
  press,
  settle,
  text_is,
  wait_until_kept,
} from './support.mjs';

set_up();

const most_taps = 25;

describe('a meeting on a cheap phone', () => {
  test('takes at most 25 taps and the text', async () => {
    const page = await open_phone();
    await plan(page, 'Sinh hoạt đếm lần chạm', ['Đánh giá tháng trước', 'Bàn việc tháng tới']);
    await page.goto(server.url);
    await settle(page);
    await page.evaluate(() => sessionStorage.setItem('test.taps', '0'));
    const tap = (selector) => page.locator(selector).first().tap();
    const tap_text = (text) => tap(text_is('button', text));
    const type = (text) => page.keyboard.type(text);

    await tap('nav a.record');
    await tap_text('Bắt đầu họp ngay');
    await page.waitForSelector('[role=switch]');
    const people = await page.locator('[role=switch]').count();
    assert.ok(people >= 17, `${people} people`);
    await page
      .locator('[role=switch]')
      .nth(people - 1)
      .tap();
    await page
      .locator('[role=switch]')
      .nth(people - 2)
      .tap();
    await page.locator('.usual').nth(0).locator('button').nth(0).tap();
    await page.locator('.usual').nth(1).locator('button').nth(1).tap();
    await tap_text('Tiếp tục');
    await heading(page, 'Việc kỳ trước đến đâu');
    await tap_text('Tiếp tục');
    await heading(page, 'Nội dung đã bàn');
    await page.locator('#main li button').nth(1).tap();
    await type('Cầu tạm qua suối đã mục.');
    await tap('[aria-label="Mục tiếp theo"]');
    for (const [who, words] of [
      [2, 'Nên thay ván.'],
      [3, 'Đoàn thanh niên xin nhận.'],
    ]) {
      await tap_text('Người phát biểu tiếp');
      await page.locator('dialog[open] li button').nth(who).tap();
      await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
      await type(words);
    }
    await tap_text('Tiếp tục');
    await heading(page, 'Nghị quyết và việc giao');
    await tap('label:has(input[name=decides][value=yes])');
    await page.waitForFunction(() => document.activeElement?.name?.startsWith('decision-'));
    await type('Thay ván cầu tạm trước mùa lũ.');
    await tap('fieldset label:has-text("Cầu tạm qua suối")');
    await tap_text('Giao một việc');
    await page.waitForFunction(() => document.activeElement?.name?.startsWith('task-'));
    await type('Thay ván cầu');
    await tap_text('Ai làm?');
    await page.locator('dialog[open] li button').last().tap();
    await tap_text('Tiếp tục');
    await heading(page, 'Ảnh');
    await tap_text('Tiếp tục');
    await tap_text('Họp xong rồi');
    await tap_text('Gửi biên bản');
    await page.waitForSelector('text=Đã gửi biên bản', patience);
    const taps = await page.evaluate(() => Number(sessionStorage.getItem('test.taps')));
    console.log(`# ${taps} taps for ${people} people, 2 absent, 3 contributions, 1 decision with 1 task`);
    assert.ok(taps <= most_taps, `${taps} taps`);

    const { meetings } = await ask(page, `/api/meetings?unit_id=${page.home}&state=held&limit=50`);
    const { meeting } = meetings.find((line) => line.meeting.subject === 'Sinh hoạt đếm lần chạm');
    assert.equal(meeting.members_present, people - 2);
    const { contributions } = await ask(page, `/api/meetings/${meeting.id}`);
    assert.deepEqual(
      contributions.map(({ contribution }) => contribution.about),
      ['Đánh giá tháng trước', 'Bàn việc tháng tới', 'Bàn việc tháng tới'],
    );
    await close_page(page);
  });

  test('is written in flight mode from opening the app to sending, closed and opened at every step', async () => {
    const page = await open_phone();
    const text = 'Ghi trong chế độ máy bay';
    await cut(page);
    await reopen(page);
    await open_hub(page);
    for (const [, act] of steps(text)) {
      await act(page);
      // Typing is kept a quarter of a second later.
      await wait_until_kept(page, ({ drafts }) =>
        drafts.some(({ key, saved_at }) => / record /.test(key) && Date.now() - saved_at > 0),
      );
      await page.waitForTimeout(300);
      await reopen(page);
    }
    await heading(page, 'Xem lại và gửi');
    await page.waitForSelector(`text=${text}`);
    await press(page, 'Gửi khi có mạng');
    await page.waitForSelector('text=Đã giữ trên máy, chờ mạng');
    await reopen(page);
    await page.waitForSelector('text=Đã giữ trên máy, chờ mạng');
    assert.equal((await kept_on_device(page)).operations.length, 3, 'minutes, resolution and photo wait');
    await page.waitForSelector(text_is('li', 'đang chờ'));
    await mend(page);
    await page.waitForSelector('text=Đã gửi biên bản', patience);
    await all_sent(page);
    const { meeting, contributions } = await check_kept_once(page, text);
    assert.equal(contributions.length, 1);
    assert.ok(meeting.clock_started_at > 0 && meeting.clock_ended_at >= meeting.clock_started_at);
    assert.equal(meeting.times_reason, '');
    await close_page(page);
  });

  test('loses nothing when the network is cut before any one step', async () => {
    const page = await open_phone();
    for (let cut_at = 0; cut_at <= steps('').length; cut_at++) {
      const text = `Mất mạng ở bước ${cut_at}`;
      await open_hub(page);
      for (const [place, [, act]] of steps(text).entries()) {
        if (place === cut_at) await cut(page);
        await act(page);
      }
      if (cut_at === steps('').length) await cut(page);
      await press_send(page);
      await page.waitForSelector('text=Đã giữ trên máy, chờ mạng');
      await mend(page);
      await page.waitForSelector('text=Đã gửi biên bản', patience);
      await all_sent(page);
      await check_kept_once(page, text);
    }
    await close_page(page);
  });

  test('is there once when every answer is lost on the way', async () => {
    const page = await open_phone();
    const text = 'Câu trả lời bị mất';
    await open_hub(page);
    for (const [, act] of steps(text)) await act(page);
    // The server does the work, but the first answer to each piece never arrives.
    const lost = new Set();
    const order = [];
    await page.context().route(/\/api\/(meetings|resolutions|attachments)/, async (route) => {
      const request = route.request();
      if (request.method() !== 'POST') return route.continue();
      const path = new URL(request.url()).pathname;
      order.push(path);
      if (lost.has(path)) return route.continue();
      lost.add(path);
      await route.fetch();
      return route.abort('connectionreset');
    });
    await press_send(page);
    await page.waitForSelector('text=Đã giữ trên máy, chờ mạng');
    await send_what_waits(page);
    await check_kept_once(page, text);
    const first = (path) => order.indexOf(path);
    assert.ok(first('/api/meetings') < first('/api/resolutions'), 'the meeting goes first');
    assert.ok(first('/api/resolutions') < first('/api/attachments'), 'photos go last');
    assert.equal(lost.size, 3);
    await close_page(page);
  });

  test('nothing goes before its meeting, and what does is refused whole', async () => {
    const page = await open_phone();
    const text = 'Không gửi sai thứ tự';
    await open_hub(page);
    for (const [, act] of steps(text)) await act(page);
    // The meeting does not get through for a while; nothing overtakes it.
    const overtaking = [];
    let is_blocked = true;
    await page
      .context()
      .route('**/api/meetings', (route) =>
        route.request().method() === 'POST' && is_blocked ? route.abort('connectionreset') : route.continue(),
      );
    page.on('request', (request) => {
      if (is_blocked && request.method() === 'POST' && /resolutions|attachments/.test(request.url()))
        overtaking.push(request.url());
    });
    await press_send(page);
    await page.waitForSelector('text=Đã giữ trên máy, chờ mạng');
    await wait_until_kept(page, ({ operations }) => operations.length === 3);

    // Sent out of order by hand, resolution and photo are refused, and nothing of them stays.
    const { operations } = await kept_on_device(page);
    const resolution = operations.find(({ path }) => path === '/api/resolutions');
    const photo = operations.find(({ path }) => path.startsWith('/api/attachments?'));
    expect_refusal(page, 404, /^\/api\/(resolutions|attachments)$/);
    expect_refusal(page, 422, /^\/api\/(resolutions|attachments)$/);
    const blocked = overtaking.length;
    assert.equal(blocked, 0, 'nothing overtakes the meeting');
    is_blocked = false;
    const early = await send(page, resolution.path, resolution.body);
    assert.ok([404, 422].includes(early.status), `${early.status}`);
    const early_photo = await page.evaluate(
      async (path) =>
        (
          await fetch(path, {
            method: 'POST',
            headers: {
              'x-groundwork': '1',
              'idempotency-key': crypto.randomUUID(),
              'content-type': 'image/webp',
            },
            body: new Blob([new Uint8Array([1, 2, 3])]),
          })
        ).status,
      photo.path,
    );
    assert.ok([404, 422].includes(early_photo), `${early_photo}`);

    await send_what_waits(page);
    await check_kept_once(page, text);
    await close_page(page);
  });
});
