import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { use_language } from '../platform/texts.svelte';
import { Unreachable } from '../platform/problem';
import Breadcrumbs from './Breadcrumbs.svelte';
import Combobox from './Combobox.svelte';
import FileField from './FileField.svelte';
import ClassBadge from './ClassBadge.svelte';
import Field from './Field.svelte';
import Menu from './Menu.svelte';
import PeopleDots from './PeopleDots.svelte';
import Tabs from './Tabs.svelte';
import TerraceChart from './TerraceChart.svelte';
import { dismiss_toast, list_toasts, show_toast } from './toasts.svelte';

const text = (content: string) => createRawSnippet(() => ({ render: () => `<span>${content}</span>` }));

beforeEach(() => use_language('en'));

describe('breadcrumbs', () => {
  it('name a place that is closed to the reader without leading there', () => {
    const steps = [{ label: 'Province' }, { label: 'Commune', href: '/units/2' }];
    render(Breadcrumbs, { label: 'Place', steps });
    expect(screen.getByText('Province')).toBeInTheDocument();
    expect(screen.getAllByRole('link').map((link) => link.textContent)).toEqual(['Commune']);
  });
});

describe('tabs', () => {
  const tabs = ['story', 'people', 'score'].map((key) => ({ key, label: key }));

  it('are walked with the arrow keys and wrap around', async () => {
    const onchoose = vi.fn();
    const user = userEvent.setup();
    render(Tabs, { label: 'Views', tabs, current: 'story', onchoose, children: text('x') });
    await user.tab();
    expect(screen.getByRole('tab', { name: 'story', selected: true })).toHaveFocus();
    await user.keyboard('{ArrowLeft}');
    expect(onchoose).toHaveBeenLastCalledWith('score');
    expect(screen.getByRole('tab', { name: 'score' })).toHaveFocus();
    await user.keyboard('{ArrowRight}{End}{Home}');
    expect(onchoose.mock.calls.map(([key]) => key)).toEqual(['score', 'people', 'score', 'story']);
  });

  it('name the panel by the current tab', () => {
    render(Tabs, { label: 'Views', tabs, current: 'people', onchoose: vi.fn(), children: text('x') });
    expect(screen.getByRole('tabpanel', { name: 'people' })).toBeInTheDocument();
  });
});

describe('a menu', () => {
  it('opens under its button, and Escape gives the focus back', async () => {
    const user = userEvent.setup();
    render(Menu, { label: 'Account', trigger: text('S'), children: text('inside') });
    const button = screen.getByRole('button', { name: /Account/ });
    expect(button).toHaveAttribute('aria-expanded', 'false');
    await user.click(button);
    expect(screen.getByText('inside')).toBeVisible();
    await user.keyboard('{Escape}');
    expect(screen.queryByText('inside')).not.toBeInTheDocument();
    expect(button).toHaveFocus();
  });

  it('closes when something else is pressed', async () => {
    const user = userEvent.setup();
    render(Menu, { label: 'Account', trigger: text('S'), children: text('inside') });
    await user.click(screen.getByRole('button', { name: /Account/ }));
    await user.click(document.body);
    expect(screen.queryByText('inside')).not.toBeInTheDocument();
  });
});

describe('a field', () => {
  it('ties label, hint and error to its control', () => {
    render(Field, {
      name: 'held_on',
      label: 'Held on',
      kind: 'date',
      value: '',
      hint: 'The day',
      error: 'Too late',
    });
    const control = screen.getByLabelText('Held on');
    expect(control).toHaveAccessibleDescription(/The day Error:\s?Too late/);
    expect(control).toBeInvalid();
  });

  it('shows and hides a password', async () => {
    const user = userEvent.setup();
    render(Field, { name: 'password', label: 'Password', kind: 'password', value: 'demo' });
    const control = screen.getByLabelText('Password');
    expect(control).toHaveAttribute('type', 'password');
    await user.click(screen.getByRole('button', { name: 'Show Password' }));
    expect(control).toHaveAttribute('type', 'text');
  });
});

describe('what is drawn is also said', () => {
  it('a class has its name where only its letter is seen', () => {
    render(ClassBadge, { class_key: 'good', form: 'letter' });
    expect(screen.getByText('Good')).toBeInTheDocument();
  });

  it('a class nobody has given yet says so', () => {
    render(ClassBadge, { class_key: null });
    expect(screen.getByText('Not classified')).toBeInTheDocument();
  });

  it('people are counted', () => {
    render(PeopleDots, { present: 14, excused: 2, expected: 17 });
    expect(screen.getByRole('img', { name: '14 of 17 present' })).toBeInTheDocument();
  });

  it('a chart reads its figures and leaves out the missing ones', () => {
    render(TerraceChart, { label: 'Score', values: [58, null, 72.5], labels: ['May', 'June', 'July'] });
    expect(screen.getByRole('img', { name: 'Score. May: 58, July: 72.5' })).toBeInTheDocument();
  });
});

describe('toasts', () => {
  it('go by themselves, unless there is something to decide', () => {
    vi.useFakeTimers();
    show_toast('Saved');
    const asking = show_toast('A newer version is here', 'plain', { label: 'Use it', act: () => undefined });
    vi.advanceTimersByTime(10_000);
    expect(list_toasts().map((toast) => toast.id)).toEqual([asking]);
    dismiss_toast(asking);
    expect(list_toasts()).toEqual([]);
    vi.useRealTimers();
  });
});

describe('a combobox', () => {
  const people = ['Nông Văn Sìn', 'Lý Thị Mẩy', 'Ma Thị Diệp'].map((label) => ({ value: label, label }));
  const find = async (words: string) =>
    people.filter(({ label }) => label.toLowerCase().includes(words.toLowerCase()));

  async function open(find_with: typeof find = find) {
    const onchoose = vi.fn();
    const user = userEvent.setup();
    render(Combobox, { name: 'owner', label: 'Owner', value: undefined, find: find_with, onchoose });
    return { onchoose, user, field: screen.getByRole('combobox', { name: 'Owner' }) };
  }

  it('finds by typing and is chosen from with the keyboard', async () => {
    const { onchoose, user, field } = await open();
    await user.type(field, 'thị');
    expect(await screen.findAllByRole('option')).toHaveLength(2);
    await user.keyboard('{ArrowDown}{Enter}');
    expect(onchoose).toHaveBeenLastCalledWith(people[2]);
    expect(field).toHaveValue('Ma Thị Diệp');
    expect(field).toHaveAttribute('aria-expanded', 'false');
  });

  it('does not take half a name for a choice', async () => {
    const { onchoose, user, field } = await open();
    await user.type(field, 'Ma');
    await screen.findByRole('option');
    await user.tab();
    expect(field).toHaveValue('');
    expect(onchoose).not.toHaveBeenCalledWith(people[2]);
  });

  it('says when nothing fits and when the server is silent', async () => {
    const first = await open();
    await first.user.type(first.field, 'zzz');
    expect(await screen.findByText('Nothing found')).toBeInTheDocument();
    cleanup();
    const second = await open(() => Promise.reject(new Unreachable()));
    await second.user.type(second.field, 'a');
    expect(await screen.findByText('The server cannot be reached')).toBeInTheDocument();
  });
});

describe('a file field', () => {
  it('takes a file and shows its name and size', async () => {
    const user = userEvent.setup();
    const onchoose = vi.fn();
    render(FileField, { name: 'file', label: 'Choose a file', file: undefined, accept: '.csv', onchoose });
    const file = new File(['a;b'], 'members.csv', { type: 'text/csv' });
    await user.upload(screen.getByLabelText(/Choose a file/), file);
    expect(onchoose).toHaveBeenCalledWith(file);
    expect(screen.getByText('members.csv, 1 KB')).toBeInTheDocument();
  });
});
