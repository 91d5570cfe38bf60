// What is taken along to a village without a network: for a secretary, who is expected, what is planned, what is still
// open; for a visitor, the meeting and its empty sheet.
import { read_ahead } from '../platform/readings.svelte';
import { ask_unit, unit_key } from '../platform/unit_reach.svelte';
import * as asking from './asking';

export async function read_ahead_for_recording(unit_id: string): Promise<void> {
  const unit = await read_ahead(unit_key(unit_id), () => ask_unit(unit_id));
  // Those above the cells hold no meetings of members.
  if (!unit?.has_members) return;
  const [planned] = await Promise.all([
    read_ahead(asking.planned_key(unit_id), () => asking.ask_planned(unit_id)),
    read_ahead(asking.roll_key(unit_id, undefined), () => asking.ask_roll(unit_id, undefined)),
    read_ahead(asking.open_items_key(unit_id), () => asking.ask_open_items(unit_id)),
    read_ahead(asking.open_advice_key(unit_id), () => asking.ask_open_advice(unit_id)),
    read_ahead(asking.groups_key(unit_id), () => asking.ask_groups(unit_id)),
    read_ahead(asking.sheet_key(unit_id), () => asking.ask_sheet(unit_id)),
  ]);
  for (const { meeting } of planned?.meetings ?? [])
    await read_ahead(asking.meeting_key(meeting.id), () => asking.ask_meeting(meeting.id));
}

export async function read_ahead_for_visiting(meeting_id: string): Promise<void> {
  await Promise.all([
    read_ahead(asking.meeting_key(meeting_id), () => asking.ask_meeting(meeting_id)),
    read_ahead(asking.meeting_sheet_key(meeting_id), () => asking.ask_meeting_sheet(meeting_id)),
    read_ahead(asking.own_visitor_score_key(meeting_id), () => asking.ask_own_visitor_score(meeting_id)),
  ]);
}
