// Who looked at members' files: what the inspector and the commission above do stands before the secretary, and
// before nobody who leads another unit.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { start_server } from './server.mjs';
import {
  ask,
  check_accessibility,
  check_width,
  close_page,
  desktop,
  expect_refusal,
  open_browser,
  open_page,
  phone,
  settle,
  show_whole,
  sign_in_as,
  text_is,
} from './support.mjs';

let browser;
let server;
let unit_id;
let member;
before(async () => {
  [browser, server] = await Promise.all([open_browser(), start_server()]);
  const page = await open(desktop, 'thuky', '/');
  unit_id = (await ask(page, '/api/session')).home_unit_id;
  const { members } = await ask(page, `/api/members?unit_id=${unit_id}&limit=50`);
  member = members.find((each) => each.office === 'none');
  await close_page(page);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function open(look, name, address) {
  const page = await open_page(browser, {
    serviceWorkers: 'block',
    bypassCSP: true,
    acceptDownloads: true,
    language: 'en',
    ...look,
  });
  await sign_in_as(page, server.url, name);
  await page.goto(server.url + address);
  await settle(page);
  return page;
}
const list = () => `/units/${unit_id}/readings`;
// What is looked at is written within a second: waits until a look stands on the page of whoever may see it.
async function noted(page, ...look) {
  await page.waitForFunction(
    async ([address, reader_name, part, member_id]) => {
      const { readings } = await (await fetch(address)).json();
      return readings.some(
        (each) =>
          each.day === readings[0].day &&
          each.reader_name === reader_name &&
          each.part === part &&
          (each.member_id ?? undefined) === member_id,
      );
    },
    [`/api${list()}`, ...look],
    { polling: 200 },
  );
}

describe("who looked at members' files", () => {
  test('the inspector takes the list, the commission opens a file; the secretary sees both and why', async () => {
    const inspector = await open(desktop, 'kiemtra', `/members?unit=${unit_id}`);
    const [download] = await Promise.all([
      inspector.waitForEvent('download'),
      inspector.click('a.button:has-text("CSV")'),
    ]);
    assert.match(fs.readFileSync(await download.path(), 'utf8'), new RegExp(member.full_name));
    const { full_name: inspector_name } = await ask(inspector, '/api/session');
    // No inspector's role opens a personal file.
    expect_refusal(inspector, 403, /^\/api\/members\//);
    await inspector.goto(`${server.url}/members/${member.id}`);
    await settle(inspector);
    assert.doesNotMatch(await inspector.innerText('main'), new RegExp(member.full_name));
    await close_page(inspector);

    const commission = await open(desktop, 'tinhuy', `/members/${member.id}`);
    assert.match(await commission.innerText('h1'), new RegExp(member.full_name));
    const { full_name: commission_name } = await ask(commission, '/api/session');
    await close_page(commission);

    const page = await open(phone, 'thuky', '/');
    await noted(page, inspector_name, 'list');
    await noted(page, commission_name, 'file', member.id);
    await page.goto(`${server.url}/units/${unit_id}`);
    await settle(page);
    await page.click('a[href$="/readings"]');
    await page.waitForURL(`**${list()}`);
    const rows = page.locator('main ul > li');
    await rows.first().waitFor();
    const of_file = rows.filter({ hasText: `File of ${member.full_name}` }).first();
    assert.match(await of_file.innerText(), /As Organising commission/);
    const of_list = rows
      .filter({ hasText: 'Took along the list' })
      .filter({ hasText: inspector_name })
      .first();
    assert.match(await of_list.innerText(), /As Inspector or working group/);
    await page.selectOption('[name=member]', member.id);
    await page.waitForURL(/member=/);
    await rows.filter({ hasText: 'Took along' }).first().waitFor({ state: 'detached' });
    assert.equal(await rows.filter({ hasText: member.full_name }).count(), await rows.count());
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('a.button:has-text("CSV")')]);
    const lines = fs
      .readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n');
    assert.equal(lines.length - 1, await rows.count());
    await close_page(page);
  });

  test('who leads another unit is refused, and a member sees only their own', async () => {
    const neighbour = await open(desktop, 'khoi', '/');
    expect_refusal(neighbour, 403, /readings/);
    const answers = await neighbour.evaluate(
      async ([unit_id, member_id]) =>
        Promise.all(
          [
            `/api/units/${unit_id}/readings`,
            `/api/units/${unit_id}/readings.csv`,
            `/api/members/${member_id}/readings`,
          ].map(async (address) => (await fetch(address)).status),
        ),
      [unit_id, member.id],
    );
    assert.deepEqual(answers, [403, 403, 403]);
    await close_page(neighbour);

    const own = await open(phone, 'dangvien', '/');
    const { member_id } = await ask(own, '/api/session');
    await own.goto(`${server.url}/members/${member_id}`);
    await settle(own);
    await own.waitForSelector(text_is('h2', 'Who read my file'));
    await own.waitForSelector('text=As Organising commission');
    await close_page(own);
  });

  for (const [look_name, look] of [
    [
      'phone, Hindi, dark',
      { ...phone, viewport: { width: 320, height: 700 }, language: 'hi', theme: 'dark' },
    ],
    ['desktop, Vietnamese', { ...desktop, language: 'vi' }],
  ])
    test(`the list is accessible and fits: ${look_name}`, async () => {
      const page = await open(look, 'thuky', `${list()}?who=all`);
      await show_whole(page, look.viewport.width);
      await check_width(page);
      await check_accessibility(page);
      await close_page(page);
    });
});
