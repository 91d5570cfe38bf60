// Addresses to pages: patterns such as '/units/:unit_id', one lazy chunk per page, the back button with its
// scroll position, and focus on the new page for those who hear it instead of seeing it.
import type { Component } from 'svelte';

type Parameters = Record<string, string>;
// Pages receive the named parts of their address as properties, each in its own shape.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type PageModule = { default: Component<any> };

export interface Route {
  pattern: string;
  page: () => Promise<PageModule>;
}

interface Place {
  page: PageModule['default'] | undefined;
  parameters: Parameters;
  pattern: string | undefined;
  path: string;
  // The page's chunk could not be had, for example without a network.
  is_missing: boolean;
}

let shown = $state.raw<Place>({
  page: undefined,
  parameters: {},
  pattern: undefined,
  path: '',
  is_missing: false,
});
let query = $state.raw(new URLSearchParams());
let going = $state.raw(false);

let routes: { route: Route; expression: RegExp; names: string[] }[] = [];
let leave_question: (() => boolean) | undefined;
let turn = 0;

export const current_place = (): Place => shown;
export const current_query = (): URLSearchParams => query;
// The address has changed and its page is still on its way; the one before it is shown meanwhile.
export const is_going = (): boolean => going;

export function use_routes(list: Route[]): void {
  routes = list.map((route) => {
    const names: string[] = [];
    const source = route.pattern.replace(/:(\w+)/g, (_, name: string) => {
      names.push(name);
      return '([^/]+)';
    });
    return { route, names, expression: new RegExp(`^${source}/?$`) };
  });
}

function find_route(path: string): { route: Route; parameters: Parameters } | undefined {
  for (const { route, names, expression } of routes) {
    const match = expression.exec(path);
    if (!match) continue;
    const parameters = Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(match[i + 1]!)]));
    return { route, parameters };
  }
  return undefined;
}

async function show(url: URL): Promise<void> {
  const mine = ++turn;
  const found = find_route(url.pathname);
  const next: Place = {
    page: undefined,
    parameters: found?.parameters ?? {},
    pattern: found?.route.pattern,
    path: url.pathname,
    is_missing: false,
  };
  going = true;
  if (found) {
    try {
      next.page = (await found.route.page()).default;
    } catch {
      next.is_missing = true;
    }
  }
  if (mine !== turn) return;
  query = url.searchParams;
  shown = next;
  going = false;
}

const scroll_now = () => ({ scroll: window.scrollY });

export async function go(address: string, how: 'push' | 'replace' = 'push'): Promise<void> {
  const url = new URL(address, location.href);
  if (url.pathname !== location.pathname && leave_question && !leave_question()) return;
  const is_new_page = url.pathname !== location.pathname;
  if (how === 'push') {
    // The place we leave keeps its scroll position for the way back.
    history.replaceState(scroll_now(), '');
    history.pushState({}, '', url);
  } else history.replaceState(history.state, '', url);
  await show(url);
  if (!is_new_page) return;
  window.scrollTo(0, 0);
  document.getElementById('main')?.focus({ preventScroll: true });
}

// Changes the query of the current address, such as a filter or a chosen tab. Empty values are left out.
export function set_query(
  changes: Record<string, string | undefined>,
  how: 'push' | 'replace' = 'replace',
): void {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  void go(url.href, how);
}

// Asks before leaving a page with unsaved work: the question answers true when leaving is fine.
export function ask_before_leaving(question: () => boolean): () => void {
  leave_question = question;
  return () => {
    if (leave_question === question) leave_question = undefined;
  };
}

// A plain click on a link to one of our own pages. Everything else is the browser's business.
function own_link(event: MouseEvent): HTMLAnchorElement | undefined {
  if (event.defaultPrevented || event.button !== 0) return undefined;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined;
  const link = (event.target as Element | null)?.closest?.('a');
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin)
    return undefined;
  if (link.getAttribute('href')?.startsWith('#')) return undefined;
  return find_route(link.pathname) ? link : undefined;
}

export async function begin_routing(): Promise<void> {
  history.scrollRestoration = 'manual';
  addEventListener('click', (event) => {
    const link = own_link(event);
    if (!link) return;
    event.preventDefault();
    void go(link.href, link.href === location.href ? 'replace' : 'push');
  });
  addEventListener('popstate', (event) => {
    const scroll = (event.state as { scroll?: number } | null)?.scroll ?? 0;
    void show(new URL(location.href)).then(() => requestAnimationFrame(() => window.scrollTo(0, scroll)));
  });
  await show(new URL(location.href));
}

// A pattern with its parameters filled in: address('/units/:unit_id', { unit_id }).
export const address = (pattern: string, parameters: Parameters = {}): string =>
  pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''));
