// What a capability says of each of its pages, for the list in app/pages.ts.
import type { Route } from './router.svelte';
import type { PlainTextKey } from './texts.svelte';

export interface Page extends Route {
  title: PlainTextKey;
  // The permission without which the page is empty; the server checks it again.
  permission?: string;
  // The page gets by with the words for writing down a meeting; left out, it comes with those of all pages.
  words?: 'record';
}
