import { defineConfig } from 'vitest/config';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { texts } from './tools/vite_texts.mjs';
import { service_worker } from './tools/vite_service_worker.mjs';

// The oldest browsers still found on office computers: Windows 7 stops at Chrome 109 and Firefox 115.
const oldest_css = { chrome: 109 << 16, firefox: 115 << 16, safari: (15 << 16) | (4 << 8) };
const oldest_js = ['chrome109', 'firefox115', 'safari15.4'];

// What a phone keeps for use without a network: the shell, every page, the Latin and Vietnamese letters.
// The Hindi letters, and the Hindi words beyond those of the first page and of the minutes, are kept when they are first
// used; what is done at a desk (imports, accounts, judging a year) is of no use without a network and is kept from its
// first use too.
const kept_on_the_phone =
  /^(index\.html|boot\.js|manifest\.webmanifest|icon[^/]*|assets\/(?!ns-dev|hi_rest|Import|Accounts|OwnAccount|Roles|Classification|Changes|CapView|WhatIf|MonthBoard|DecideInspection|Patterns|PaperPage|SendDirective|PlanDirective|ObstacleBoard|CasePage|MeetingRulebook|ProofView|WishesPage|PlanVisits|VisitEffect|SendOrder|ChangeOrder|FileReadings|Survival|PlanCase|Causes|Unvisited).*)$/;

// The first page names its modules ahead; in every module of the app such lists would weigh more than they save, as the
// service worker has the modules by the second visit. Styles stay named, or pages would show without them.
const what_to_ask_ahead = (
  _file: string,
  needed: string[],
  { hostType }: { hostType: 'html' | 'js' },
): string[] => (hostType === 'html' ? needed : needed.filter((each) => each.endsWith('.css')));

export default defineConfig({
  plugins: [
    texts(),
    svelte(),
    svelteTesting(),
    service_worker({ source: 'src/service_worker.ts', include: kept_on_the_phone, limit_kib: 1300 }),
  ],
  css: { transformer: 'lightningcss', lightningcss: { targets: oldest_css } },
  build: {
    target: oldest_js,
    // tools/size.mjs reads here what a page needs.
    manifest: true,
    cssMinify: 'lightningcss',
    assetsInlineLimit: 0,
    modulePreload: { resolveDependencies: what_to_ask_ahead },
    // What every page stands on travels as one file: many small ones compress badly.
    rolldownOptions: {
      output: {
        advancedChunks: {
          groups: [
            // Writing down a meeting: its list of parts and the clock first, the parts right behind.
            {
              name: 'record',
              priority: 1,
              test: /src\/meetings\/(Record(Clock)?|Recorder|ClockNotice|clock_words|recording|asking|mistakes)\.|icons\/chevron-left\./,
            },
            // The icons and the small parts of pages that more than one page has.
            { name: 'ui', test: /src\/ui\/|@lucide/, priority: 2, minShareCount: 4 },
            {
              name: 'shell',
              priority: 3,
              test: /src\/(\w+\/index\.ts|app\/(pages|finders|navigation)\.ts|platform\/(?!lock\.)|ui\/(Menu|Ridge|PageTitle))|icons\/(arrow-left|cloud-check|cloud-upload|lock|log-out)\./,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': process.env.GROUNDWORK_URL ?? 'http://127.0.0.1:8080' } },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts', 'tools/**/*.test.ts'],
    testTimeout: 30_000,
    setupFiles: ['src/test_setup.ts'],
    restoreMocks: true,
    env: { DEBUG_PRINT_LIMIT: '1500' },
  },
});
