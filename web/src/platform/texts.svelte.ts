// The words of the page. t('key', arguments) gives the text in the chosen language and follows a change of it.
import { setupI18n, type Messages } from '@lingui/core';
import { is_language, tag_of, type Language } from './language';
import type { TextKeys } from './text_keys';

export type TextKey = keyof TextKeys;
// Keys that need no arguments: what a list of pages or columns may name.
export type PlainTextKey = { [K in TextKey]: TextKeys[K] extends undefined ? K : never }[TextKey];

type Catalogue = () => Promise<{ messages: Messages }>;

// The words of the shell and the start page come first, those for writing down a meeting and those of all other pages
// when one of these is opened.
type Part = 'first' | 'record' | 'rest';
const catalogues: Record<Part, Record<Language, Catalogue>> = {
  first: {
    vi: () => import('virtual:texts/vi'),
    en: () => import('virtual:texts/en'),
    hi: () => import('virtual:texts/hi'),
  },
  record: {
    vi: () => import('virtual:texts/vi_record'),
    en: () => import('virtual:texts/en_record'),
    hi: () => import('virtual:texts/hi_record'),
  },
  rest: {
    vi: () => import('virtual:texts/vi_rest'),
    en: () => import('virtual:texts/en_rest'),
    hi: () => import('virtual:texts/hi_rest'),
  },
};

const i18n = setupI18n();
const chosen = $state<{ language: Language }>({ language: 'vi' });
const wanted_parts = new Set<Part>(['first']);
const storage_key = 'groundwork.language';

export const current_language = (): Language => chosen.language;
export const current_tag = (): string => tag_of(chosen.language);

export function t<K extends TextKey>(
  key: K,
  ...values: TextKeys[K] extends undefined ? [] : [TextKeys[K]]
): string {
  // Reading the state makes every text on the page follow the chosen language.
  void chosen.language;
  return i18n._(key, values[0] as Record<string, unknown> | undefined);
}

// The text for a key made at run time, such as a stored enum value; undefined when there is none.
export function find_text(key: string): string | undefined {
  void chosen.language;
  return key in i18n.messages ? i18n._(key) : undefined;
}

// Has these words from now on, in this language and in the next one chosen.
async function have_words(parts: Part[]): Promise<void> {
  for (const part of parts) wanted_parts.add(part);
  const { language } = chosen;
  const found = await Promise.all(parts.map((part) => catalogues[part][language]()));
  for (const { messages } of found) i18n.load(language, messages);
}

export const have_record_words = (): Promise<void> => have_words(['record']);
export const have_all_words = (): Promise<void> => have_words(['record', 'rest']);

export async function use_language(language: Language): Promise<void> {
  const found = await Promise.all([...wanted_parts].map((part) => catalogues[part][language]()));
  for (const { messages } of found) i18n.load(language, messages);
  i18n.activate(language, [tag_of(language)]);
  chosen.language = language;
  document.documentElement.lang = language;
  try {
    localStorage.setItem(storage_key, language);
  } catch {
    // Without storage the choice lasts until the page closes.
  }
}

// The language chosen on this device before, else the first one of the device that we speak.
export function language_of_device(): Language {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(storage_key);
  } catch {
    // Storage may be switched off.
  }
  if (is_language(stored)) return stored;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(is_language) ?? 'vi';
}
