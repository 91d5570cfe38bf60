// Offers each language's compiled messages as the module "virtual:texts/<language>", one chunk per language,
// and stops the build when the languages do not agree.
import { languages, messages_folder, read_catalogue, write_keys } from './text_catalogue.mjs';

const prefix = 'virtual:texts/';
const resolved_prefix = '\0' + prefix;

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
      const language = id.slice(resolved_prefix.length);
      if (!languages.includes(language)) this.error(`There are no messages in ${language}.`);
      const compiled = JSON.stringify(read_catalogue().compiled[language]);
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
