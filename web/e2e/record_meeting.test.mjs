// The thread by hand: a meeting is written down on a phone without a network and sent when it is back; the member does
// the task; the trail leads to the sentence; the score says what the meeting could reach.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { start_server } from './server.mjs';
import {
  ask,
  close_page,
  desktop,
  expect_refusal,
  keep_on_device,
  open_browser,
  open_page,
  phone,
  press,
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

const sentence = 'Cầu tạm qua suối đã mục, học sinh đi lại nguy hiểm, phải sửa ngay.';
const point = 'Sửa cầu tạm qua suối trước mùa lũ.';
const work = 'Thay mặt cầu tạm bằng gỗ mới';

async function hold(page) {
  await page.click('nav a.record');
  await page.waitForSelector(text_is('button', 'Ai có mặt?'));
}

// Writes the four parts of the minutes. `between` runs in the middle, as a life on the road does.
async function write_minutes(page, owner, between = async () => undefined) {
  await press(page, 'Ai có mặt?');
  await page.waitForSelector('[role=switch]');
  const absent = page.locator('[role=switch]').last();
  await absent.click();
  assert.equal(await absent.getAttribute('aria-checked'), 'false');
  await press(page, 'Ốm đau');
  await press(page, 'Tiếp tục');
  await page.waitForSelector(text_is('h1', 'Việc kỳ trước đến đâu'));
  await press(page, 'Tiếp tục');

  await page.waitForSelector(text_is('h1', 'Nội dung đã bàn'));
  await page.click(text_is('#main li button', owner));
  await page.fill('textarea[name^=said-]', sentence);
  await between();
  assert.equal(await page.inputValue('textarea[name^=said-]'), sentence);
  await press(page, 'Tiếp tục');

  await page.waitForSelector(text_is('h1', 'Nghị quyết và việc giao'));
  await page.check('input[name=decides][value=yes]');
  assert.notEqual(await page.inputValue('[name=title]'), '');
  await page.fill('[name=title]', 'Sửa cầu tạm');
  await page.fill('textarea[name^=decision-]', point);
  await page.click(text_is('fieldset label', sentence));
  await press(page, 'Giao một việc');
  await page.fill('[name^=task-]', work);
  await press(page, 'Ai làm?');
  await page.click(text_is('dialog[open] button', owner));
  await press(page, 'Tiếp tục');
  await page.waitForSelector(text_is('h1', 'Ảnh'));
  await press(page, 'Tiếp tục');

  await page.waitForSelector(text_is('h1', 'Thời gian, chủ trì'));
  await page.check('input[name=chosen_day][value=yesterday]');
  await page.fill('[name=started_at]', '19:30');
  await page.fill('[name=ended_at]', '21:05');
  await press(page, 'Tiếp tục');
  await page.waitForSelector(text_is('h1', 'Xem lại và gửi'));
}

describe('a meeting in a village without a network', () => {
  test('is written offline, survives a reload, is sent once, and leads from task to sentence', async () => {
    const page = await open_page(browser, { ...phone, language: 'vi' });
    await sign_in_as(page, server.url, 'thuky');
    await keep_on_device(page);
    await page.waitForSelector('text=Tình hình trong năm');
    const account = await ask(page, '/api/session');
    // What the road needs is read ahead in the background, the planned meetings last.
    await wait_until_kept(page, ({ readings }) => {
      const kept = (subject) => readings.find(({ key }) => key.endsWith(` ${subject}`));
      const subjects = ['unit', 'roll', 'open items', 'open advice', 'groups'];
      const planned = kept(`planned meetings ${account.home_unit_id}`)?.value.meetings;
      return (
        subjects.every((subject) =>
          kept(`${subject} ${account.home_unit_id}`.concat(subject === 'roll' ? ' ' : '')),
        ) && planned?.every(({ meeting }) => kept(`meeting ${meeting.id}`))
      );
    });
    const member = await member_signed_in_as('dangvien');
    const list = `/api/meetings?unit_id=${account.home_unit_id}&state=held&limit=200`;
    const count_before = (await ask(page, list)).meetings.length;

    await page.context().setOffline(true);
    await hold(page);
    await write_minutes(page, member.full_name, async () => {
      await wait_until_kept(page, ({ drafts }) => JSON.stringify(drafts).includes(sentence));
      await page.reload();
      await page.waitForSelector('textarea[name^=said-]');
    });
    await press(page, 'Gửi khi có mạng');
    await page.waitForSelector('text=Đã giữ trên máy, chờ mạng');
    await page.reload();
    await page.waitForSelector('text=Đã giữ trên máy, chờ mạng');

    await page.context().setOffline(false);
    await page.waitForSelector('text=Đã gửi biên bản', { timeout: 20_000 });
    const { meetings } = await ask(page, list);
    assert.equal(meetings.length, count_before + 1, 'exactly one meeting more');
    const { meeting } = meetings.find((line) => line.meeting.meets_on === '2024-12-15');
    assert.equal(meeting.members_present, meeting.members_expected - 1);
    const { resolutions } = await ask(
      page,
      `/api/resolutions?unit_id=${account.home_unit_id}&meeting_id=${meeting.id}&year=2024`,
    );
    assert.equal(resolutions.length, 1);

    // The score: 95 and not 100, because there was no thematic part.
    await page.goto(`${server.url}/meetings/${meeting.id}/score`);
    await page.waitForSelector('text=trên 95 điểm');
    await page.waitForSelector('text=tối đa của cuộc họp này là 95, không phải 100');
    await close_page(page);

    await finish_the_task();
  });

  async function member_signed_in_as(user_name) {
    const page = await open_page(browser, { ...desktop, language: 'vi' });
    await sign_in_as(page, server.url, user_name);
    const account = await ask(page, '/api/session');
    await close_page(page);
    return account;
  }

  // The member, at a desk, finishes the task and sees the sentence it comes from.
  async function finish_the_task() {
    const page = await open_page(browser, { ...desktop, language: 'vi' });
    await sign_in_as(page, server.url, 'dangvien');
    await page.goto(`${server.url}/tasks`);
    await page.click(text_is('a', work));
    await page.waitForSelector(text_is('blockquote', sentence));
    await page.waitForSelector(text_is('li', point));
    await press(page, 'Hoàn thành');
    await page.click(text_is('dialog[open] footer button', 'Hoàn thành'));
    await page.waitForSelector('dialog[open] [role=alert]');
    await page.fill('dialog[open] textarea', 'Đã thay 12 tấm ván, cầu đi lại được');
    await page.click(text_is('dialog[open] footer button', 'Hoàn thành'));
    await page.waitForSelector('text=Đã thay 12 tấm ván');
    await page.waitForSelector('text=Đã xong');
    // One does not check one's own work.
    assert.equal(await page.locator(text_is('button', 'Xác nhận kết quả')).count(), 0);
    await close_page(page);
  }

  test('sent twice is there once', async () => {
    const page = await open_page(browser, { ...phone, language: 'vi' });
    await sign_in_as(page, server.url, 'thuky');
    const { home_unit_id } = await ask(page, '/api/session');
    const list = `/api/meetings?unit_id=${home_unit_id}&state=planned&limit=50`;
    await page.goto(`${server.url}/units/${home_unit_id}/meetings/plan`);
    await page.fill('[name=subject]', 'Họp hai lần gửi');
    // The server does the work, but its first answer is lost on the way.
    let tries = 0;
    await page.context().route('**/api/meetings', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      tries++;
      if (tries > 1) return route.continue();
      await route.fetch();
      return route.abort('connectionreset');
    });
    await press(page, 'Lưu');
    await page.waitForSelector('text=sẽ tự gửi sau');
    await page.goto(`${server.url}/waiting`);
    // The app may have sent it by itself by now, and then there is no button any more.
    await page.click(text_is('button', 'Gửi ngay'), { timeout: 3_000 }).catch(() => undefined);
    await page.waitForSelector('text=Đã lưu lên hệ thống');
    const { meetings } = await ask(page, list);
    assert.equal(meetings.filter((line) => line.meeting.subject === 'Họp hai lần gửi').length, 1);
    await close_page(page);
  });

  test('what the server refuses later is shown with what to do', async () => {
    const page = await open_page(browser, { ...phone, language: 'vi' });
    await sign_in_as(page, server.url, 'thuky');
    const { home_unit_id } = await ask(page, '/api/session');
    const open = await ask(page, `/api/tasks?unit_id=${home_unit_id}&state=open`);
    const { task } = open.tasks[0];
    await page.goto(`${server.url}/tasks/${task.id}`);
    await press(page, 'Báo tiến độ');
    await page.context().setOffline(true);
    await page.click(text_is('dialog[open] footer button', 'Báo tiến độ'));
    await page.waitForSelector('text=đã giữ trên máy');
    // Meanwhile somebody else finishes it.
    const other = await open_page(browser, { ...desktop, language: 'vi' });
    await sign_in_as(other, server.url, 'thuky');
    const status = await other.evaluate(async (id) => {
      const answer = await fetch(`/api/tasks/${id}/result`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-groundwork': '1',
          'idempotency-key': crypto.randomUUID(),
        },
        body: JSON.stringify({ result: 'Xong', is_exceeded: false }),
      });
      return answer.status;
    }, task.id);
    assert.equal(status, 200);
    await close_page(other);
    expect_refusal(page, 409, /^\/api\/tasks\/[^/]+\/progress$/);
    await page.context().setOffline(false);
    await page.waitForSelector('header a.refused', { timeout: 20_000 });
    await page.click('header a.refused');
    await page.waitForSelector('text=Việc này đã kết thúc');
    assert.equal(await page.locator(text_is('a', 'Mở và sửa')).getAttribute('href'), `/tasks/${task.id}`);
    await close_page(page);
  });
});
