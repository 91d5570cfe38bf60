// The three scores of a meeting: computed, by the unit on a phone without a network, by a visitor line by line.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  close_page,
  desktop,
  keep_on_device,
  open_browser,
  open_page,
  phone,
  sign_in_as,
} from './support.mjs';
import { start_server } from './server.mjs';

let server, browser;
before(async () => {
  server = await start_server();
  browser = await open_browser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// The meeting of Na Lung on a day, as the person signed in sees it.
const meeting_on = (page, day) =>
  page.evaluate(async (day) => {
    const json = async (address) => (await fetch(address)).json();
    const { meetings } = await json('/api/meetings?limit=200&state=held');
    const unit_id = meetings.find((line) => line.unit_name.includes('Nà Lung')).meeting.unit_id;
    const all = await json(`/api/meetings?unit_id=${unit_id}&state=held&limit=50`);
    const { meeting } = all.meetings.find((line) => line.meeting.meets_on === day);
    return { unit_id, meeting_id: meeting.id };
  }, day);

test('the score page shows three figures with the facts behind them', async () => {
  const page = await open_page(browser, { language: 'en', ...desktop });
  await sign_in_as(page, server.url, 'thuky');
  const { meeting_id } = await meeting_on(page, '2024-09-04');
  await page.goto(`${server.url}/meetings/${meeting_id}/score`);
  await page.getByText('lines filled from the record without typing').waitFor();
  const filled = await page.getByText(/^\d+ lines filled/).textContent();
  assert.ok(Number.parseInt(filled, 10) >= 8, filled);
  await page.getByRole('heading', { name: 'Three views' }).waitFor();
  await page.getByText(/of \d+ came, \d+ excused, \d+ without reason: \d+%/).waitFor();
  await page.getByText('The unit: Đồng chí đi làm ăn xa').waitFor();
  await page.getByText('Too few to call it a habit', { exact: false }).waitFor();
  await close_page(page);
});

test('the unit scores itself without a network, and it arrives behind', async () => {
  const page = await open_page(browser, { language: 'en', ...phone });
  await sign_in_as(page, server.url, 'thuky');
  const { meeting_id, unit_id } = await meeting_on(page, '2024-10-04');
  const address = `/meetings/${meeting_id}/self_score?unit_id=${unit_id}&subject=October`;
  await page.goto(server.url + address);
  await page.getByRole('button', { name: 'Everything was so' }).click();
  await page.getByText('Everything is answered').waitFor();
  await keep_on_device(page);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Send the score' }).click();
  await page.waitForURL(/\/waiting/);
  await page.getByText('The unit’s own score: October').first().waitFor();
  await page.context().setOffline(false);
  await page.waitForFunction(
    async (meeting_id) => {
      const score = await (await fetch(`/api/meetings/${meeting_id}/score`)).json();
      return score.criteria.find((line) => line.key === 'praise_and_reminders').points_milli === 2000;
    },
    meeting_id,
    { timeout: 30_000, polling: 500 },
  );
  await close_page(page);
});

test('a visitor scores line by line, and the gap is shown', async () => {
  const page = await open_page(browser, { language: 'en', ...phone });
  await sign_in_as(page, server.url, 'kiemtra');
  const { meeting_id } = await meeting_on(page, '2024-11-04');
  await page.goto(`${server.url}/meetings/${meeting_id}/visitor_score`);
  await page.getByLabel('Working group').fill('Inspection group');
  await page.locator('input[name="figure-length"][value="4000"]').check({ force: true });
  await page.locator('input[name="figure-chaired_well"][value="2000"]').check({ force: true });
  await page.getByText('2 lines scored: 6 / 7 points').waitFor();
  await page.getByRole('button', { name: 'Send the sheet' }).click();
  await page.waitForURL(/\/score$/);
  await page.getByText('Inspection group scored 2 lines: 6 / 7 points').waitFor();
  await page.getByText('2 lines: 7 and 6 points, 1 apart').waitFor();
  await close_page(page);
});

test('what the resolution answers is filled in, and the unit departs from the record without a network', async () => {
  const page = await open_page(browser, { language: 'en', ...phone });
  await sign_in_as(page, server.url, 'thuky');
  const { meeting_id, unit_id } = await meeting_on(page, '2024-10-04');
  const known = 'resolution,named_owner,full_minutes';
  await page.goto(
    `${server.url}/meetings/${meeting_id}/self_score?unit_id=${unit_id}&subject=October&known=${known}`,
  );
  await page.getByText('Filled in from the minutes and the resolution', { exact: false }).first().waitFor();
  assert.ok(await page.locator('input[name="mark-conclusion_adopted"][value="1"]').isChecked());
  await keep_on_device(page);
  await page.context().setOffline(true);
  await page.getByText('computed from the record', { exact: false }).click();
  await page.getByRole('button', { name: 'We see it otherwise' }).first().click();
  await page.getByRole('button', { name: 'Send the score' }).click();
  await page.getByText('Choose the points as the unit sees it').first().waitFor();
  await page.getByText('Say why you see it otherwise than the record').first().waitFor();
  await page.locator('input[name^="own-"]').last().check({ force: true });
  await page.getByLabel('Why?').fill('The clock on the wall was wrong');
  await page.getByRole('button', { name: 'Send the score' }).click();
  await page.waitForURL(/\/waiting/);
  await page.context().setOffline(false);
  await page.waitForFunction(
    async (meeting_id) => {
      const score = await (await fetch(`/api/meetings/${meeting_id}/score`)).json();
      return score.criteria.some((line) => line.self_reason === 'The clock on the wall was wrong');
    },
    meeting_id,
    { timeout: 30_000, polling: 500 },
  );
  await close_page(page);
});

test('the level above chooses the rulebook from a day on', async () => {
  const page = await open_page(browser, { language: 'en', ...desktop });
  await sign_in_as(page, server.url, 'vanphong');
  const { unit_id } = await meeting_on(page, '2024-11-04');
  await page.goto(`${server.url}/units/${unit_id}/meeting_rulebook`);
  await page
    .getByText('One ward’s sheet', { exact: false })
    .or(page.getByText("One ward's sheet", { exact: false }))
    .first()
    .waitFor();
  await page.getByText('Guideline 12-HD/BTCTW, 2018', { exact: false }).first().click();
  await page.getByLabel('Reason').fill('As the centre says');
  await page.getByRole('button', { name: 'Choose a rulebook' }).click();
  await page.getByText('As the centre says').first().waitFor();
  await close_page(page);
});
