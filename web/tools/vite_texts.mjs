// Offers each language's compiled messages in three parts, and stops the build when the languages do not agree:
// "virtual:texts/<language>" for the shell and the start page, "virtual:texts/<language>_record" for writing down
// a meeting, "virtual:texts/<language>_rest" for all other pages.
// Messages that no page names are the server's own and stay with it.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { languages, messages_folder, read_catalogue, write_keys } from './text_catalogue.mjs';

const prefix = 'virtual:texts/';
const resolved_prefix = '\0' + prefix;
const source_folder = fileURLToPath(new URL('../src', import.meta.url));
const is_first = (key) => /^(app|ui|due|today)\./.test(key);
const record_pages = ['meetings/Record.svelte', 'meetings/RecordMeeting.svelte', 'meetings/record_parts.ts'];

/**
 * The source files below a folder.
 * @param {string} folder
 */
function source_files(folder = source_folder) {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(svelte|ts)$/.test(file) && !/(text_keys|types|\.test)\.ts$/.test(file))
    .map((file) => path.join(folder, file));
}

/**
 * These files and those of our own that they import, which in turn import others.
 * @param {string[]} files
 */
function files_reached_from(files) {
  const ours = new Set(source_files());
  const reached = new Set(files);
  for (const file of reached)
    for (const [, address] of fs.readFileSync(file, 'utf8').matchAll(/(?:from|import) '(\.[^']+)'/g)) {
      const named = path.resolve(path.dirname(file), address);
      const found = [named, `${named}.ts`].find((each) => ours.has(each));
      if (found) reached.add(found);
    }
  return [...reached];
}

/**
 * Says which keys these files can ask for: those written out in the source, and those a template begins with.
 * @param {string[]} files
 */
export function keys_named_in(files = source_files()) {
  const whole = new Set();
  const beginnings = new Set();
  for (const file of files) {
    const source = fs.readFileSync(file, 'utf8');
    for (const [, key] of source.matchAll(/['"]([a-z_]+(?:\.[a-z_]+)+)['"]/g)) whole.add(key);
    for (const [, beginning] of source.matchAll(/`([a-z_]+\.[a-z_.]*)\$\{/g)) beginnings.add(beginning);
  }
  return (key) => whole.has(key) || [...beginnings].some((beginning) => key.startsWith(beginning));
}

/** Says which part of the messages a key belongs to; undefined for those that stay with the server. */
function part_finder() {
  const is_named = keys_named_in();
  const is_for_recording = keys_named_in(
    files_reached_from(record_pages.map((page) => path.join(source_folder, page))),
  );
  return (key) => {
    if (!is_named(key)) return undefined;
    if (is_first(key)) return 'first';
    return is_for_recording(key) ? 'record' : 'rest';
  };
}

/** @returns {import('vite').Plugin} */
export function texts() {
  return {
    name: 'groundwork-texts',
    buildStart() {
      const { expected, mistakes } = read_catalogue();
      if (mistakes.length > 0) this.error(mistakes.join('\n'));
      write_keys(expected);
    },
    resolveId(id) {
      return id.startsWith(prefix) ? '\0' + id : undefined;
    },
    load(id) {
      if (!id.startsWith(resolved_prefix)) return undefined;
      const [language, part = 'first'] = id.slice(resolved_prefix.length).split('_');
      if (!languages.includes(language)) this.error(`There are no messages in ${language}.`);
      const part_of = part_finder();
      const wanted = Object.entries(read_catalogue().compiled[language]).filter(
        ([key]) => part_of(key) === part,
      );
      const compiled = JSON.stringify(Object.fromEntries(wanted));
      // A browser parses a long JSON text faster than the same object written as code.
      return `export const messages = JSON.parse(${JSON.stringify(compiled)});`;
    },
    configureServer(server) {
      server.watcher.add(messages_folder);
      server.watcher.on('change', (file) => {
        if (!file.startsWith(messages_folder)) return;
        const { expected, mistakes } = read_catalogue();
        if (mistakes.length > 0) server.config.logger.error(mistakes.join('\n'));
        write_keys(expected);
        server.moduleGraph.invalidateAll();
        server.ws.send({ type: 'full-reload' });
      });
    },
  };
}
