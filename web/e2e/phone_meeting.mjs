// What the tests of a meeting written on a phone share: the phone, the steps of the meeting, and what the server must have
// of it in the end.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { start_server } from './server.mjs';
import {
  ask,
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

export let browser;
export let server;

// A browser and a server for the tests of a file.
export function set_up() {
  before(async () => {
    [browser, server] = await Promise.all([open_browser(), start_server()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
}

export const patience = { timeout: 20_000 };
export const hour = 3_600_000;

// A phone with a clock that a test can turn and storage that it can fill, and the taps of a finger counted.
export async function open_phone(options = {}) {
  const page = await open_page(browser, { ...phone, language: 'vi', ...options });
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
export const cut = (page) => page.context().setOffline(true);
export const mend = (page) => page.context().setOffline(false);

// Sends something as the app would.
export const send = (page, path, body) =>
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

export async function plan(page, subject, agenda = []) {
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

export const open_hub = async (page, path = '/record?new=1') => {
  await page.goto(`${server.url}${path}`);
  await page.waitForSelector(text_is('button', 'Bắt đầu họp ngay'));
};
export const heading = (page, text) => page.waitForSelector(text_is('h1', text));
export const go_on = (page) => press(page, 'Tiếp tục');

// A photo larger than what may be kept, drawn in the browser.
export const picture = (page) =>
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
export const steps = (text) => [
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
export const press_send = (page) => page.click('#main .button.primary:has-text("Gửi")');

// What the server has of a meeting written with `text`: one meeting, one resolution with its task, one photo.
export async function check_kept_once(page, text) {
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

export const all_sent = (page) =>
  wait_until_kept(
    page,
    ({ operations, drafts, files }) =>
      operations.length === 0 && files.length === 0 && !drafts.some(({ key }) => / record /.test(key)),
  );

// Opens the app until nothing waits: each opening sends what it can.
export async function send_what_waits(page) {
  const openings = 10;
  for (let i = 0; i < openings && (await kept_on_device(page)).operations.length > 0; i++) {
    await page.goto(`${server.url}/waiting`);
    await settle(page);
    await page.waitForTimeout(500);
  }
  assert.equal((await kept_on_device(page)).operations.length, 0);
}

// The page goes away as when the phone kills it, and the app is opened anew on the same address.
export async function reopen(page) {
  const address = page.url();
  await page.goto('about:blank');
  await page.goto(address);
  await page.waitForSelector('#main h1');
}
