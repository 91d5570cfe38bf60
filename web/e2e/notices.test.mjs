// What people are told: an invitation in the inbox, by mail and in a calendar, as the programs at the other end read it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import ICAL from 'ical.js';
import { start_mail_server } from './mail_server.mjs';
import { start_server } from './server.mjs';
import {
  ask,
  check_accessibility,
  check_width,
  close_page,
  desktop,
  keep_on_device,
  open_browser,
  open_page,
  phone,
  press,
  settle,
  show_whole,
  sign_in_as,
  text_is,
} from './support.mjs';

const public_url = 'https://groundwork.example';
const address = 'dang.vien@example.vn';

let browser;
let server;
let mail_server;
let meeting; // planned, of Na Lung
before(async () => {
  mail_server = await start_mail_server();
  [browser, server] = await Promise.all([
    open_browser(),
    start_server({ smtp_url: mail_server.url, mail_from: 'groundwork@example.vn', public_url }),
  ]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await mail_server?.stop();
});

const post = (page, path, body, method = 'POST') =>
  page.evaluate(
    async ([path, body, method]) => {
      const headers = {
        'content-type': 'application/json',
        'x-groundwork': '1',
        'idempotency-key': crypto.randomUUID(),
      };
      const answer = await fetch(path, { method, headers, body: JSON.stringify(body) });
      return { status: answer.status, body: await answer.json() };
    },
    [path, body, method],
  );

async function secretary(options = phone) {
  const page = await open_page(browser, options);
  await sign_in_as(page, server.url, 'thuky');
  return page;
}

// The one entry of a calendar that is this meeting, as ical.js reads it.
function entry_of(text, meeting_id) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const found = calendar
    .getAllSubcomponents('vevent')
    .map((each) => new ICAL.Event(each))
    .filter((each) => each.uid === `${meeting_id}@groundwork`);
  assert.equal(found.length, 1, 'once in the calendar');
  return { calendar, event: found[0], value: (name) => found[0].component.getFirstPropertyValue(name) };
}

const calendar_part = (mail) => {
  const part = mail.attachments.find((each) => each.mimeType === 'text/calendar');
  return { ...part, text: Buffer.from(part.content).toString('utf8') };
};

async function wait_until(fits, what) {
  const until = Date.now() + 30_000;
  while (!(await fits())) {
    assert.ok(Date.now() < until, what);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('an invitation', () => {
  let feed;
  let member;
  before(async () => {
    member = await open_page(browser, phone);
    await sign_in_as(member, server.url, 'dangvien');
    // What the sample told them is read already, so that what this test tells stands out.
    const { notices } = await ask(member, '/api/notices');
    await post(member, '/api/notices/reading', { until_notice_id: notices[0].id });
  });
  after(async () => close_page(member));

  test('mail goes to an address that its owner has confirmed', async () => {
    await member.goto(`${server.url}/wishes`);
    await settle(member);
    await member.fill('[name=address]', address);
    await press(member, 'Gửi mã');
    await member.waitForSelector('[name=code]');
    const mail = await mail_server.wait_for((each) => each.recipients.includes(address));
    assert.equal(mail.subject, 'Mã xác nhận địa chỉ thư');
    const [code] = /\b\d{6}\b/.exec(mail.text);
    await member.fill('[name=code]', code);
    await press(member, 'Xác nhận');
    await member.waitForSelector(text_is('legend', 'Gửi thư cho tôi'));
  });

  test('the calendar has a private address, which a calendar program reads', async () => {
    await press(member, 'Tạo địa chỉ');
    await member.waitForSelector('#calendar-address');
    feed = await member.inputValue('#calendar-address');
    assert.match(feed, /\/api\/calendars\/[\w-]{43}\.ics$/);
    const webcal = await member.getAttribute(text_is('a', 'Mở bằng chương trình lịch'), 'href');
    assert.equal(webcal, feed.replace('http:', 'webcal:'));
    const answer = await fetch(feed);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'text/calendar; charset=utf-8');
    const text = await answer.text();
    assert.ok(
      text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75),
      'lines are folded',
    );
    const calendar = new ICAL.Component(ICAL.parse(text));
    assert.equal(calendar.getFirstPropertyValue('x-wr-calname'), 'Lịch sinh hoạt');
    assert.ok(calendar.getAllSubcomponents('vevent').length >= 3);
    const again = await fetch(feed, { headers: { 'if-none-match': answer.headers.get('etag') } });
    assert.equal(again.status, 304);
  });

  test('the secretary sends it once, and sees whom it reached', async () => {
    const page = await secretary();
    const { home_unit_id } = await ask(page, '/api/session');
    const planned = await post(page, '/api/meetings', {
      unit_id: home_unit_id,
      kind: 'regular',
      subject: 'Sinh hoạt chi bộ thường kỳ: bàn việc làm đường vào bản và nước sạch cho các hộ ở xa',
      planned_for: Date.UTC(2024, 11, 28, 12, 30),
      place: 'Nhà văn hóa thôn Nà Lung',
      agenda: ['Làm đường'],
    });
    meeting = planned.body.meeting;
    await page.goto(`${server.url}/meetings/${meeting.id}/invitation`);
    await settle(page);
    await press(page, 'Gửi giấy mời');
    await page.waitForSelector(text_is('h2', 'Đã gửi giấy mời'));
    const list = await page.innerText('main');
    assert.match(list, /Trong ứng dụng từ .*, chưa đọc/);
    assert.match(list, /Chưa có tài khoản: hãy báo trực tiếp/);
    assert.match(list, /Thư đang chờ gửi|Đã gửi thư/);
    assert.equal(await page.isDisabled('.acts button'), true, 'nothing new to send');
    await close_page(page);
  });

  test('the member finds it in the inbox, in the mail and in the calendar', async () => {
    await member.goto(server.url);
    await settle(member);
    await member.waitForSelector('header a[href="/notices"]:has-text("1")');
    await member.click('header a[href="/notices"]');
    await settle(member);
    assert.match(await member.innerText('main li'), /Mời họp: Sinh hoạt chi bộ thường kỳ/);

    const mail = await mail_server.wait_for((each) => each.subject?.startsWith('Mời họp'));
    assert.equal(mail.subject, `Mời họp: ${meeting.subject}`);
    assert.match(mail.text, /19:30/);
    assert.match(mail.text, new RegExp(`${public_url}/meetings/${meeting.id}`));
    const part = calendar_part(mail);
    assert.equal(part.method, 'REQUEST');
    const { calendar, event } = entry_of(part.text, meeting.id);
    assert.equal(calendar.getFirstPropertyValue('method'), 'REQUEST');
    assert.equal(event.attendees[0].getFirstValue(), `mailto:${address}`);

    const read = entry_of(await (await fetch(feed)).text(), meeting.id);
    assert.equal(read.event.summary, `${meeting.subject} – Chi bộ thôn Nà Lung`);
    assert.equal(read.event.location, 'Nhà văn hóa thôn Nà Lung');
    assert.equal(read.event.startDate.toJSDate().getTime(), Date.UTC(2024, 11, 28, 12, 30));
    assert.equal(read.event.component.getAllSubcomponents('valarm').length, 2);
    assert.equal(read.event.sequence, event.sequence);
  });

  test('opening a notice reads it, and reading all can be taken back', async () => {
    await member.click('main li button');
    await member.waitForSelector('header a[href="/notices"]:not(:has-text("1"))');
    await member.goto(`${server.url}/notices?view=all`);
    await settle(member);
    await member.click('main li button');
    await member.waitForSelector(text_is('button', 'Đánh dấu đã đọc hết'));
    await press(member, 'Đánh dấu đã đọc hết');
    await member.waitForSelector(text_is('button', 'Hoàn tác'));
    assert.equal((await ask(member, '/api/notices/unread_count')).unread_count, 0);
    await press(member, 'Hoàn tác');
    await member.waitForSelector('header a[href="/notices"]:has-text("1")');
    assert.equal((await ask(member, '/api/notices/unread_count')).unread_count, 1);
  });

  test('a moved meeting moves in the calendar', async () => {
    const page = await secretary();
    const before = entry_of(await (await fetch(feed)).text(), meeting.id).event.sequence;
    const moved_to = Date.UTC(2024, 11, 29, 13, 0);
    const moved = await post(page, `/api/meetings/${meeting.id}/move`, {
      from: meeting.planned_for,
      planned_for: moved_to,
      reason: 'Mưa lũ',
    });
    assert.equal(moved.status, 200);
    const mail = await mail_server.wait_for((each) => each.subject?.startsWith('Cuộc họp dời'));
    const sent = entry_of(calendar_part(mail).text, meeting.id).event;
    assert.equal(sent.startDate.toJSDate().getTime(), moved_to);
    assert.ok(sent.sequence > before);
    const read = entry_of(await (await fetch(feed)).text(), meeting.id).event;
    assert.equal(read.startDate.toJSDate().getTime(), moved_to);
    assert.equal(read.sequence, sent.sequence);
    assert.match((await ask(member, '/api/notices')).notices[0].title, /dời sang lúc khác/);
    await close_page(page);
  });

  test('a cancelled meeting is cancelled there', async () => {
    const page = await secretary();
    const before = entry_of(await (await fetch(feed)).text(), meeting.id).event.sequence;
    const reason = 'Mưa lũ, đường vào bản bị sạt';
    assert.equal((await post(page, `/api/meetings/${meeting.id}/cancellation`, { reason })).status, 200);
    const mail = await mail_server.wait_for((each) => each.subject?.startsWith('Huỷ cuộc họp'));
    assert.doesNotMatch(mail.text, /sạt/, 'the reason stays in the app');
    const part = calendar_part(mail);
    assert.equal(part.method, 'CANCEL');
    const sent = entry_of(part.text, meeting.id);
    assert.equal(sent.value('status'), 'CANCELLED');
    assert.ok(sent.event.sequence > before);
    const read = entry_of(await (await fetch(feed)).text(), meeting.id);
    assert.equal(read.value('status'), 'CANCELLED');
    assert.equal(read.event.component.getAllSubcomponents('valarm').length, 0);
    assert.match((await ask(member, '/api/notices')).notices[0].text, /sạt/);
    await close_page(page);
  });

  test('one click in the mail program ends all mail, and looking at the link does not', async () => {
    const mail = await mail_server.wait_for((each) => each.subject?.startsWith('Mời họp'));
    const header = (key) => mail.headers.find((each) => each.key === key).value;
    const link = header('list-unsubscribe').slice(1, -1).replace(public_url, server.url);
    assert.equal(header('list-unsubscribe-post'), 'List-Unsubscribe=One-Click');
    assert.match(await (await fetch(link)).text(), /Ngừng gửi thư cho tôi/);
    assert.equal((await ask(member, '/api/wishes')).address_state, 'confirmed');
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    const stopped = await fetch(link, { method: 'POST', body, headers: { origin: 'https://mail.example' } });
    assert.equal(stopped.status, 200);
    assert.equal((await ask(member, '/api/wishes')).address_state, 'stopped');
  });

  test('an address that ends is nobody’s, and the inbox can be read without a network', async () => {
    await member.goto(`${server.url}/wishes`);
    await settle(member);
    await press(member, 'Ngừng chia sẻ lịch');
    await wait_until(async () => (await fetch(feed)).status === 404, 'the old address still answers');
    await member.goto(`${server.url}/notices?view=all`);
    await settle(member);
    await keep_on_device(member);
    await member.context().setOffline(true);
    await member.reload();
    await settle(member);
    assert.match(await member.innerText('main li'), /Huỷ cuộc họp/);
    await member.context().setOffline(false);
  });

  test('an address that the mail server refuses is told so', async () => {
    const page = await secretary();
    assert.equal(
      (await post(page, '/api/wishes/address', { address: 'nobody@example.vn' }, 'PUT')).status,
      200,
    );
    await wait_until(async () => (await ask(page, '/api/wishes')).address_fault !== '', 'no fault was noted');
    await page.goto(`${server.url}/wishes`);
    await settle(page);
    assert.match(await page.innerText('main'), /Máy chủ thư không nhận địa chỉ này/);
    await close_page(page);
  });
});

describe('every page of notices', () => {
  const looks = [
    { name: 'a phone in Vietnamese', options: { ...phone, language: 'vi' }, width: 360 },
    {
      name: 'the smallest phone in Hindi',
      options: { ...phone, viewport: { width: 320, height: 640 }, language: 'hi', theme: 'dark' },
      width: 320,
    },
    { name: 'a desktop in English', options: { ...desktop, language: 'en' }, width: 1280 },
  ];
  for (const { name, options, width } of looks)
    test(`is accessible and fits ${name}`, async () => {
      const page = await open_page(browser, { ...options, bypassCSP: true });
      await sign_in_as(page, server.url, 'thuky');
      for (const path of ['/notices', '/notices?view=all', '/wishes', `/meetings/${meeting.id}/invitation`]) {
        await page.goto(server.url + path);
        await settle(page);
        await check_width(page);
        await show_whole(page, width);
        await check_accessibility(page);
      }
      await close_page(page);
    });
});
