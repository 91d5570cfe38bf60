// The list of pages. The router, the rail, the tabs and the finder all read it.
import { account_pages } from '../accounts/index';
import { classification_pages } from '../classification/index';
import { dashboard_pages } from '../dashboard/index';
import { directive_pages } from '../directives/index';
import { exchange_pages } from '../exchange/index';
import { meeting_pages } from '../meetings/index';
import { member_pages } from '../members/index';
import { month_board_pages } from '../month_board/index';
import { notice_pages } from '../notices/index';
import { organisation_pages } from '../organisation/index';
import { paper_pages } from '../papers/index';
import type { Page } from '../platform/page';
import { have_all_words } from '../platform/texts.svelte';
import { resolution_pages } from '../resolutions/index';
import { task_pages } from '../tasks/index';
import { visit_pages } from '../visits/index';

export type { Page };

// The start page is there first; every other page comes with the words of all pages.
const with_all_words = (page: Page): Page => ({
  ...page,
  page: async () => (await Promise.all([page.page(), have_all_words()]))[0],
});

const other_pages: Page[] = [
  ...meeting_pages,
  ...month_board_pages,
  ...paper_pages,
  ...resolution_pages,
  ...task_pages,
  ...directive_pages,
  ...visit_pages,
  ...organisation_pages,
  ...member_pages,
  ...classification_pages,
  ...exchange_pages,
  ...account_pages,
  ...notice_pages,
  { pattern: '/waiting', title: 'app.waiting', page: () => import('./Waiting.svelte') },
  { pattern: '/waiting/:sequence', title: 'app.waiting', page: () => import('./Versions.svelte') },
];

export const pages: Page[] = [...dashboard_pages, ...other_pages.map(with_all_words)];
