import { defineConfig } from 'vitest/config';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { texts } from './tools/vite_texts.mjs';
import { service_worker } from './tools/vite_service_worker.mjs';

// The oldest browsers still found on office computers: Windows 7 stops at Chrome 109 and Firefox 115.
const oldest_css = { chrome: 109 << 16, firefox: 115 << 16, safari: (15 << 16) | (4 << 8) };
const oldest_js = ['chrome109', 'firefox115', 'safari15.4'];

// What a phone keeps for use without a network: the shell, every page, the Latin and Vietnamese letters.
// The Hindi letters are kept when they are first used; imports and accounts are of no use without a network.
const kept_on_the_phone =
  /^(index\.html|boot\.js|manifest\.webmanifest|icon[^/]*|assets\/(?!ns-dev|Import|Accounts|OwnAccount).*)$/;

export default defineConfig({
  plugins: [
    texts(),
    svelte(),
    svelteTesting(),
    service_worker({ source: 'src/service_worker.ts', include: kept_on_the_phone, limit_kib: 900 }),
  ],
  css: { transformer: 'lightningcss', lightningcss: { targets: oldest_css } },
  build: { target: oldest_js, cssMinify: 'lightningcss', assetsInlineLimit: 0 },
  server: { proxy: { '/api': process.env.GROUNDWORK_URL ?? 'http://127.0.0.1:8080' } },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts', 'tools/**/*.test.ts'],
    setupFiles: ['src/test_setup.ts'],
    restoreMocks: true,
    env: { DEBUG_PRINT_LIMIT: '1500' },
  },
});
