// Walks the rows of a list with j and k, as office readers do with their mail. A row is a link with data-row; Enter
// opens it as any link.
export function walk_rows(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target as HTMLElement | null;
  if (target?.closest('input, textarea, select, dialog, [contenteditable]')) return;
  const step = { j: 1, k: -1 }[event.key];
  if (!step) return;
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  if (rows.length === 0) return;
  event.preventDefault();
  const here = rows.indexOf(document.activeElement as HTMLElement);
  const next = here < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, here + step));
  rows[next]!.focus();
  rows[next]!.scrollIntoView({ block: 'nearest' });
}
