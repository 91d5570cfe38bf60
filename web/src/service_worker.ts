/// <reference lib="webworker" />
// Keeps the app itself on the device, so that it opens without a network. It never keeps answers of the API:
// the app does that, per person, where signing out can wipe it.
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { ExpirationPlugin } from 'workbox-expiration';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';

declare const self: ServiceWorkerGlobalScope & {
  __WB_MANIFEST: { url: string; revision: string | null }[];
};

cleanupOutdatedCaches();
precacheAndRoute(self.__WB_MANIFEST);
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/api\//, /^\/healthz/] }),
);
// Files of the app that are not kept from the start, such as the Hindi letters, are kept from their first use.
registerRoute(
  ({ url }) => url.origin === self.location.origin && url.pathname.startsWith('/assets/'),
  new CacheFirst({ cacheName: 'assets', plugins: [new ExpirationPlugin({ maxEntries: 80 })] }),
);

// The network is back while the app was out of sight: wake its windows, which send what waits.
self.addEventListener('sync', (event) => {
  const sync = event as ExtendableEvent & { tag: string };
  if (sync.tag !== 'outbox') return;
  const wake = self.clients.matchAll({ type: 'window' }).then((windows) => {
    for (const each of windows) each.postMessage('flush');
  });
  sync.waitUntil(wake);
});
self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'take_over') void self.skipWaiting();
});
