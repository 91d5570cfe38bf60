// Accounts: who may sign in and what they may do, and one's own sessions and password.
import type { Page } from '../platform/page';

export const account_pages: Page[] = [
  {
    pattern: '/accounts',
    title: 'app.accounts',
    permission: 'accounts.read',
    page: () => import('./Accounts.svelte'),
  },
  { pattern: '/account', title: 'account.own', page: () => import('./OwnAccount.svelte') },
];
