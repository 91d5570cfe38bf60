// Offers each language's compiled messages as two modules, and stops the build when the languages do not agree:
// "virtual:texts/<language>" for the shell and the start page, "virtual:texts/<language>/rest" for all other pages.
// Messages that no page names are the server's own and stay with it.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { languages, messages_folder, read_catalogue, write_keys } from './text_catalogue.mjs';

const prefix = 'virtual:texts/';
const resolved_prefix = '\0' + prefix;
const source_folder = fileURLToPath(new URL('../src', import.meta.url));
const is_first = (key) => /^(app|ui|due|today)\./.test(key);

/**
 * Says which keys the pages can ask for: those written out in the source, and those a template begins with.
 * @param {string} folder
 */
export function keys_named_in(folder = source_folder) {
  const whole = new Set();
  const beginnings = new Set();
  for (const file of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(svelte|ts)$/.test(file) || /(text_keys|types|\.test)\.ts$/.test(file)) continue;
    const source = fs.readFileSync(path.join(folder, file), 'utf8');
    for (const [, key] of source.matchAll(/['"]([a-z_]+(?:\.[a-z_]+)+)['"]/g)) whole.add(key);
    for (const [, beginning] of source.matchAll(/`([a-z_]+\.[a-z_.]*)\$\{/g)) beginnings.add(beginning);
  }
  return (key) => whole.has(key) || [...beginnings].some((beginning) => key.startsWith(beginning));
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
      const [language, part] = id.slice(resolved_prefix.length).split('/');
      if (!languages.includes(language)) this.error(`There are no messages in ${language}.`);
      const is_named = keys_named_in();
      const wanted = Object.entries(read_catalogue().compiled[language]).filter(
        ([key]) => is_named(key) && is_first(key) === (part !== 'rest'),
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
