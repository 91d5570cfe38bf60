// The records of the year: eleven branches found weak in spring, most of them strong by autumn.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, close_page, desktop, phone, press, settle, text_is } from './support.mjs';
import {
  acts_of,
  add_people,
  dialog_button,
  look_well,
  meet,
  open,
  server,
  set_up,
  shown_text,
  sign_in_to_ask,
} from './weak_unit.mjs';

set_up();

describe('one of the eleven branches', { concurrency: false }, () => {
  let unit;
  let case_id;

  test('is on the list with its year, with what is late, and with what helped the others', async () => {
    const page = await open(desktop, 'khoi', '/consolidation');
    const { units, movement } = await ask(page, '/api/consolidation');
    assert.equal(movement.entered, 11);
    const of_year = `trong danh sách ${movement.on_list} đang theo dõi ${movement.watched}`;
    assert.ok((await shown_text(page)).replace(/\s+/g, ' ').includes(of_year));
    unit = units.find((each) => each.on_list?.state === 'open' && each.on_list.relapse_count === 0);
    case_id = unit.on_list.id;
    const row = page.locator(`a[href="/consolidation/${case_id}"]`);
    const { helper_name, measures, measures_done } = unit.progress;
    const told = await row.innerText();
    assert.ok(told.includes(helper_name));
    assert.ok(told.includes(`Đã làm ${measures_done}/${measures} biện pháp`));
    await look_well(page, desktop);
    await row.click();
    await settle(page);
    const text = await shown_text(page);
    assert.match(text, /Tiếp theo: /);
    assert.match(text, /Quá hạn \d+ ngày/);
    assert.match(text, /Đơn vị cùng nguyên nhân/);
    const { steps } = await ask(page, `/api/consolidation/${case_id}`);
    assert.ok(steps.filter((step) => step.act === 'note').length >= 6, 'a note of each month');
    for (const step of steps) assert.ok(text.includes(step.text));
    await look_well(page, desktop);
    await close_page(page);
  });

  test('does what was late, is looked at by the province, and stays strong to the end of its watch', async () => {
    await add_people(unit.unit_id);
    for (const day of ['2025-01-10', '2025-02-10', '2025-03-10', '2025-04-10']) {
      await server.go_to(day);
      await meet(unit.unit_id, day);
    }
    const secretary = await open(phone, 'bithu.yeu', `/consolidation/${case_id}`);
    await press(secretary, 'Báo đã làm');
    await secretary.fill('dialog[open] [name=result]', 'Đã xong từ tháng 1.');
    await secretary.click(dialog_button('Báo đã làm'));
    await secretary.waitForSelector(text_is('#main', 'Các biện pháp đã xong'));
    assert.equal(await secretary.locator('button:has-text("Xác nhận đạt")').count(), 0);
    await look_well(secretary, phone);
    await close_page(secretary);

    await server.go_to('2025-05-05');
    const province = await open({ ...desktop, theme: 'dark' }, 'tinhuy', `/consolidation/${case_id}`);
    const story = await ask(province, `/api/consolidation/${case_id}`);
    const held = story.exit_conditions.find((line) => line.item.kind === 'meetings_held');
    assert.deepEqual([held.figure, held.is_met], [4, true]);
    for (const _ of story.exit_conditions) {
      await province.locator('button:has-text("Xác nhận đạt")').first().click();
      await province.fill('dialog[open] [name=note]', 'Đã xem sổ sinh hoạt và biên bản bốn tháng.');
      await province.click(dialog_button('Xác nhận đạt'));
      await province.waitForSelector('dialog[open]', { state: 'detached' });
      await settle(province);
    }
    await press(province, 'Cho ra khỏi danh sách');
    await province.fill('dialog[open] [name=reason]', 'Nhân sự đã xong, sinh hoạt đều bốn tháng.');
    await province.click(dialog_button('Cho ra khỏi danh sách'));
    await province.waitForSelector(text_is('#main b', 'theo dõi đến'));
    await look_well(province, desktop);
    await close_page(province);

    await server.go_to('2026-05-06');
    const end = await open(phone, 'bithu.yeu', `/consolidation/${case_id}`);
    assert.match(await shown_text(end), /giữ vững hết thời gian theo dõi/);
    assert.deepEqual((await acts_of(end, case_id)).slice(-2), ['leave', 'close']);
    await close_page(end);
    const block = await sign_in_to_ask('khoi');
    const survival = await block('GET', '/api/consolidation_survival');
    assert.equal(survival.entered, 11);
  });
});
