// Meetings: planned, held, written down on the phone, scored.
import type { Page } from '../platform/page';

export const meeting_pages: Page[] = [
  {
    pattern: '/meetings',
    title: 'app.meetings',
    permission: 'meetings.read',
    page: () => import('./Meetings.svelte'),
  },
  {
    pattern: '/record',
    title: 'app.record',
    permission: 'meetings.record',
    words: 'record',
    page: () => import('./Record.svelte'),
  },
  {
    pattern: '/units/:unit_id/meetings',
    title: 'app.meetings',
    permission: 'meetings.read',
    page: () => import('./Meetings.svelte'),
  },
  {
    pattern: '/units/:unit_id/meetings/plan',
    title: 'meeting.plan',
    permission: 'meetings.plan',
    page: () => import('./PlanMeeting.svelte'),
  },
  {
    pattern: '/units/:unit_id/meeting_series/:series_id',
    title: 'meeting.series_change',
    permission: 'meetings.plan',
    page: () => import('./ChangeSeries.svelte'),
  },
  {
    pattern: '/meetings/:meeting_id',
    title: 'meeting.meeting',
    permission: 'meetings.read',
    page: () => import('./MeetingPage.svelte'),
  },
  {
    pattern: '/meetings/:meeting_id/plan',
    title: 'meeting.change',
    permission: 'meetings.plan',
    page: () => import('./PlanMeeting.svelte'),
  },
  {
    pattern: '/meetings/:meeting_id/record',
    title: 'app.record',
    permission: 'meetings.record',
    words: 'record',
    page: () => import('./RecordMeeting.svelte'),
  },
  {
    pattern: '/meetings/:meeting_id/score',
    title: 'meeting.score',
    permission: 'meetings.read',
    page: () => import('./ScorePage.svelte'),
  },
  {
    pattern: '/meetings/:meeting_id/self_score',
    title: 'meeting.score_self',
    permission: 'meetings.record',
    page: () => import('./SelfScorePage.svelte'),
  },
  {
    pattern: '/meetings/:meeting_id/visitor_score',
    title: 'meeting.visitor_sheet',
    permission: 'visits.record',
    page: () => import('./VisitorScorePage.svelte'),
  },
  {
    pattern: '/units/:unit_id/meeting_rulebook',
    title: 'meeting.which_rulebook',
    permission: 'meetings.read',
    page: () => import('./MeetingRulebook.svelte'),
  },
];

// Reads now what writing down a meeting without a network needs later.
export const read_ahead_for_recording = (unit_id: string): Promise<void> =>
  import('./reading_ahead').then((module) => module.read_ahead_for_recording(unit_id));

// And what scoring a meeting as a visitor needs.
export const read_ahead_for_visiting = (meeting_id: string): Promise<void> =>
  import('./reading_ahead').then((module) => module.read_ahead_for_visiting(meeting_id));
