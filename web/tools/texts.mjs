// Checks the messages of all languages and writes the typed list of their keys.
import { read_catalogue, write_keys } from './text_catalogue.mjs';

const { expected, mistakes } = read_catalogue();
if (mistakes.length > 0) {
  console.error(mistakes.join('\n'));
  process.exit(1);
}
write_keys(expected);
