// Writing down a meeting whatever the phone goes through: no network from the start or from any step on, the page closed in
// the middle, answers lost, the storage full, the clock wrong, somebody else faster. And with few taps.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { start_server } from './server.mjs';
import {
  ask,
  close_page,
  expect_refusal,
  keep_on_device,
  kept_on_device,
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

const patience = { timeout: 20_000 };
const hour = 3_600_000;
const most_taps = 25;

// A phone with a clock that a test can turn and storage that it can fill, and the taps of a finger counted.
async function open_phone() {
  const page = await open_page(browser, { ...phone, language: 'vi' });
  await page.context().addInitScript(() => {
    if (location.origin === 'null') return;
    const true_now = Date.now.bind(Date);
    const turned_by = () => Number(localStorage.getItem('test.turned_by') ?? 0);
    const True = Date;
    globalThis.Date = class extends True {
      constructor(...given) {
        if (given.length === 0) super(true_now() + turned_by());
        else super(...given);
      }
      static now() {
        return true_now() + turned_by();
      }
    };
    // A device without room: every write is refused, as the browser does.
    for (const name of ['put', 'add']) {
      const write = IDBObjectStore.prototype[name];
      IDBObjectStore.prototype[name] = function (...given) {
        if (localStorage.getItem('test.is_full') === 'yes')
          throw new DOMException('There is no room.', 'QuotaExceededError');
        return write.apply(this, given);
      };
    }
    addEventListener(
      'pointerdown',
      (event) => {
        if (!event.isTrusted) return;
        sessionStorage.setItem('test.taps', String(Number(sessionStorage.getItem('test.taps') ?? 0) + 1));
      },
      true,
    );
  });
  await sign_in_as(page, server.url, 'thuky');
  await keep_on_device(page);
  page.home = (await ask(page, '/api/session')).home_unit_id;
  const home = page.home;
  await wait_until_kept(page, ({ readings }) => {
    const ends = ['roll', 'open items', 'open advice', 'groups', 'planned meetings'];
    return ends.every((each) => readings.some(({ key }) => key.includes(` ${each} ${home}`)));
  });
  return page;
}
const cut = (page) => page.context().setOffline(true);
const mend = (page) => page.context().setOffline(false);

// Sends something as the app would.
const send = (page, path, body) =>
  page.evaluate(
    async ([path, body]) => {
      const answer = await fetch(path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-groundwork': '1',
          'idempotency-key': crypto.randomUUID(),
        },
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: await answer.json() };
    },
    [path, body],
  );

async function plan(page, subject, agenda = []) {
  const today = new Date(2024, 11, 16, 12).getTime();
  const { status, body } = await send(page, '/api/meetings', {
    unit_id: page.home,
    kind: 'regular',
    subject,
    planned_for: today,
    agenda,
  });
  assert.equal(status, 200);
  return body.meeting.id;
}

const open_hub = async (page, path = '/record?new=1') => {
  await page.goto(`${server.url}${path}`);
  await page.waitForSelector(text_is('button', 'Bắt đầu họp ngay'));
};
const heading = (page, text) => page.waitForSelector(text_is('h1', text));
const go_on = (page) => press(page, 'Tiếp tục');

// A photo larger than what may be kept, drawn in the browser.
const picture = (page) =>
  page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 2400;
    canvas.height = 1800;
    const pen = canvas.getContext('2d');
    for (let i = 0; i < 400; i++) {
      pen.fillStyle = `hsl(${i * 7} 70% 50%)`;
      pen.fillRect((i * 97) % 2400, (i * 61) % 1800, 260, 180);
    }
    const file = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
    return Array.from(new Uint8Array(await file.arrayBuffer()));
  });

// The steps of a meeting, each on its own page. `text` makes what is written recognisable.
const steps = (text) => [
  [
    'start',
    async (page) => {
      await press(page, 'Bắt đầu họp ngay');
      await heading(page, 'Ai có mặt?');
    },
  ],
  [
    'roll',
    async (page) => {
      await page.locator('[role=switch]').last().click();
      await press(page, 'Ốm đau');
      await go_on(page);
      await heading(page, 'Việc kỳ trước đến đâu');
    },
  ],
  [
    'earlier',
    async (page) => {
      await go_on(page);
      await heading(page, 'Nội dung đã bàn');
    },
  ],
  [
    'said',
    async (page) => {
      await page.locator('#main li button').nth(1).click();
      await page.fill('textarea[name^=said-]', text);
      await go_on(page);
      await heading(page, 'Nghị quyết và việc giao');
    },
  ],
  [
    'decided',
    async (page) => {
      await page.check('input[name=decides][value=yes]');
      await page.fill('textarea[name^=decision-]', `Quyết định: ${text}`);
      await page.locator('fieldset label', { hasText: text }).first().click();
      await press(page, 'Giao một việc');
      await page.fill('input[name^=task-]', `Việc: ${text}`);
      await press(page, 'Ai làm?');
      await page.locator('dialog[open] li button').last().click();
      await go_on(page);
      await heading(page, 'Ảnh');
    },
  ],
  [
    'photos',
    async (page) => {
      const bytes = Buffer.from(await picture(page));
      await page.setInputFiles('input[id$=gallery]', {
        name: 'hop.png',
        mimeType: 'image/png',
        buffer: bytes,
      });
      await page.waitForSelector('li.card img');
      await page.fill('[name^=caption-]', `Ảnh: ${text}`);
      await go_on(page);
      await page.waitForSelector(text_is('button', 'Họp xong rồi'));
    },
  ],
  [
    'end',
    async (page) => {
      await press(page, 'Họp xong rồi');
      await heading(page, 'Xem lại và gửi');
    },
  ],
];
const press_send = (page) => page.click('#main .button.primary:has-text("Gửi")');

// What the server has of a meeting written with `text`: one meeting, one resolution with its task, one photo.
async function check_kept_once(page, text) {
  const list = await ask(page, `/api/meetings?unit_id=${page.home}&state=held&from=2024-12-16&limit=200`);
  const records = await Promise.all(
    list.meetings.map(({ meeting }) => ask(page, `/api/meetings/${meeting.id}`)),
  );
  const mine = records.filter((record) =>
    record.contributions.some(({ contribution }) => contribution.text === text),
  );
  assert.equal(mine.length, 1, `one meeting with “${text}”`);
  const [{ meeting }] = mine;
  assert.equal(meeting.members_present, meeting.members_expected - 1);
  const { resolutions } = await ask(
    page,
    `/api/resolutions?unit_id=${page.home}&meeting_id=${meeting.id}&year=2024`,
  );
  assert.equal(resolutions.length, 1);
  assert.equal(resolutions[0].items.length, 1);
  assert.equal(resolutions[0].items[0].tasks.length, 1);
  assert.equal(resolutions[0].items[0].citations[0].text, text);
  const { attachments } = await ask(page, `/api/attachments?thing_kind=meeting&thing_id=${meeting.id}`);
  assert.equal(attachments.length, 1);
  assert.equal(attachments[0].caption, `Ảnh: ${text}`);
  assert.ok(Math.max(attachments[0].width, attachments[0].height) <= 1280, 'the photo was made small');
  return mine[0];
}

const all_sent = (page) =>
  wait_until_kept(
    page,
    ({ operations, drafts, files }) =>
      operations.length === 0 && files.length === 0 && !drafts.some(({ key }) => / record /.test(key)),
  );

// Opens the app until nothing waits: each opening sends what it can.
async function send_what_waits(page) {
  const openings = 10;
  for (let i = 0; i < openings && (await kept_on_device(page)).operations.length > 0; i++) {
    await page.goto(`${server.url}/waiting`);
    await settle(page);
    await page.waitForTimeout(500);
  }
  assert.equal((await kept_on_device(page)).operations.length, 0);
}

// The page goes away as when the phone kills it, and the app is opened anew on the same address.
async function reopen(page) {
  const address = page.url();
  await page.goto('about:blank');
  await page.goto(address);
  await page.waitForSelector('#main h1');
}

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

  test('a full phone says what to do, and nothing typed is lost', async () => {
    const page = await open_phone();
    const text = 'Máy đầy vẫn không mất chữ';
    await open_hub(page);
    const [start, roll, earlier] = steps(text);
    for (const [, act] of [start, roll, earlier]) await act(page);
    const fill = (is_full) =>
      page.evaluate((is_full) => localStorage.setItem('test.is_full', is_full), is_full);
    await fill('yes');
    await page.locator('#main li button').nth(1).click();
    await page.fill('textarea[name^=said-]', text);
    await page.waitForSelector('text=Máy đã hết chỗ');
    // On another part and back it is still there.
    await go_on(page);
    await heading(page, 'Nghị quyết và việc giao');
    await page.waitForSelector('text=Máy đã hết chỗ');
    await page.goBack();
    await heading(page, 'Nội dung đã bàn');
    assert.equal(await page.inputValue('textarea[name^=said-]'), text);
    // So it is after another page of the app.
    await page.click('nav a[href="/tasks"] >> visible=true');
    await page.waitForSelector('#main[aria-busy=false] h1');
    await page.goBack();
    await heading(page, 'Nội dung đã bàn');
    assert.equal(await page.inputValue('textarea[name^=said-]'), text);
    // A photo finds no room, and says so.
    await page.click('#main header button.link');
    await press(page, 'Ảnh');
    const bytes = Buffer.from(await picture(page));
    await page.setInputFiles('input[id$=gallery]', { name: 'hop.png', mimeType: 'image/png', buffer: bytes });
    await page.waitForSelector('text=Máy hết chỗ cho hop.png');
    // With room again it is kept by itself, and survives the end of the app.
    await fill('no');
    await page.waitForSelector('text=Máy đã hết chỗ', { state: 'detached', ...patience });
    await wait_until_kept(page, ({ drafts }) => JSON.stringify(drafts).includes(text));
    await reopen(page);
    await page.click('#main header button.link');
    await press(page, 'Nội dung đã bàn');
    assert.equal(await page.inputValue('textarea[name^=said-]'), text);
    await close_page(page);
  });

  test('a phone whose clock runs an hour fast is told so, and is never stuck in the future', async () => {
    const page = await open_phone();
    const text = 'Đồng hồ nhanh một giờ';
    // The clock goes wrong after the last contact: nobody knows yet.
    await page.evaluate((by) => localStorage.setItem('test.turned_by', String(by)), hour);
    await cut(page);
    await open_hub(page);
    for (const [, act] of steps(text)) await act(page);
    await press(page, 'Gửi khi có mạng');
    await page.waitForSelector('text=Đã giữ trên máy, chờ mạng');
    expect_refusal(page, 422, /^\/api\/meetings$/);
    await mend(page);
    await page.waitForSelector(text_is('button', 'Sửa và gửi lại'), patience);
    await press(page, 'Sửa và gửi lại');
    await page.waitForSelector('text=Đồng hồ điện thoại này chạy nhanh 1 giờ');
    await page.click('#main .clock .button.primary');
    await press_send(page);
    await page.waitForSelector('text=Đã gửi biên bản', patience);
    await all_sent(page);
    const { meeting } = await check_kept_once(page, text);
    assert.equal(meeting.times_reason, 'Đồng hồ điện thoại này chạy nhanh 1 giờ');
    const ahead = meeting.clock_started_at - meeting.started_at;
    assert.ok(Math.abs(ahead - hour) < 2 * 60_000, `${ahead / 60_000} minutes ahead`);
    // From now on the phone knows, and a meeting is right from its start.
    await open_hub(page);
    await page.waitForSelector('text=Giờ ở đây đã được tự chỉnh cho đúng');
    await press(page, 'Bắt đầu họp ngay');
    await heading(page, 'Ai có mặt?');
    await wait_until_kept(page, ({ drafts }) =>
      drafts.some(({ value }) => value?.start && value.times_reason.includes('nhanh 1 giờ')),
    );
    await close_page(page);
  });

  test('a phone whose clock runs an hour slow writes the right times once it has heard the server', async () => {
    const page = await open_phone();
    const text = 'Đồng hồ chậm một giờ';
    await page.evaluate((by) => localStorage.setItem('test.turned_by', String(by)), -hour);
    await page.reload();
    await settle(page);
    await cut(page);
    await open_hub(page);
    await page.waitForSelector('text=Đồng hồ điện thoại này chạy chậm 1 giờ');
    for (const [, act] of steps(text)) await act(page);
    await press(page, 'Gửi khi có mạng');
    await mend(page);
    await page.waitForSelector('text=Đã gửi biên bản', patience);
    await all_sent(page);
    const { meeting } = await check_kept_once(page, text);
    const behind = meeting.started_at - meeting.clock_started_at;
    assert.ok(Math.abs(behind - hour) < 2 * 60_000, `${behind / 60_000} minutes behind`);
    await close_page(page);
  });

  test('of two secretaries who record the same meeting the second one’s record waits in sight', async () => {
    const [first, second] = [await open_phone(), await open_phone()];
    const meeting_id = await plan(first, 'Hai thư ký cùng ghi');
    for (const page of [first, second]) {
      await page.goto(`${server.url}/meetings/${meeting_id}/record`);
      await page.waitForSelector(text_is('button', 'Bắt đầu họp ngay'));
      await settle(page);
    }
    await cut(second);
    for (const [, act] of steps('Bản thứ nhất')) await act(first);
    for (const [, act] of steps('Bản thứ hai')) await act(second);
    await press_send(first);
    await first.waitForSelector('text=Đã gửi biên bản', patience);
    await all_sent(first);
    await press_send(second);
    await second.waitForSelector('text=Đã giữ trên máy, chờ mạng');
    expect_refusal(second, 409, new RegExp(`^/api/meetings/${meeting_id}/record$`));
    await mend(second);
    await second.waitForSelector(text_is('a', 'So sánh hai biên bản'), patience);
    await second.waitForSelector('header a.refused');
    // Nothing of it is lost, also after a new start on the page of the meeting.
    await reopen(second);
    await second.waitForSelector(text_is('a', 'So sánh hai biên bản'));
    const { operations } = await kept_on_device(second);
    assert.equal(operations.length, 3);
    assert.ok(JSON.stringify(operations[0].body).includes('Bản thứ hai'));
    assert.equal(operations[0].state, 'refused');
    await check_kept_once(first, 'Bản thứ nhất');
    await close_page(first);
    await close_page(second);
  });
});
