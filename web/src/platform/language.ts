// The three languages of the page, and the tags under which the browser knows them.
export type Language = 'vi' | 'en' | 'hi';

export const languages: { code: Language; name: string; short: string }[] = [
  { code: 'vi', name: 'Tiếng Việt', short: 'VI' },
  { code: 'en', name: 'English', short: 'EN' },
  { code: 'hi', name: 'हिन्दी', short: 'हि' },
];

// Hindi keeps Western digits in figures and dates, as Indian offices do.
const tags: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB', hi: 'hi-IN-u-nu-latn' };

export const tag_of = (language: Language): string => tags[language];

export const is_language = (text: unknown): text is Language =>
  text === 'vi' || text === 'en' || text === 'hi';
