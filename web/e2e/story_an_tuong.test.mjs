// Cell 2 of An Tường, on its phones: what a member says at the meeting of January becomes a point of the resolution and
// a task of a self-management group; its head, a neighbour who is no member, reports what came of it; the meeting of
// February looks back at it, and the result leads to the words that caused it.
import { after, before, describe, test } from 'node:test';
import { confirm, follow, heading, see, write_minutes } from './minutes.mjs';
import { start_server } from './server.mjs';
import {
  check_accessibility,
  check_width,
  close_page,
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

async function open_as(user_name) {
  const page = await open_page(browser, { ...phone, bypassCSP: true, serviceWorkers: 'block' });
  await sign_in_as(page, server.url, user_name);
  return page;
}
const words = 'Đèn đường ngõ 12 tắt ba tuần, tối đến các cháu đi học thêm về rất sợ.';
const point = 'Thắp lại đèn ngõ 12 trước rằm tháng Giêng.';
const work = 'Cùng các hộ ngõ 12 thay bóng, sửa dây đèn';
const group = 'Tổ tự quản số 3';
const result = 'Đã thay chín bóng, kéo lại 60 mét dây; ngõ sáng từ ngày 18.';

// A picture as a phone would take it, small: one red point.
const photo = {
  name: 'ngo-12.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  ),
};

describe('the words of a member at cell 2 of An Tường', { concurrency: false }, () => {
  let speaker;

  test('are written down in January and become a point of the resolution, with a task for a group', async () => {
    await server.go_to('2025-01-06');
    const page = await open_as('antuong');
    await page.click(text_is('#main a', 'Ghi cuộc họp'));
    await write_minutes(page, {
      title: 'Nghị quyết tháng 01: thắp sáng ngõ 12',
      async said(page) {
        const member = page.locator('#main li button').nth(6);
        speaker = (await member.innerText()).split('\n').at(-1);
        await member.click();
        await page.fill('textarea[name^=said-]', words);
      },
      async decide(page) {
        await page.fill('textarea[name^=decision-]', point);
        await page.click(text_is('fieldset label', words));
        await press(page, 'Giao một việc');
        await page.fill('[name^=task-]', work);
        await press(page, 'Ai làm?');
        await page.click(text_is('dialog[open] button', group));
        await press(page, 'Cuối tháng');
      },
    });
    await follow(page, 'Xem cuộc họp');
    await page.waitForSelector(text_is('blockquote', words));
    await see(page, point);
    await close_page(page);
  });

  test('wait for the head of the group, who is no member, with whose words they were', async () => {
    const page = await open_as('totuquan');
    await follow(page, work);
    await page.waitForSelector(text_is('blockquote', words));
    await page.waitForSelector(text_is('blockquote', speaker));
    await see(page, point);
    await press(page, 'Báo tiến độ');
    await page.fill('dialog[open] textarea[name=result]', 'Bốn hộ góp tiền mua bóng');
    await confirm(page, 'Báo tiến độ');
    await see(page, 'Bốn hộ góp tiền mua bóng');
    await close_page(page);
  });

  test('get their result from the phone of the head, with a picture, and the secretary has seen it', async () => {
    await server.go_to('2025-01-19');
    const page = await open_as('totuquan');
    await page.click(text_is('nav a', 'Nhiệm vụ') + ':visible');
    await settle(page);
    await follow(page, work);
    await page.setInputFiles('input[type=file] >> nth=0', photo);
    await press(page, 'Hoàn thành');
    await page.fill('dialog[open] textarea[name=result]', result);
    await confirm(page, 'Hoàn thành');
    await see(page, result);
    await check_accessibility(page);
    await check_width(page);
    await close_page(page);

    const secretary = await open_as('antuong');
    await secretary.goto(`${server.url}/tasks?view=to_check`);
    await settle(secretary);
    await follow(secretary, work);
    await press(secretary, 'Xác nhận kết quả');
    await confirm(secretary, 'Xác nhận kết quả');
    await see(secretary, 'Đã kiểm tra');
    await close_page(secretary);
  });

  test('come back in February: the meeting sees what was done, and the way back leads to them', async () => {
    await server.go_to('2025-02-05');
    const page = await open_as('antuong');
    await page.click('nav a.record');
    await write_minutes(page, {
      title: 'Nghị quyết tháng 02',
      async earlier(page) {
        const done = page.locator('section', { hasText: 'Đã xong từ kỳ trước' });
        await done.getByText(point).waitFor();
        await done.getByText(result).waitFor();
        await check_accessibility(page);
        await check_width(page);
      },
      decide: (page) =>
        page.fill('textarea[name^=decision-]', 'Giữ đèn ngõ 12: tổ tự quản kiểm tra hằng tháng.'),
    });
    await follow(page, 'Xem cuộc họp');
    await page.click(text_is('.number a', 'Nghị quyết số 02'));
    await settle(page);
    // The resolution looks back: what was decided in January, and what came of it.
    const ledger = page.locator('.ledger li', { hasText: work });
    await ledger.getByText('Đã xong').first().waitFor();
    await ledger.getByText(result).waitFor();
    await follow(page, work);
    // From the result in two clicks to the sentence that caused it.
    const quote = page.locator('blockquote', { hasText: words });
    await quote.getByText(speaker).waitFor();
    await quote.locator('a').click();
    await settle(page);
    await heading(page, 'Sinh hoạt thường kỳ tháng 01 năm 2025');
    await see(page, words);
    await check_accessibility(page);
    await close_page(page);
  });
});
