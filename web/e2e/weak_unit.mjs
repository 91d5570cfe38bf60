// What the tests of weak units share: who signs in, how the server is asked without a page, and the meetings of a cell.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { sample_password, start_server } from './server.mjs';
import {
  ask,
  check_accessibility,
  check_width,
  open_browser,
  open_page,
  phone,
  settle,
  show_whole,
  sign_in_as,
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

export const own_password = 'nuoc-chay-da-mon-17';
export const is_of_sample = (name) => ['khoi', 'tinhuy', 'lanhdao', 'quantri'].includes(name);
export const password_of = (name) => (is_of_sample(name) ? sample_password : own_password);

export async function open(look, name, address) {
  const page = await open_page(browser, {
    serviceWorkers: 'block',
    bypassCSP: true,
    language: 'vi',
    ...look,
  });
  await sign_in_as(page, server.url, name, password_of(name));
  await page.goto(server.url + address);
  await settle(page);
  return page;
}

// What somebody asks of the server without a page.
export async function sign_in_to_ask(name) {
  const headers = { 'content-type': 'application/json', 'x-groundwork': '1' };
  const send = (method, address, body, more = {}) =>
    fetch(server.url + address, {
      method,
      headers: { ...headers, ...more, 'idempotency-key': crypto.randomUUID() },
      body: body && JSON.stringify(body),
    });
  const session = await send('POST', '/api/session', { user_name: name, password: password_of(name) });
  assert.equal(session.status, 200, await session.clone().text());
  const cookie = session.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  return async (method, address, body) => {
    const answer = await send(method, address, body, { cookie });
    assert.equal(answer.status, 200, `${method} ${address}: ${await answer.clone().text()}`);
    return answer.json();
  };
}

export async function look_well(page, look) {
  await show_whole(page, look.viewport.width);
  await check_width(page);
  await check_accessibility(page);
  await page.setViewportSize(look.viewport);
}
export const narrowest = { ...phone, viewport: { width: 320, height: 740 } };
export const dialog_button = (text) => `dialog[open] footer button:has-text("${text}")`;
export const shown_text = (page) => page.innerText('#main');
export const acts_of = async (page, case_id) =>
  (await ask(page, `/api/consolidation/${case_id}`)).steps.map((step) => step.act);

// Units with signs that nobody has proposed yet, those with most signs first.
export async function find_weak() {
  const block = await sign_in_to_ask('khoi');
  const { units } = await block('GET', '/api/consolidation');
  const weak = units.filter((unit) => unit.may_propose && unit.signs.length > 0);
  assert.ok(weak.length > 0, 'no unit of the sample shows a sign of weakness');
  return { block, weak };
}

// The unit gets a secretary who may sign in, and a member of another unit of the Block, who will help.
export async function add_people(unit_id) {
  const administrator = await sign_in_to_ask('quantri');
  const of_unit = await administrator('GET', `/api/members?within=${unit_id}&limit=1`);
  const block = await sign_in_to_ask('khoi');
  const { home_unit_id: block_id } = await block('GET', '/api/session');
  const { members } = await administrator('GET', `/api/members?within=${block_id}&limit=200`);
  const helper = members.find((member) => member.unit_id !== unit_id && member.office === 'secretary');
  assert.ok(helper, 'no secretary of another unit of the Block');
  const add = (user_name, full_name, member_id, home_unit_id, role_key, over) =>
    administrator('POST', '/api/accounts', {
      user_name,
      full_name,
      member_id,
      home_unit_id,
      role_key,
      unit_id: over,
      password: own_password,
    });
  const [secretary] = of_unit.members;
  await add('bithu.yeu', secretary.full_name, secretary.id, unit_id, 'secretary', unit_id);
  // As one of the Block's office the helper may accept in other units, and never in the one that is helped.
  await add('nguoi.giup', helper.full_name, helper.id, helper.unit_id, 'block_office', block_id);
  return { helper };
}

// The cell meets on this day of its own, with everybody there.
export async function meet(unit_id, day) {
  const secretary = await sign_in_to_ask('bithu.yeu');
  const roll = await secretary('GET', `/api/units/${unit_id}/roll`);
  const began = Date.parse(`${day}T00:10:00+07:00`);
  await secretary('POST', '/api/meetings', {
    unit_id,
    kind: 'regular',
    subject: 'Sinh hoạt chi bộ thường kỳ',
    planned_for: began,
    agenda: [],
    happening: {
      started_at: began,
      ended_at: began + 3_600_000,
      roll: roll.members.map((member) => ({ member_id: member.id, mark: 'present' })),
      contributions: [],
    },
  });
}
