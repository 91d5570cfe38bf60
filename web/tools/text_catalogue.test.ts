import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { arguments_of, read_catalogue } from './text_catalogue.mjs';
import { compileMessage } from '@lingui/message-utils/compileMessage';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => fs.rmSync(folder, { recursive: true })));

function catalogue(files: Record<string, unknown>) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'texts-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return read_catalogue(folder);
}
const same = (content: unknown) => ({ 'vi/a.json': content, 'en/a.json': content, 'hi/a.json': content });

describe('the messages of all languages', () => {
  it('are merged from all files', () => {
    const { compiled, mistakes } = catalogue({
      ...same({ 'a.x': 'X' }),
      'vi/b.json': { 'b.y': 'Y {n}' },
      'en/b.json': { 'b.y': 'Y {n}' },
      'hi.json': { 'b.y': 'Y {n}' },
    });
    expect(mistakes).toEqual([]);
    expect(compiled.hi).toEqual({ 'a.x': ['X'], 'b.y': ['Y ', ['n']] });
  });

  it('must have the same keys', () => {
    const { mistakes } = catalogue({ ...same({ 'a.x': 'X' }), 'en/b.json': { 'a.y': 'Y' } });
    expect(mistakes).toEqual(['messages/en: a.y: is missing in vi']);
    expect(catalogue({ ...same({ 'a.x': 'X' }), 'vi/b.json': { 'a.y': 'Y' } }).mistakes).toEqual([
      'messages/en: a.y is missing',
      'messages/hi: a.y is missing',
    ]);
  });

  it('must take the same arguments', () => {
    const { mistakes } = catalogue({
      ...same({ 'a.x': '{n, plural, other {# x}}' }),
      'en/a.json': { 'a.x': '{m} x' },
    });
    expect(mistakes).toEqual(['messages/en: a.x: takes {m: string}, but {n: number} in vi']);
  });

  it('may not repeat a key, hold a broken message, or anything but texts', () => {
    const { mistakes } = catalogue({
      ...same({ 'a.x': 'X' }),
      'vi/b.json': { 'a.x': 'again', 'a.n': 7 },
      'vi/c.json': '{',
      'en/b.json': { 'a.b': '{n, plural, one {x}}' },
    });
    expect(
      mistakes.some((mistake: string) => mistake.includes('vi/b.json: a.x is already in another file')),
    ).toBe(true);
    expect(mistakes.some((mistake: string) => mistake.includes('vi/b.json: a.n is not a text'))).toBe(true);
    expect(mistakes.some((mistake: string) => mistake.includes('vi/c.json: is not valid JSON'))).toBe(true);
    expect(mistakes.some((mistake: string) => mistake.includes('messages/en: a.b'))).toBe(true);
  });

  it('may not format dates themselves', () => {
    expect(catalogue(same({ 'a.x': '{d, date, short}' })).mistakes[0]).toMatch(/time zone/);
  });
});

describe('arguments_of', () => {
  it('finds arguments inside choices', () => {
    const found = arguments_of(
      compileMessage('{k, select, a {{x}} other {{n, plural, one {#} other {# {y}}}}}'),
    );
    expect(Object.fromEntries(found)).toEqual({ k: 'string', x: 'string', n: 'number', y: 'string' });
  });
});
