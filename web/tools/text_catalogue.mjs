// Reads the ICU messages of all languages from ../messages, checks that the languages agree,
// and compiles them for @lingui/core. Used by the build, the type check and the tests.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileMessage } from '@lingui/message-utils/compileMessage';

export const languages = ['vi', 'en', 'hi'];
const here = path.dirname(fileURLToPath(import.meta.url));
export const messages_folder = path.resolve(here, '../../messages');
const keys_file = path.resolve(here, '../src/platform/text_keys.ts');

/**
 * The messages of one language: every *.json of its folder, and <language>.json beside the folder, merged.
 * A key may stand in one file only.
 * @param {string} folder
 * @param {string} language
 * @returns {{ messages: Record<string, string>, mistakes: string[] }}
 */
export function read_messages(folder, language) {
  /** @type {Record<string, string>} */
  const messages = {};
  const mistakes = [];
  const of_language = path.join(folder, language);
  const files = fs.existsSync(of_language)
    ? fs
        .readdirSync(of_language)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => path.join(of_language, name))
    : [];
  const single = path.join(folder, `${language}.json`);
  if (fs.existsSync(single)) files.push(single);
  for (const file of files) {
    const name = path.relative(folder, file);
    let content;
    try {
      content = JSON.parse(fs.readFileSync(file, 'utf8'));
    } catch (error) {
      mistakes.push(`${name}: is not valid JSON (${error.message})`);
      continue;
    }
    for (const [key, text] of Object.entries(content)) {
      if (typeof text !== 'string') mistakes.push(`${name}: ${key} is not a text`);
      else if (key in messages) mistakes.push(`${name}: ${key} is already in another file`);
      else messages[key] = text;
    }
  }
  return { messages, mistakes };
}

/**
 * The arguments of a compiled message and what the page must pass for each.
 * @param {unknown} compiled
 * @param {Map<string, string>} into
 */
export function arguments_of(compiled, into = new Map()) {
  if (!Array.isArray(compiled)) return into;
  for (const part of compiled) {
    if (!Array.isArray(part)) continue;
    const [name, kind, detail] = part;
    const type = kind === undefined || kind === 'select' ? 'string' : 'number';
    // The same argument may be chosen by and shown; a number stays a number.
    if (into.get(name) !== 'number') into.set(name, type);
    if (kind === 'date' || kind === 'time') into.set(name, kind);
    if (detail && typeof detail === 'object') {
      for (const [option, inner] of Object.entries(detail))
        if (option !== 'offset') arguments_of(inner, into);
    }
  }
  return into;
}

/**
 * All languages, compiled, with every disagreement between them.
 * @param {string} folder
 */
export function read_catalogue(folder = messages_folder) {
  const mistakes = [];
  /** @type {Record<string, Record<string, unknown>>} */
  const compiled = {};
  /** @type {Record<string, Map<string, string>>} */
  const expected = {};
  for (const language of languages) {
    const read = read_messages(folder, language);
    mistakes.push(...read.mistakes.map((mistake) => `messages/${mistake}`));
    const of_language = (compiled[language] = {});
    for (const [key, text] of Object.entries(read.messages)) {
      const where = `messages/${language}: ${key}`;
      let tokens;
      try {
        tokens = compileMessage(text);
      } catch (error) {
        mistakes.push(`${where}: ${error.message.split('\n')[0]}`);
        continue;
      }
      of_language[key] = tokens;
      const found = arguments_of(tokens);
      for (const [name, type] of found) {
        if (type === 'date' || type === 'time') {
          mistakes.push(
            `${where}: {${name}, ${type}} would use the device's time zone; pass the formatted text`,
          );
        }
      }
      if (language === languages[0]) expected[key] = found;
      else if (!(key in expected)) mistakes.push(`${where}: is missing in ${languages[0]}`);
      else if (describe(found) !== describe(expected[key])) {
        mistakes.push(
          `${where}: takes ${describe(found)}, but ${describe(expected[key])} in ${languages[0]}`,
        );
      }
    }
    for (const key of Object.keys(expected)) {
      if (!(key in read.messages)) mistakes.push(`messages/${language}: ${key} is missing`);
    }
  }
  return { compiled, expected, mistakes };
}

const describe = (found) =>
  found.size === 0
    ? 'no arguments'
    : [...found]
        .map(([name, type]) => `{${name}: ${type}}`)
        .sort()
        .join(' ');

/**
 * Writes the typed list of keys when it changed. A key without arguments maps to undefined.
 * @param {Record<string, Map<string, string>>} expected
 */
export function write_keys(expected) {
  const lines = Object.keys(expected)
    .sort()
    .map((key) => {
      const fields = [...expected[key]].map(([name, type]) => `${name}: ${type}`).sort();
      return `  ${JSON.stringify(key)}: ${fields.length ? `{ ${fields.join('; ')} }` : 'undefined'};`;
    });
  const text = `// A generated file: tools/texts.mjs writes it from ../messages.\nexport interface TextKeys {\n${lines.join('\n')}\n}\n`;
  if (!fs.existsSync(keys_file) || fs.readFileSync(keys_file, 'utf8') !== text)
    fs.writeFileSync(keys_file, text);
}
