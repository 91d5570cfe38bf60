// Writing down a meeting on a phone in trouble: the storage full, the clock wrong, somebody else faster.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  all_sent,
  check_kept_once,
  cut,
  go_on,
  heading,
  hour,
  mend,
  open_hub,
  open_phone,
  patience,
  picture,
  plan,
  press_send,
  reopen,
  server,
  steps,
  set_up,
} from './phone_meeting.mjs';
import {
  ask,
  check_accessibility,
  close_page,
  expect_refusal,
  kept_on_device,
  press,
  settle,
  text_is,
  wait_until_kept,
} from './support.mjs';

set_up();

describe('a phone that is full, wrong about the time or not the only one', () => {
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

  test('of two secretaries who record the same meeting the second one’s record waits in sight, and both are joined', async () => {
    const [first, second] = [await open_phone(), await open_phone({ bypassCSP: true })];
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
    // Side by side; nobody chooses, so both are kept of what was said.
    await second.click(text_is('a', 'So sánh hai biên bản'));
    for (const text of ['Bản thứ nhất', 'Bản thứ hai'])
      await second.locator('#main', { hasText: text }).waitFor();
    await settle(second);
    await check_accessibility(second);
    await press(second, 'Xem kết quả');
    await settle(second);
    await check_accessibility(second);
    await press(second, 'Gửi bản sửa');
    await second.waitForURL(`**/meetings/${meeting_id}`, patience);
    const { contributions } = await ask(second, `/api/meetings/${meeting_id}`);
    const said = contributions.map((each) => each.contribution.text).join('; ');
    for (const text of ['Bản thứ nhất', 'Bản thứ hai']) assert.ok(said.includes(text), said);
    const { versions } = await ask(second, `/api/meetings/${meeting_id}/record_versions`);
    assert.equal(versions.length, 1);
    await close_page(first);
    await close_page(second);
  });
});
