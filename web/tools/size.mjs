// Refuses a build that is too heavy for a village network, as the server sends it, without headers: what the first visit
// needs (the sign-in page and the first page), and what a phone needs that opens the record of a meeting, down to the
// last of its pages. For Vietnamese and English; Hindi adds its letters.
import fs from 'node:fs';
import path from 'node:path';

const limit = 130_000;
const lazy_limit = 30_000;
const sent_size = (file) => fs.statSync(fs.existsSync(`${file}.br`) ? `${file}.br` : file).size;
const size_of = (file) => sent_size(path.join('dist', file));

const parts = JSON.parse(fs.readFileSync('dist/.vite/manifest.json', 'utf8'));

// The files of these parts of the app and of all that they import from the start.
function files_of(names) {
  const reached = new Set(names);
  for (const name of reached) {
    if (!parts[name]) throw new Error(`The build has no ${name}.`);
    for (const next of parts[name].imports ?? []) reached.add(next);
  }
  return [...reached].flatMap((name) => [parts[name].file, ...(parts[name].css ?? [])]);
}
const words_of = (language, part = '') => {
  const name = Object.keys(parts).find((each) => each.endsWith(`virtual:texts/${language}${part}`));
  if (!name) throw new Error(`The build has no words ${language}${part}.`);
  return name;
};
const sum_of = (files) => files.reduce((sum, file) => sum + size_of(file), 0);

const assets = fs.readdirSync('dist/assets').filter((name) => !/\.(br|gz)$/.test(name));
const fonts = assets.filter((name) => /^bvp-.*\.woff2$/.test(name)).map((name) => `assets/${name}`);
const page = ['index.html', 'boot.js', 'icon.svg', 'manifest.webmanifest', ...fonts];
const record = ['src/meetings/Record.svelte', 'src/meetings/record_parts.ts'];

const flows = [
  ['the first visit', ['src/dashboard/Today.svelte'], ['']],
  ['the first visit of a unit', ['src/organisation/UnitPage.svelte'], ['']],
  ['recording a meeting', record, ['', '_record']],
];

let is_refused = false;
const first_needed = [];
for (const [flow, pages, words] of flows) {
  // The heavier language stands for the other.
  const [heaviest] = ['vi', 'en']
    .map((language) => words.map((part) => words_of(language, part)))
    .map((texts) => [...new Set([...page, ...files_of(['index.html', ...pages, ...texts])])])
    .sort((a, b) => sum_of(b) - sum_of(a));
  first_needed.push(...heaviest);
  for (const file of heaviest) console.log(String(size_of(file)).padStart(8), file);
  const sum = sum_of(heaviest);
  console.log(String(sum).padStart(8), `${flow}, ${heaviest.length} files, limit ${limit}\n`);
  if (sum > limit) {
    console.error(`${flow} is ${sum - limit} bytes too heavy.`);
    is_refused = true;
  }
}

const heavy = assets
  .filter((name) => /\.(js|css)$/.test(name) && !first_needed.includes(`assets/${name}`))
  .map((name) => ({ name, size: size_of(`assets/${name}`) }))
  .filter(({ size }) => size > lazy_limit);
for (const { name, size } of heavy)
  console.error(`${name} is ${size} bytes, over ${lazy_limit} for one page`);
process.exit(is_refused || heavy.length > 0 ? 1 : 0);
