// The list of pages. The router, the rail, the tabs and the finder all read it.
import { account_pages } from '../accounts/index';
import { classification_pages } from '../classification/index';
import { consolidation_pages } from '../consolidation/index';
import { attention_pages, dashboard_pages } from '../dashboard/index';
import { directive_pages } from '../directives/index';
import { exchange_pages } from '../exchange/index';
import { meeting_pages } from '../meetings/index';
import { finding_pages } from '../findings/index';
import { inspection_pages } from '../inspections/index';
import { member_pages } from '../members/index';
import { month_board_pages } from '../month_board/index';
import { notice_pages } from '../notices/index';
import { obstacle_pages } from '../obstacles/index';
import { organisation_pages } from '../organisation/index';
import { paper_pages } from '../papers/index';
import type { Page } from '../platform/page';
import { have_all_words, have_record_words } from '../platform/texts.svelte';
import { resolution_pages } from '../resolutions/index';
import { task_pages } from '../tasks/index';
import { visit_pages } from '../visits/index';

export type { Page };

// The start page is there first; writing down a meeting comes with its own words, every other page with those of all.
const with_words = (page: Page): Page => {
  const have_words = page.words === 'record' ? have_record_words : have_all_words;
  return { ...page, page: async () => (await Promise.all([page.page(), have_words()]))[0] };
};

const other_pages: Page[] = [
  ...attention_pages,
  ...meeting_pages,
  ...month_board_pages,
  ...paper_pages,
  ...resolution_pages,
  ...task_pages,
  ...directive_pages,
  ...visit_pages,
  ...finding_pages,
  ...inspection_pages,
  ...obstacle_pages,
  ...consolidation_pages,
  ...organisation_pages,
  ...member_pages,
  ...classification_pages,
  ...exchange_pages,
  ...account_pages,
  ...notice_pages,
  { pattern: '/waiting', title: 'app.waiting', page: () => import('./Waiting.svelte') },
  { pattern: '/waiting/:sequence', title: 'app.waiting', page: () => import('./Versions.svelte') },
];

export const pages: Page[] = [...dashboard_pages, ...other_pages.map(with_words)];
