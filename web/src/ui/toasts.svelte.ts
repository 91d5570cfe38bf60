// Short confirmations that come and go. What must not be missed belongs on the page, not here.
export interface Toast {
  id: number;
  text: string;
  kind: 'ok' | 'plain' | 'bad';
  action?: { label: string; act: () => void };
}

const shown = $state<{ toasts: Toast[] }>({ toasts: [] });
let last_id = 0;
const stays = 6_000;

export const list_toasts = (): Toast[] => shown.toasts;

export function dismiss_toast(id: number): void {
  shown.toasts = shown.toasts.filter((toast) => toast.id !== id);
}

// A toast with something to do stays until the person answers.
export function show_toast(text: string, kind: Toast['kind'] = 'ok', action?: Toast['action']): number {
  const id = ++last_id;
  shown.toasts = [...shown.toasts.slice(-2), { id, text, kind, action }];
  if (!action) setTimeout(() => dismiss_toast(id), stays);
  return id;
}
