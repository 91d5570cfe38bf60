// Follow through by hand: a task is reported with a photo from a phone without a network, returned and checked by
// somebody else; the ledger of the next resolution says so; a directive is sent, stands on the agenda, and a point of
// a resolution makes it concrete; a speaker sees what became of the own words.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
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
  sign_in_as,
  text_is,
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

// A picture as a phone would take it, small: one red point.
const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

const post = (page, address, body) =>
  page.evaluate(
    async ([address, body]) => {
      const headers = {
        'content-type': 'application/json',
        'x-groundwork': '1',
        'idempotency-key': crypto.randomUUID(),
      };
      const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
      return { status: answer.status, body: await answer.json() };
    },
    [address, body],
  );

// Today's meeting of the cell with everybody there; one point, and what it cites.
async function meet(page, unit_id, point, citations = [], tasks = []) {
  const roll = await ask(page, `/api/units/${unit_id}/roll`);
  const began = Date.parse(`${roll.day}T00:10:00+07:00`);
  const held = await post(page, '/api/meetings', {
    unit_id,
    kind: 'other',
    subject: 'Bàn việc chung',
    planned_for: began,
    agenda: [],
    happening: {
      started_at: began,
      ended_at: began + 3_600_000,
      roll: roll.members.map((member) => ({ member_id: member.id, mark: 'present' })),
      contributions: [],
    },
  });
  assert.equal(held.status, 200, JSON.stringify(held.body));
  const votes_for = roll.members.filter((member) => member.stage === 'full').length;
  const adopted = await post(page, '/api/resolutions', {
    meeting_id: held.body.meeting.id,
    title: 'Nghị quyết về việc chung',
    votes_for,
    items: [{ text: point, citations, tasks }],
    closings: [],
  });
  assert.equal(adopted.status, 200, JSON.stringify(adopted.body));
  return { agenda: held.body.agenda, resolution: adopted.body };
}

describe('follow through', { concurrency: false }, () => {
  let unit_id;
  let task_id;

  test('a task is given at a meeting and reported with a photo from the phone without a network', async () => {
    const secretary = await open_page(browser, desktop);
    await sign_in_as(secretary, server.url, 'thuky');
    unit_id = (await ask(secretary, '/api/session')).home_unit_id;
    const member = await open_page(browser, phone);
    await sign_in_as(member, server.url, 'dangvien');
    const { member_id } = await ask(member, '/api/session');
    const { resolution } = await meet(
      secretary,
      unit_id,
      'Sửa cầu tạm qua suối',
      [],
      [
        {
          title: 'Thay mặt cầu bằng gỗ mới',
          owner_kind: 'member',
          owner_member_id: member_id,
          due_on: '2024-12-30',
        },
      ],
    );
    task_id = resolution.items[0].tasks[0].task.id;

    await member.goto(`${server.url}/tasks/${task_id}`);
    await settle(member);
    await keep_on_device(member);
    await member.context().setOffline(true);
    await member.setInputFiles('input[type=file] >> nth=0', {
      name: 'cau.png',
      mimeType: 'image/png',
      buffer: photo,
    });
    await press(member, 'Hoàn thành');
    await member.fill('dialog[open] textarea[name=result]', 'Đã thay 24 tấm gỗ');
    await member.click('dialog[open] button.primary');
    await member.waitForSelector(text_is('[role=status]', 'sẽ tự gửi'));
    await member.context().setOffline(false);
    const until = Date.now() + 30_000;
    await member.evaluate(() => globalThis.dispatchEvent(new Event('online')));
    for (;;) {
      const { task } = await ask(member, `/api/tasks/${task_id}`);
      const files = await ask(member, `/api/attachments?thing_kind=task&thing_id=${task_id}`);
      if (task.state === 'done' && files.attachments.length === 1) break;
      assert.ok(Date.now() < until, `not sent: ${task.state}, ${files.attachments.length} files`);
      await member.waitForTimeout(250);
    }
    await close_page(secretary);
    await close_page(member);
  });

  test('somebody else returns it with a reason, the member reports again, and it is checked', async () => {
    const secretary = await open_page(browser, { ...phone, bypassCSP: true });
    await sign_in_as(secretary, server.url, 'thuky');
    await secretary.goto(`${server.url}/tasks?view=to_check`);
    await settle(secretary);
    await secretary.click(`a[href="/tasks/${task_id}"]`);
    await settle(secretary);
    await press(secretary, 'Trả lại');
    await secretary.fill('dialog[open] textarea[name=reason]', 'Thiếu lan can');
    await secretary.click('dialog[open] button.primary');
    await secretary.waitForSelector(text_is('#main', 'Bị trả lại: Thiếu lan can'));
    await check_accessibility(secretary);
    await check_width(secretary);

    const member = await open_page(browser, phone);
    await sign_in_as(member, server.url, 'dangvien');
    await member.goto(`${server.url}/tasks/${task_id}`);
    await settle(member);
    await press(member, 'Hoàn thành');
    await member.fill('dialog[open] textarea[name=result]', 'Đã thay 24 tấm gỗ và làm lan can');
    await member.click('dialog[open] button.primary');
    await member.waitForSelector(text_is('button', 'Sửa báo cáo'));
    await close_page(member);

    await secretary.reload();
    await settle(secretary);
    await press(secretary, 'Xác nhận kết quả');
    await secretary.click('dialog[open] button.primary');
    await secretary.waitForSelector('.checked');
    const { steps } = await ask(secretary, `/api/tasks/${task_id}/history`);
    assert.deepEqual(
      steps.map((step) => step.kind),
      ['given', 'done', 'returned', 'done', 'checked'],
    );
    await close_page(secretary);
  });

  test('a directive stands on the agenda until a point makes it concrete; the ledger tells of the task', async () => {
    const office = await open_page(browser, { ...desktop, bypassCSP: true });
    await sign_in_as(office, server.url, 'vanphong');
    await office.goto(`${server.url}/directives`);
    await settle(office);
    await office.click(text_is('a', 'Gửi chỉ đạo'));
    await settle(office);
    await check_accessibility(office);
    await office.fill('[name=title]', 'Mỗi thôn có một điểm phân loại rác');
    await office.click('form button[type=submit]');
    await office.waitForSelector(text_is('h1', 'Mỗi thôn có một điểm phân loại rác'));
    await settle(office);
    await check_accessibility(office);
    const directive_id = new URL(office.url()).pathname.split('/').at(-1);

    const secretary = await open_page(browser, { ...phone, bypassCSP: true });
    await sign_in_as(secretary, server.url, 'thuky');
    const { agenda, resolution } = await meet(secretary, unit_id, 'Dựng điểm phân loại rác ở đầu thôn', [
      { kind: 'directive', cited_id: directive_id },
    ]);
    assert.ok(agenda.some((line) => line.source_kind === 'directive' && line.source_id === directive_id));
    await secretary.goto(`${server.url}/resolutions/${resolution.resolution.id}`);
    await secretary.waitForSelector(text_is('.ledger li', 'Thay mặt cầu bằng gỗ mới'));
    assert.match(
      await secretary.innerText(text_is('.ledger li', 'Thay mặt cầu bằng gỗ mới')),
      /Đã xong[\s\S]*làm lan can/,
    );
    await settle(secretary);
    await check_accessibility(secretary);
    await check_width(secretary);

    await office.reload();
    await office.waitForSelector('b.concrete');
    await close_page(office);
    await close_page(secretary);
  });

  test('a member sees in one tap what became of the own words', async () => {
    const member = await open_page(browser, { ...phone, bypassCSP: true });
    await sign_in_as(member, server.url, 'dangvien');
    await member.goto(`${server.url}/tasks`);
    await settle(member);
    await member.click('a[href="/words"]');
    await member.waitForSelector(text_is('h1', 'Ý kiến của tôi'));
    await settle(member);
    const own = await ask(member, '/api/contributions/mine?limit=200');
    assert.equal(await member.locator('#main ol > li.card').count(), own.words.length);
    await check_accessibility(member);
    await check_width(member);
    await close_page(member);
  });
});
