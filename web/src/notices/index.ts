// Notices: what one was told, how one wants to be told, and who was told of a meeting.
import type { Page } from '../platform/page';

export const notice_pages: Page[] = [
  { pattern: '/notices', title: 'notice.notices', page: () => import('./Inbox.svelte') },
  { pattern: '/wishes', title: 'notice.wishes', page: () => import('./WishesPage.svelte') },
  {
    pattern: '/meetings/:meeting_id/invitation',
    title: 'notice.invitation',
    permission: 'meetings.plan',
    page: () => import('./InvitationPage.svelte'),
  },
];
