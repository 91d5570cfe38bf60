// Light or dark. boot.js has set the theme before the first paint; here it changes.
export type Theme = 'light' | 'dark';

const chosen = $state<{ theme: Theme }>({
  theme: document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light',
});

export const current_theme = (): Theme => chosen.theme;

export function choose_theme(theme: Theme): void {
  chosen.theme = theme;
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem('groundwork.theme', theme);
  } catch {
    // Without storage the choice lasts until the page closes.
  }
}
