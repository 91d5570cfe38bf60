// What the pages of meetings read, each with the key under which it is remembered on the device.
import { answer, api } from '../platform/api';
import type { Schema } from '../platform/schemas';

export type Meeting = Schema<'meetings.Meeting'>;
export type MeetingLine = Schema<'meetings.MeetingLine'>;
export type MeetingRecord = Schema<'meetings.MeetingRecord'>;
export type MeetingScore = Schema<'meetings.MeetingScore'>;
export type CriterionScore = Schema<'meetings.CriterionScore'>;
export type AgendaItem = Schema<'meetings.AgendaItem'>;
export type ScoreSheet = Schema<'meetings.ScoreSheet'>;
export type RollMember = Schema<'meetings.RollMember'>;
export type Roll = Schema<'meetings.Roll'>;
export type Mark = RollMember['mark'] & string;

export const meeting_key = (meeting_id: string) => `meeting ${meeting_id}`;
export const ask_meeting = (meeting_id: string) =>
  answer(api.GET('/api/meetings/{meeting_id}', { params: { path: { meeting_id } } }));

export const score_key = (meeting_id: string) => `score ${meeting_id}`;
export const ask_score = (meeting_id: string) =>
  answer(api.GET('/api/meetings/{meeting_id}/score', { params: { path: { meeting_id } } }));

// The empty sheet that counts for a unit today, and that of one meeting.
export const sheet_key = (unit_id: string) => `score sheet ${unit_id}`;
export const ask_sheet = (unit_id: string) =>
  answer(api.GET('/api/units/{unit_id}/score_sheet', { params: { path: { unit_id } } }));
export const meeting_sheet_key = (meeting_id: string) => `score sheet of meeting ${meeting_id}`;
export const ask_meeting_sheet = (meeting_id: string) =>
  answer(api.GET('/api/meetings/{meeting_id}/score_sheet', { params: { path: { meeting_id } } }));

// What the reader scored at a meeting as a visitor.
export const own_visitor_score_key = (meeting_id: string) => `own visitor score ${meeting_id}`;
export const ask_own_visitor_score = (meeting_id: string) =>
  answer(api.GET('/api/meetings/{meeting_id}/visitor_score', { params: { path: { meeting_id } } }));

// Meetings of a unit in one year, with `whole` those of everything below it too. The newest first.
export const meetings_key = (unit_id: string, year: number, whole: boolean) =>
  `meetings ${unit_id} ${year} ${whole ? 'within' : ''}`;
export const ask_meetings = (unit_id: string, year: number, whole: boolean) =>
  answer(
    api.GET('/api/meetings', {
      params: {
        query: {
          ...(whole ? { within: unit_id } : { unit_id }),
          from: `${year}-01-01`,
          until: `${year}-12-31`,
          limit: 100,
        },
      },
    }),
  );

export const planned_key = (unit_id: string) => `planned meetings ${unit_id}`;
export const ask_planned = (unit_id: string) =>
  answer(api.GET('/api/meetings', { params: { query: { unit_id, state: 'planned', limit: 50 } } }));

export const roll_key = (unit_id: string, day: string | undefined) => `roll ${unit_id} ${day ?? ''}`;
export const ask_roll = (unit_id: string, day: string | undefined) =>
  answer(
    api.GET('/api/units/{unit_id}/roll', {
      params: { path: { unit_id }, query: day === undefined ? {} : { day } },
    }),
  );

export const open_items_key = (unit_id: string) => `open items ${unit_id}`;
export const ask_open_items = (unit_id: string) =>
  answer(api.GET('/api/units/{unit_id}/open_items', { params: { path: { unit_id } } }));

export const open_advice_key = (unit_id: string) => `open advice ${unit_id}`;
export const ask_open_advice = (unit_id: string) =>
  answer(api.GET('/api/advice_items', { params: { query: { unit_id, state: 'open', limit: 100 } } }));

export const groups_key = (unit_id: string) => `groups ${unit_id}`;
export const ask_groups = (unit_id: string) =>
  answer(api.GET('/api/units/{unit_id}/children', { params: { path: { unit_id } } }));

export const resolutions_key = (unit_id: string, meeting_id: string) =>
  `resolutions ${unit_id} ${meeting_id}`;
export const ask_resolutions = (unit_id: string, meeting_id: string, year: number) =>
  answer(api.GET('/api/resolutions', { params: { query: { unit_id, meeting_id, year } } }));

// The rules by which a unit meets, with what they have planned.
export const series_key = (unit_id: string) => `meeting series ${unit_id}`;
export const ask_series = (unit_id: string) =>
  answer(api.GET('/api/meeting_series', { params: { query: { unit_id } } }));

// How the invitation to a planned meeting went out; remembered together with the page that sends it.
export const invitation_key = (meeting_id: string) => `invitation ${meeting_id}`;
export const ask_invitation = (meeting_id: string) =>
  answer(api.GET('/api/meetings/{meeting_id}/invitation', { params: { path: { meeting_id } } }));
