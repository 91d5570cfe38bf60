// What a phone keeps: two secretaries recording the same meeting, a lost phone, an expired session, a PIN, and what
// waits to be sent, in a real browser with the network cut.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { start_server, sample_password } from './server.mjs';
import {
  ask,
  check_accessibility,
  close_page,
  expect_refusal,
  open_browser,
  open_page,
  phone,
  press,
  settle,
  sign_in_as,
  text_is,
  wait_until_kept,
} from './support.mjs';

const patience = { timeout: 30_000 };

describe('what a phone keeps', { timeout: 600_000 }, () => {
  let server, browser;
  before(async () => {
    server = await start_server();
    browser = await open_browser();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  const signed_in = async (name = 'thuky') => {
    const page = await open_page(browser, { ...phone, language: 'vi', bypassCSP: true });
    // A session that was ended or ran out is noticed by whatever is asked first.
    expect_refusal(page, 401, /^\/api\//);
    await sign_in_as(page, server.url, name);
    await page.evaluate(() => navigator.serviceWorker.ready);
    return page;
  };

  const send = (page, method, address, body) =>
    page.evaluate(
      async ([method, address, body]) => {
        const headers = {
          'content-type': 'application/json',
          'x-groundwork': '1',
          'idempotency-key': crypto.randomUUID(),
        };
        const response = await fetch(address, { method, headers, body: JSON.stringify(body) });
        return { status: response.status, body: await response.json().catch(() => undefined) };
      },
      [method, address, body],
    );

  // Puts work into the queue of the page as a form does.
  const keep = (page, operation) =>
    page.evaluate(
      (operation) =>
        new Promise((resolve, reject) => {
          const opening = indexedDB.open('groundwork');
          opening.onsuccess = () => {
            const transaction = opening.result.transaction('operations', 'readwrite');
            const kept = { tries: 0, not_before: 0, created_at: Date.now(), state: 'waiting', ...operation };
            transaction.objectStore('operations').add({ id: crypto.randomUUID(), ...kept });
            transaction.oncomplete = () => {
              opening.result.close();
              resolve();
            };
            transaction.onerror = () => reject(transaction.error);
          };
        }),
      operation,
    );

  // Everything in the store, bytes as text: what somebody with the phone in their hands could read.
  const everything = (page) =>
    page.evaluate(
      () =>
        new Promise((resolve) => {
          const opening = indexedDB.open('groundwork');
          opening.onsuccess = async () => {
            const rows = [];
            for (const name of opening.result.objectStoreNames) {
              const asking = opening.result.transaction(name).objectStore(name).getAll();
              await new Promise((done) => (asking.onsuccess = done));
              rows.push(...asking.result);
            }
            opening.result.close();
            const readable = (_, value) =>
              value instanceof ArrayBuffer || ArrayBuffer.isView(value)
                ? new TextDecoder('latin1').decode(value)
                : value;
            resolve(JSON.stringify(rows, readable));
          };
        }),
    );

  const happening_on = (roll, start, more = {}) => ({
    started_at: start,
    ended_at: start + 95 * 60_000,
    roll: roll.members.map((member) => ({ member_id: member.id, mark: 'present', reason: null })),
    contributions: [],
    ...more,
  });

  // A meeting of tonight, planned and called.
  async function planned_meeting(page, subject) {
    const { home_unit_id, today } = await ask(page, '/api/session');
    const day = today.split('-').map(Number);
    const start = Date.UTC(day[0], day[1] - 1, day[2] - 1, 12, 30);
    const planned = await send(page, 'POST', '/api/meetings', {
      unit_id: home_unit_id,
      kind: 'other',
      subject,
      planned_for: start,
      agenda: [],
    });
    assert.equal(planned.status, 200, JSON.stringify(planned.body));
    const roll = await ask(page, `/api/meetings/${planned.body.meeting.id}/roll`);
    return { meeting: planned.body.meeting, roll, start };
  }

  test('two secretaries record the same meeting, and all that both typed survives', async () => {
    const first = await signed_in();
    const second = await signed_in();
    const { meeting, roll, start } = await planned_meeting(first, 'Hai người cùng ghi');
    const { account_id } = await ask(second, '/api/session');
    const [one, two, three] = roll.members.map((member) => member.id);
    const path = `/api/meetings/${meeting.id}/record`;
    const said = (member_id, text) => ({ member_id, text });

    const theirs = happening_on(roll, start, {
      contributions: [said(one, 'Nên sửa cầu trước mùa mưa')],
      summary: 'Thống nhất sửa cầu',
    });
    const recorded = await send(first, 'POST', path, { happening: theirs });
    assert.equal(recorded.status, 200, JSON.stringify(recorded.body));

    const mine = happening_on(roll, start, {
      contributions: [said(two, 'Đề nghị góp thêm công')],
      summary: 'Thống nhất góp công',
      ended_at: start + 120 * 60_000,
    });
    mine.roll[2] = { member_id: three, mark: 'excused', reason: 'ốm' };
    expect_refusal(second, 409, /\/record$/);
    await second.context().setOffline(true);
    await keep(second, {
      account_id,
      method: 'POST',
      path,
      body: { happening: mine },
      label: 'Biên bản: Hai người cùng ghi',
      subject: `meeting ${meeting.id}`,
    });
    await second.context().setOffline(false);
    await second.goto(`${server.url}/waiting`);
    await press(second, 'Gửi ngay');
    await second.waitForSelector('text=So hai bản', patience);
    await check_accessibility(second);
    await second.click(text_is('a', 'So hai bản'));
    await second.waitForSelector('text=Nên sửa cầu trước mùa mưa', patience);
    await second.waitForSelector('text=Đề nghị góp thêm công');
    await settle(second);
    await check_accessibility(second);
    // Mine for the times and the absence; of what was said and the summary both, as nobody chose otherwise.
    for (const title of ['Bắt đầu và kết thúc', roll.members[2].full_name])
      await second.locator('li', { hasText: title }).first().locator(text_is('button', 'Của tôi')).click();
    await press(second, 'Xem kết quả');
    await second.waitForSelector('section:has-text("Đề nghị góp thêm công")');
    await press(second, 'Gửi bản sửa');
    await second.waitForURL(`**/meetings/${meeting.id}`, patience);

    const after = await ask(second, `/api/meetings/${meeting.id}`);
    const texts = after.contributions.map((each) => each.contribution.text);
    assert.deepEqual(texts, ['Nên sửa cầu trước mùa mưa', 'Đề nghị góp thêm công']);
    assert.match(after.meeting.summary, /sửa cầu/);
    assert.match(after.meeting.summary, /góp công/);
    assert.equal(after.meeting.ended_at, start + 120 * 60_000);
    assert.equal(after.meeting.excused_count, 1);
    const { versions } = await ask(second, `/api/meetings/${meeting.id}/record_versions`);
    assert.equal(versions.length, 1);
    assert.equal(versions[0].happening.summary, 'Thống nhất sửa cầu');
    await close_page(first);
    await close_page(second);
  });

  test('taking theirs puts mine aside, and can be undone', async () => {
    const page = await signed_in();
    const { meeting, roll, start } = await planned_meeting(page, 'Đã có người ghi');
    const { account_id } = await ask(page, '/api/session');
    const path = `/api/meetings/${meeting.id}/record`;
    await send(page, 'POST', path, { happening: happening_on(roll, start, { summary: 'Của họ' }) });
    expect_refusal(page, 409, /\/record$/);
    await keep(page, {
      account_id,
      method: 'POST',
      path,
      body: { happening: happening_on(roll, start, { summary: 'Của tôi' }) },
      label: 'Biên bản của tôi',
      subject: `meeting ${meeting.id}`,
    });
    await page.goto(`${server.url}/waiting`);
    await press(page, 'Gửi ngay');
    await page.click(text_is('a', 'So hai bản'));
    await page.locator('li', { hasText: 'Tóm tắt' }).locator(text_is('button', 'Của họ')).click();
    await press(page, 'Xem kết quả');
    await press(page, 'Giữ bản của họ');
    await page.waitForURL(`**/meetings/${meeting.id}`, patience);
    await press(page, 'Hoàn tác');
    await wait_until_kept(page, ({ operations }) => operations.length > 0);
    await page.goto(`${server.url}/waiting`);
    await page.waitForSelector('text=Biên bản của tôi', patience);
    const { meeting: kept } = await ask(page, `/api/meetings/${meeting.id}`);
    assert.equal(kept.summary, 'Của họ');
    await close_page(page);
  });

  test('a planned meeting that somebody else changed meanwhile waits as two versions', async () => {
    const page = await signed_in();
    const { meeting } = await planned_meeting(page, 'Kế hoạch chung');
    const { account_id } = await ask(page, '/api/session');
    const path = `/api/meetings/${meeting.id}`;
    const plan = {
      version: meeting.version,
      subject: meeting.subject,
    };
    const changed = await send(page, 'PUT', path, {
      ...plan,
      subject: 'Kế hoạch của họ',
      place: 'Nhà văn hóa',
    });
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    expect_refusal(page, 409, /^\/api\/meetings\/\w+$/);
    await keep(page, {
      account_id,
      method: 'PUT',
      path,
      body: { ...plan, subject: 'Kế hoạch của tôi', place: 'Nhà ông Páo' },
      label: 'Kế hoạch của tôi',
      subject: `meeting ${meeting.id}`,
    });
    await page.goto(`${server.url}/waiting`);
    await press(page, 'Gửi ngay');
    await page.click(text_is('a', 'So hai bản'));
    await page.waitForSelector('text=Nhà văn hóa', patience);
    await page.locator('li', { hasText: 'Địa điểm' }).locator(text_is('button', 'Của tôi')).click();
    await press(page, 'Xem kết quả');
    await press(page, 'Gửi bản sửa');
    await page.waitForURL('**/waiting', patience);
    const { meeting: after } = await ask(page, path);
    assert.equal(after.subject, 'Kế hoạch của họ');
    assert.equal(after.place, 'Nhà ông Páo');
    await close_page(page);
  });

  const unsent = (account_id, note) => ({
    account_id,
    method: 'POST',
    path: '/api/meetings',
    body: { note },
    label: note,
    subject: note,
  });

  test('a lost phone: ended from another device, the next contact wipes it', async () => {
    const lost = await signed_in();
    const { account_id } = await ask(lost, '/api/session');
    await keep(lost, unsent(account_id, 'Nhận xét kín'));
    assert.match(await everything(lost), /Nhận xét kín|Nh/);
    const desk = await open_page(browser, { ...phone, language: 'vi', bypassCSP: true });
    await sign_in_as(desk, server.url, 'thuky');
    await desk.goto(`${server.url}/account`);
    await settle(desk);
    await desk
      .locator('li.session', { has: desk.locator('button') })
      .last()
      .waitFor();
    // Whichever other session there is goes; the lost one is among them.
    const { sessions } = await ask(desk, '/api/sessions');
    const others = sessions.filter((session) => !session.is_current).length;
    for (let i = 0; i < others; i++) {
      await desk.locator('li.session button').first().click();
      await desk.click(text_is('dialog[open] button', 'Kết thúc và xóa'));
      await desk.waitForFunction(
        (left) => document.querySelectorAll('li.session button').length === left,
        others - i - 1,
        patience,
      );
    }
    await lost.reload();
    await lost.waitForSelector('text=Mọi thứ lưu trên thiết bị này đã được xóa', patience);
    await check_accessibility(lost);
    assert.equal(await everything(lost), '[]');
    // The page still open may fetch a file of the app meanwhile; nothing else is in any cache.
    const cached = await lost.evaluate(async () => {
      const found = [];
      for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys())
          found.push(new URL(request.url).pathname);
      return found;
    });
    assert.deepEqual(
      cached.filter((address) => !address.startsWith('/assets/')),
      [],
    );
    assert.equal(await lost.evaluate(() => localStorage.length), 0);
    await close_page(lost);
    await close_page(desk);
  });

  test('a session that only ran out loses nothing that was not sent', async () => {
    const page = await signed_in();
    const { account_id } = await ask(page, '/api/session');
    await keep(page, unsent(account_id, 'Biên bản chưa gửi'));
    // The server does not know the session any more, as after a month.
    await page.context().clearCookies();
    await page.reload();
    await page.waitForSelector('[name=user_name]', patience);
    assert.match(await everything(page), /Biên bản chưa gửi/);
    await page.fill('[name=user_name]', 'thuky');
    await page.fill('[name=password]', sample_password);
    expect_refusal(page, 422, /^\/api\/meetings$/);
    await page.click('form button[type=submit]');
    await settle(page);
    await page.goto(`${server.url}/waiting`);
    await page.waitForSelector('text=Biên bản chưa gửi', patience);

    // It is refused, and can be thrown away and brought back, and saved as a file.
    await page.waitForSelector(text_is('button', 'Bỏ đi'), patience);
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Lưu thành tệp')]);
    const saved = JSON.parse(await text_of(download));
    assert.deepEqual(saved.waiting[0].body, { note: 'Biên bản chưa gửi' });
    await press(page, 'Bỏ đi');
    await page.click(text_is('dialog[open] footer button', 'Bỏ đi'));
    await page.waitForSelector('text=Không có gì', patience).catch(() => undefined);
    await press(page, 'Hoàn tác');
    await page.waitForSelector(text_is('li', 'Biên bản chưa gửi'), patience);
    await check_accessibility(page);

    // Signing out says what would be lost, and wipes.
    await close_page(page);
  });

  async function text_of(download) {
    const stream = await download.createReadStream();
    const parts = [];
    for await (const part of stream) parts.push(part);
    return Buffer.concat(parts).toString('utf8');
  }

  test('a PIN: asked for at the start without a network, and the password opens when it is forgotten', async () => {
    const page = await signed_in();
    const { account_id } = await ask(page, '/api/session');
    await page.goto(`${server.url}/account`);
    await page.fill('[name=pin]', '246810');
    await page.fill('[name=again]', '246810');
    await page.fill('[name=pin_password]', sample_password);
    await press(page, 'Đặt mã PIN');
    await page.waitForSelector('text=Thiết bị này đã có mã PIN', patience);
    assert.doesNotMatch(await everything(page), /Nà Lung/);
    await keep(page, unsent(account_id, 'Viết trước khi khóa'));

    await page.goto(server.url);
    await page.waitForSelector('[name=pin]', patience);
    await page.context().setOffline(true);
    await page.reload();
    await page.waitForSelector('[name=pin]', patience);
    await settle_lock(page);
    await page.fill('[name=pin]', '000000');
    await press(page, 'Mở');
    await page.waitForSelector('text=Mã PIN không đúng', patience);
    await page.fill('[name=pin]', '246810');
    await press(page, 'Mở');
    await page.waitForSelector('#main h1', patience);
    // What another tab left in the clear is under the seal now.
    assert.doesNotMatch(await everything(page), /Viết trước khi khóa|Nà Lung/);

    await page.context().setOffline(false);
    await page.reload();
    await page.waitForSelector('[name=pin]', patience);
    expect_refusal(page, 422, /^\/api\/meetings$/);
    await press(page, 'Quên mã PIN');
    await page.fill('[name=password]', sample_password);
    await page.fill('[name=next_pin]', '135790');
    await page.fill('[name=again]', '135790');
    await press(page, 'Lưu mã PIN');
    await page.waitForSelector('#main h1', patience);
    await page.goto(`${server.url}/waiting`);
    await page.fill('[name=pin]', '135790');
    await press(page, 'Mở');
    await page.waitForSelector('text=Viết trước khi khóa', patience);
    await close_page(page);
  });

  async function settle_lock(page) {
    await page.waitForSelector(text_is('h1', 'Đã khóa'));
    await check_accessibility(page);
  }

  test('the unit wants a PIN: whoever signs in chooses one', async () => {
    const page = await signed_in();
    const { home_unit_id } = await ask(page, '/api/session');
    const rule = `/api/units/${home_unit_id}/pin_rule`;
    assert.equal((await send(page, 'PUT', rule, { is_wanted: true })).status, 200);
    const member = await open_page(browser, { ...phone, language: 'vi', bypassCSP: true });
    await member.goto(server.url);
    await member.fill('[name=user_name]', 'dangvien');
    await member.fill('[name=password]', sample_password);
    await member.click('form button[type=submit]');
    await member.waitForSelector('text=Đơn vị yêu cầu', patience);
    await check_accessibility(member);
    await member.fill('[name=next_pin]', '12');
    await member.fill('[name=again]', '12');
    await press(member, 'Lưu mã PIN');
    await member.waitForSelector('[role=alert]');
    await member.fill('[name=next_pin]', '246810');
    await member.fill('[name=again]', '246810');
    await press(member, 'Lưu mã PIN');
    await member.waitForSelector('#main h1', patience);
    await member.reload();
    await member.waitForSelector('[name=pin]', patience);
    assert.equal((await send(page, 'PUT', rule, { is_wanted: false })).status, 200);
    await close_page(member);
    await close_page(page);
  });
});
