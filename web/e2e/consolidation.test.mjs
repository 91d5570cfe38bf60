// A weak unit of the Block from the list to the end of its watch, and one that grows weak again, against the filled
// server.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  ask,
  close_page,
  desktop,
  expect_refusal,
  keep_on_device,
  open_page,
  phone,
  press,
  settle,
  sign_in_as,
  text_is,
} from './support.mjs';
import {
  acts_of,
  add_people,
  browser,
  dialog_button,
  find_weak,
  look_well,
  meet,
  narrowest,
  open,
  own_password,
  server,
  set_up,
  shown_text,
  sign_in_to_ask,
} from './weak_unit.mjs';

set_up();

describe('consolidation', { concurrency: false }, () => {
  let unit;
  let case_id;
  let helper;

  test('a unit is found by its records, proposed with a reason, and put on the list by a person', async () => {
    const { weak } = await find_weak();
    unit = weak[0];
    ({ helper } = await add_people(unit.unit_id));

    const block = await open(desktop, 'khoi', '/');
    await block.click('nav a:has-text("Đơn vị yếu")');
    await settle(block);
    await block.click('[role=tab]:has-text("Có dấu hiệu")');
    await settle(block);
    const row = block.locator('li', { has: block.locator(`a[href="/units/${unit.unit_id}"]`) }).last();
    const told = await row.innerText();
    assert.ok(told.includes(unit.unit_name));
    assert.equal(await row.locator('ul li').count(), unit.signs.length, 'each sign is a sentence');
    for (const sign of unit.signs.filter((each) => each.kind !== 'class_not_completed' && each.figure < 1000))
      assert.ok(told.includes(String(sign.figure)), `${sign.kind} without its figure: ${told}`);
    await look_well(block, desktop);
    await row.locator('button').click();
    await block.click(dialog_button('Đề nghị'));
    await block.waitForSelector('dialog[open] [name=reason][aria-invalid=true]');
    await block.fill('dialog[open] [name=reason]', 'Nhiều tháng không sinh hoạt, hạn chế để quá hạn.');
    await block.click(dialog_button('Đề nghị'));
    await block.waitForSelector(text_is('.toast', 'Cấp trên sẽ quyết định'));
    case_id = (await ask(block, '/api/consolidation')).units.find((each) => each.unit_id === unit.unit_id)
      .on_list.id;
    await close_page(block);

    // The secretary sees it on the page of the unit, and decides nothing.
    const secretary = await open(phone, 'bithu.yeu', `/units/${unit.unit_id}`);
    await secretary.click(`a[href="/consolidation/${case_id}"]`);
    await settle(secretary);
    assert.match(await shown_text(secretary), /Cấp trên cần quyết định/);
    assert.equal(await secretary.locator('button:has-text("Đưa vào danh sách")').count(), 0);
    await look_well(secretary, phone);
    await close_page(secretary);

    // A leader of the province decides on the way, and gives a reason.
    const leader = await open({ ...phone, theme: 'dark' }, 'lanhdao', `/consolidation/${case_id}`);
    await leader.click('header button.primary:has-text("Đưa vào danh sách")');
    await leader.click(dialog_button('Đưa vào danh sách'));
    await leader.waitForSelector('dialog[open] [name=reason][aria-invalid=true]');
    await leader.fill('dialog[open] [name=reason]', 'Cần cử người giúp ngay từ đầu năm.');
    await leader.click(dialog_button('Đưa vào danh sách'));
    await leader.waitForSelector(text_is('#main b', 'Trong danh sách từ'));
    await settle(leader);
    assert.equal(await leader.locator('a:has-text("Lập kế hoạch")').count(), 0, 'the Block plans');
    await look_well(leader, phone);
    await close_page(leader);
  });

  test('the Block sets causes, measures that are known to help, a helper and the exit test', async () => {
    const page = await open(desktop, 'khoi', `/consolidation/${case_id}`);
    await page.click('header a:has-text("Lập kế hoạch")');
    await settle(page);
    await page.check('label:has-text("Sinh hoạt không đều") input');
    await page.check('label:has-text("Cố định ngày sinh hoạt hằng tháng") input');
    await page.check('label:has-text("Cấp ủy viên phụ trách dự sinh hoạt") input');
    assert.equal(await page.inputValue('[name="measures/0/text"]'), 'Cố định ngày sinh hoạt hằng tháng');
    for (const [place, owner, day] of [
      [0, 'Bí thư chi bộ', '2025-01-20'],
      [1, helper.full_name, '2025-03-31'],
    ]) {
      await page.fill(`[name="measures/${place}/owner_name"]`, owner);
      await page.fill(`[name="measures/${place}/due_on"]`, day);
    }
    // Nobody of the unit helps it.
    const { members } = await ask(page, `/api/members?within=${unit.unit_id}&limit=1`);
    const choose_helper = async (name, of) => {
      await page.fill('[name=helper_member_id]', name);
      await page.click(text_is('[role=option]', of));
    };
    await choose_helper(members[0].full_name, unit.unit_name);
    await page.fill('[name=group_name]', 'Tổ công tác số 2');
    await page.fill('[name="exit_conditions/0/target"]', '3');
    await page.fill('[name="exit_conditions/0/months"]', '3');
    await look_well(page, desktop);
    expect_refusal(page, 422, /\/plan$/);
    await press(page, 'Lưu kế hoạch');
    await page.waitForSelector('[name=helper_member_id][aria-invalid=true]');
    await choose_helper(helper.full_name, helper.unit_name);
    await press(page, 'Lưu kế hoạch');
    await page.waitForURL(new RegExp(`/consolidation/${case_id}$`));
    await settle(page);
    const text = await shown_text(page);
    assert.match(text, new RegExp(`${helper.full_name}, Tổ công tác số 2 phụ trách giúp`));
    assert.match(text, /Có sinh hoạt 3 trong 3 tháng gần nhất/);
    assert.match(text, /Đã làm 0\/2/);
    assert.equal(await page.locator('button:has-text("Cho ra khỏi danh sách")').count(), 0);
    await look_well(page, desktop);
    await close_page(page);
  });

  test('two who change the plan at once do not overwrite each other', async () => {
    const page = await open({ ...desktop, language: 'en' }, 'khoi', `/consolidation/${case_id}/plan`);
    await page.fill('[name=group_name]', 'Tổ công tác số 9');
    const other = await sign_in_to_ask('nguoi.giup');
    const { about, cause_keys, measures } = await other('GET', `/api/consolidation/${case_id}`);
    const change = {
      version: about.version,
      cause_keys,
      helper_member_id: about.helper_member_id,
      measures: measures.map(({ id, text, remedy_key, owner_name, due_on }) => ({
        id,
        text,
        remedy_key,
        owner_name,
        due_on,
      })),
      exit_conditions: [],
    };
    await other('POST', `/api/consolidation/${case_id}/plan`, { ...change, group_name: 'Tổ công tác số 5' });
    expect_refusal(page, 409, /\/plan$/);
    await press(page, 'Save the plan');
    await page.waitForSelector(text_is('#main', 'Somebody changed the plan since you began'));
    await look_well(page, desktop);
    await press(page, 'Begin with the plan as it stands');
    await page.waitForFunction(
      () => document.querySelector('[name=group_name]')?.value === 'Tổ công tác số 5',
    );
    await page.fill('[name=group_name]', 'Tổ công tác số 2');
    await press(page, 'Save the plan');
    await page.waitForURL(new RegExp(`/consolidation/${case_id}$`));
    await settle(page);
    assert.match(await shown_text(page), /Tổ công tác số 2/);
    await close_page(page);
  });

  test('the unit meets and reports from the phone, and the helper notes each month but accepts nothing', async () => {
    for (const day of ['2025-01-10', '2025-02-10', '2025-03-10']) {
      await server.go_to(day);
      await meet(unit.unit_id, day);
    }

    const secretary = await open_page(browser, { ...phone, language: 'vi' });
    await sign_in_as(secretary, server.url, 'bithu.yeu', own_password);
    await secretary.goto(`${server.url}/consolidation/${case_id}`);
    await settle(secretary);
    await keep_on_device(secretary);
    assert.equal(await secretary.locator('button:has-text("Xác nhận đạt")').count(), 0);
    await secretary.context().setOffline(true);
    await secretary.click('button:has-text("Báo đã làm") >> nth=0');
    await secretary.fill('dialog[open] [name=result]', 'Họp đúng ngày 10 cả ba tháng.');
    await secretary.click(dialog_button('Báo đã làm'));
    await secretary.waitForSelector('dialog[open]', { state: 'detached' });
    await secretary.context().setOffline(false);
    await secretary.waitForFunction(
      async (case_id) =>
        (await (await fetch(`/api/consolidation/${case_id}`)).json()).measures.some(
          (each) => each.result === 'Họp đúng ngày 10 cả ba tháng.',
        ),
      case_id,
    );
    await close_page(secretary);

    const helping = await open(narrowest, 'nguoi.giup', `/consolidation/${case_id}`);
    assert.equal(await helping.locator('button:has-text("Xác nhận đạt")').count(), 0);
    await press(helping, 'Ghi nhận xét tháng này');
    await helping.fill('dialog[open] [name=reason]', 'Đã dự sinh hoạt tháng 3, đủ người, có nghị quyết.');
    await helping.click(dialog_button('Ghi nhận xét'));
    await helping.waitForSelector(text_is('.said', 'Đã dự sinh hoạt tháng 3'));
    await helping.click('button:has-text("Báo đã làm")');
    await helping.fill('dialog[open] [name=result]', 'Đã dự ba cuộc.');
    await helping.click(dialog_button('Báo đã làm'));
    await helping.waitForSelector(text_is('#main', 'Đã làm 2/2'));
    await look_well(helping, narrowest);
    await close_page(helping);
  });

  test('the Block accepts each point of the exit test, and then the unit leaves the list', async () => {
    await server.go_to('2025-04-05');
    const page = await open(desktop, 'khoi', `/consolidation/${case_id}`);
    const story = await ask(page, `/api/consolidation/${case_id}`);
    const held = story.exit_conditions.find((line) => line.item.kind === 'meetings_held');
    assert.deepEqual([held.figure, held.is_met], [3, true], 'three months with a meeting');
    const points = page.locator('section', { has: page.locator('h2:has-text("Điều kiện ra khỏi")') });
    for (const line of story.exit_conditions) {
      const count = await points.locator('button').count();
      await points.locator('button').first().click();
      const is_first_met = (await ask(page, `/api/consolidation/${case_id}`)).exit_conditions.find(
        (each) => !each.item.accepted_on,
      ).is_met;
      if (!is_first_met) {
        expect_refusal(page, 422, /\/acceptances$/);
        await page.click(dialog_button('Xác nhận đạt'));
        await page.waitForSelector('dialog[open] [name=note][aria-invalid=true]');
        await page.fill('dialog[open] [name=note]', 'Đã xem tại chỗ: việc sai đã sửa, chờ khép hồ sơ.');
      }
      await page.click(dialog_button('Xác nhận đạt'));
      await page.waitForSelector('dialog[open]', { state: 'detached' });
      await settle(page);
      assert.equal(await points.locator('button').count(), count - 1, `${line.item.kind} is accepted`);
    }
    await press(page, 'Cho ra khỏi danh sách');
    await page.fill('dialog[open] [name=reason]', 'Đã đủ điều kiện, sinh hoạt đều ba tháng.');
    await page.click(dialog_button('Cho ra khỏi danh sách'));
    await page.waitForSelector(text_is('#main b', '5 tháng 4, 2026'));
    await look_well(page, desktop);
    await page.goto(`${server.url}/consolidation?view=watched`);
    await settle(page);
    await page.waitForSelector(`a[href="/consolidation/${case_id}"]:has-text("${unit.unit_name}")`);
    const kept = await page.evaluate(
      async (address) => (await fetch(address)).text(),
      await page.getAttribute('a[href$="table.csv"]', 'href'),
    );
    assert.ok(kept.split('\r\n').some((row) => row.includes(unit.unit_name) && row.includes('2026-04-05')));
    const { movement } = await ask(page, '/api/consolidation');
    assert.ok(movement.left >= 1 && movement.watched >= 1);
    await close_page(page);
  });

  test('the watch ends by itself after its twelve months, and what helped is counted', async () => {
    await server.go_to('2026-04-05');
    const still = await open(phone, 'bithu.yeu', `/consolidation/${case_id}`);
    assert.match(await shown_text(still), /theo dõi đến/);
    await close_page(still);
    await server.go_to('2026-04-06');
    const page = await open(phone, 'bithu.yeu', `/consolidation/${case_id}`);
    assert.match(await shown_text(page), /giữ vững hết thời gian theo dõi/);
    const acts = await acts_of(page, case_id);
    assert.ok(acts.includes('urge'), 'what was late was urged');
    const without_urges = acts.filter((act) => act !== 'urge');
    assert.deepEqual(without_urges, ['propose', 'put', 'note', 'leave', 'close']);
    await look_well(page, phone);
    await close_page(page);

    const block = await open(desktop, 'khoi', '/consolidation');
    await block.click('header a:has-text("Điều gì đã giúp")');
    await settle(block);
    await block.selectOption('[name=cause]', 'irregular_meetings');
    await settle(block);
    const survival = await ask(block, '/api/consolidation_survival?cause_key=irregular_meetings');
    assert.ok(survival.entered >= 1 && survival.left >= 1);
    const text = await shown_text(block);
    assert.match(text, new RegExp(`${survival.entered} đơn vị vào danh sách, ${survival.left} đã ra`));
    for (const line of survival.after)
      if (line.share_milli === null && line.followed < 5)
        assert.match(text, new RegExp(`quá ít[^]*\\(${line.followed}\\)`));
    assert.match(text, /Cố định ngày sinh hoạt hằng tháng/);
    await look_well(block, desktop);
    await close_page(block);
  });

  test('a watched unit that grows weak again comes back into the same case, to be tested anew', async () => {
    const { block, weak } = await find_weak();
    const again = weak.find((each) => each.unit_id !== unit.unit_id);
    const proposed = await block('POST', '/api/consolidation', { unit_id: again.unit_id, reason: 'Yếu' });
    const { id } = proposed.about;
    const address = `/api/consolidation/${id}`;
    await block('POST', `${address}/decision`, { is_put: true, reason: 'Cần giúp' });
    const planned = await block('POST', `${address}/plan`, {
      version: 1,
      cause_keys: ['disunity'],
      group_name: 'Tổ công tác số 3',
      measures: [],
      exit_conditions: [{ kind: 'own', target: 0, months: 0, text: 'Nội bộ thống nhất' }],
    });
    const [point] = planned.exit_conditions;
    await block('POST', `${address}/acceptances`, { exit_condition_id: point.item.id, note: 'Đã xem' });
    await block('POST', `${address}/leaving`, { reason: 'Đã thống nhất' });

    const page = await open(desktop, 'khoi', `/consolidation/${id}`);
    await press(page, 'Đưa trở lại danh sách');
    await page.click(dialog_button('Đưa trở lại'));
    await page.waitForSelector('dialog[open] [name=reason][aria-invalid=true]');
    await page.fill('dialog[open] [name=reason]', 'Lại mâu thuẫn sau đại hội.');
    await page.click(dialog_button('Đưa trở lại'));
    await page.waitForSelector(text_is('#main', 'Tái yếu 1 lần'));
    await settle(page);
    const text = await shown_text(page);
    assert.match(text, /Đã thống nhất/, 'what happened before stays');
    assert.match(text, /Lại mâu thuẫn sau đại hội/);
    assert.equal(await page.locator('button:has-text("Xác nhận đạt")').count(), 1);
    assert.equal(await page.locator('button:has-text("Cho ra khỏi danh sách")').count(), 0);
    assert.deepEqual(await acts_of(page, id), ['propose', 'put', 'leave', 'relapse']);
    await look_well(page, desktop);
    await close_page(page);
  });

  test('a cause is added by who decides for everybody, and offered to all plans', async () => {
    const page = await open({ ...desktop, theme: 'dark' }, 'lanhdao', '/consolidation/causes');
    await press(page, 'Thêm nguyên nhân');
    await page.click(dialog_button('Thêm nguyên nhân'));
    await page.waitForSelector('dialog[open] [name=name_vi][aria-invalid=true]');
    await page.fill('dialog[open] [name=name_vi]', 'Địa bàn biên giới, đi lại khó');
    await page.fill('dialog[open] [name=name_en]', 'Border area, hard to reach');
    await page.fill('dialog[open] [name=name_hi]', 'सीमा क्षेत्र, पहुँचना कठिन');
    await page.click(dialog_button('Thêm nguyên nhân'));
    await page.waitForSelector(text_is('h2', 'Địa bàn biên giới'));
    await look_well(page, desktop);
    await close_page(page);
    const block = await open(narrowest, 'khoi', '/consolidation/causes');
    await block.waitForSelector(text_is('h2', 'Địa bàn biên giới'));
    assert.equal(await block.locator('button:has-text("Thêm nguyên nhân")').count(), 0);
    await look_well(block, narrowest);
    await close_page(block);
  });
});
