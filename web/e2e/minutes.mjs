// What the stories share: a meeting written down on a phone from its first part to its last, and moving by links alone.
import { press, settle, text_is } from './support.mjs';

export const see = (page, text) => page.getByText(text).first().waitFor();
export const heading = (page, text) => page.waitForSelector(text_is('h1', text));
export const confirm = (page, text) => page.click(text_is('dialog[open] footer button', text));
export async function follow(page, link) {
  await page.click(`${text_is('#main a', link)}:visible`);
  await settle(page);
}

const untouched = async () => undefined;

// Writes down the meeting of yesterday evening. What is told at each part is the caller's: what became of earlier points,
// what was said, what was decided.
export async function write_minutes(page, { title, earlier = untouched, said = untouched, decide }) {
  await press(page, 'Ai có mặt?');
  await press(page, 'Tiếp tục');
  await heading(page, 'Việc kỳ trước đến đâu');
  await earlier(page);
  await press(page, 'Tiếp tục');
  await heading(page, 'Nội dung đã bàn');
  await said(page);
  await press(page, 'Tiếp tục');
  await heading(page, 'Nghị quyết và việc giao');
  await page.check('input[name=decides][value=yes]');
  await page.fill('[name=title]', title);
  await decide(page);
  await press(page, 'Tiếp tục');
  await heading(page, 'Ảnh');
  await press(page, 'Tiếp tục');
  await heading(page, 'Thời gian, chủ trì');
  await page.check('input[name=chosen_day][value=yesterday]');
  await page.fill('[name=started_at]', '19:30');
  await page.fill('[name=ended_at]', '21:05');
  await press(page, 'Tiếp tục');
  await heading(page, 'Xem lại và gửi');
  await press(page, 'Gửi biên bản');
  await see(page, 'Đã gửi biên bản');
}
