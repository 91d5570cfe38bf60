// Registers the service worker, and tells when a newer version of the app waits to take over.

interface ScriptPolicy {
  createScriptURL(address: string): string;
}
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): ScriptPolicy;
}

const script = '/sw.js';

// Under Trusted Types a plain text is refused as the address of a script; ours is the only one allowed.
function trusted_script(): string {
  const factory = (window as Window & { trustedTypes?: PolicyFactory }).trustedTypes;
  if (!factory) return script;
  const policy = factory.createPolicy('gw-sw', {
    createScriptURL(address) {
      if (address !== script) throw new TypeError(`${address} is not the service worker`);
      return address;
    },
  });
  return policy.createScriptURL(script);
}

// on_newer is called with a function that switches to the newer version and shows the page anew.
export function register_service_worker(on_newer: (take_over: () => void) => void): void {
  if (!('serviceWorker' in navigator)) return;
  const had_one = navigator.serviceWorker.controller !== null;
  let is_renewing = false;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (!had_one || is_renewing) return;
    is_renewing = true;
    location.reload();
  });
  const register = async () => {
    const registration = await navigator.serviceWorker
      .register(trusted_script(), { scope: '/', updateViaCache: 'none' })
      .catch(() => undefined);
    if (!registration) return;
    const offer = (worker: ServiceWorker | null) => {
      if (!worker || !navigator.serviceWorker.controller) return;
      on_newer(() => worker.postMessage({ type: 'take_over' }));
    };
    offer(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed') offer(worker);
      });
    });
    setInterval(() => void registration.update().catch(() => undefined), 3_600_000);
  };
  // After the page has what it needs, not before.
  if (document.readyState === 'complete') void register();
  else addEventListener('load', () => void register());
}
