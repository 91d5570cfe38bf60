// Whether the device says it has a network. It may be wrong; only an answer proves it.
const connection = $state({ online: typeof navigator === 'undefined' || navigator.onLine });

if (typeof window !== 'undefined') {
  addEventListener('online', () => (connection.online = true));
  addEventListener('offline', () => (connection.online = false));
}

export const is_online = (): boolean => connection.online;
