import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { find_account, set_account } from '../platform/account.svelte';
import { session_state } from '../platform/session.svelte';
import { wipe_store } from '../platform/store';
import { use_language } from '../platform/texts.svelte';
import SignIn from './SignIn.svelte';

const account = {
  account_id: 'a1',
  user_name: 'secretary',
  full_name: 'Nông Văn Sìn',
  language: 'en',
  member_id: null,
  home_unit_id: 'u1',
  home_unit_name: 'Nà Lung',
  permissions: [],
  today: '2024-06-20',
};
const json = (body: unknown, init: ResponseInit = {}) =>
  new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' }, ...init });

let requests: Request[] = [];
function answer_with(answer: (request: Request) => Response) {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    requests.push(request.clone());
    return answer(request);
  });
}

async function fill_in(user_name: string, password: string) {
  const user = userEvent.setup();
  render(SignIn);
  if (user_name) await user.type(screen.getByLabelText('User name'), user_name);
  if (password) await user.type(screen.getByLabelText('Password'), password);
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
}

beforeEach(async () => {
  requests = [];
  set_account(undefined);
  await wipe_store();
  await use_language('en');
});

describe('signing in', () => {
  it('names what is missing, in a summary and at each field, and asks the server nothing', async () => {
    answer_with(() => json({}));
    await fill_in('', '');
    const summary = screen.getByRole('alert');
    expect(summary).toHaveFocus();
    expect(summary).toHaveTextContent('Enter your user name');
    expect(screen.getByLabelText('Password')).toHaveAccessibleDescription(/Enter your password/);
    expect(requests).toEqual([]);
  });

  it('shows what the server says about a wrong password and forgets the password', async () => {
    const problem = {
      title: 'User name or password is wrong',
      status: 401,
      reason: 'unauthenticated',
      problems: [],
    };
    answer_with(() => json(problem, { status: 401 }));
    await fill_in('secretary', 'wrong');
    expect(await screen.findByRole('alert')).toHaveTextContent('User name or password is wrong');
    expect(screen.getByLabelText('Password')).toHaveValue('');
    expect(find_account()).toBeUndefined();
  });

  it('says how long to wait after too many tries', async () => {
    answer_with(() => json({ title: 'x', status: 429 }, { status: 429, headers: { 'retry-after': '240' } }));
    await fill_in('secretary', 'wrong');
    expect(await screen.findByRole('alert')).toHaveTextContent('Wait 4 minutes');
  });

  it('says that a network is needed when there is none', async () => {
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
    await fill_in('secretary', 'demo');
    expect(await screen.findByText(/Signing in needs a network/)).toBeInTheDocument();
  });

  it('opens the app, with the guard header on the request', async () => {
    answer_with(() => json(account));
    await fill_in('secretary', 'demo');
    await vi.waitFor(() => expect(session_state()).toBe('signed_in'));
    expect(find_account()?.full_name).toBe('Nông Văn Sìn');
    const [first] = requests;
    expect(first?.method).toBe('POST');
    expect(first?.headers.get('x-groundwork')).toBe('1');
    expect(await first?.json()).toEqual({ user_name: 'secretary', password: 'demo', device: '' });
  });
});
