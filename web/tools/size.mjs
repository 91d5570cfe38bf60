// Refuses a build whose first visit is too heavy for a village network: everything the sign-in page and
// the first page need, as the server sends it, for Vietnamese and English. Hindi adds its letters.
import fs from 'node:fs';
import path from 'node:path';

const limit = 130_000;
const lazy_limit = 30_000;
const sent_size = (file) => fs.statSync(fs.existsSync(`${file}.br`) ? `${file}.br` : file).size;

const html = fs.readFileSync('dist/index.html', 'utf8');
const named_in_page = [...html.matchAll(/(?:src|href)="\/((?:assets\/|boot)[^"]*\.(?:js|css))"/g)].map(
  (match) => match[1],
);
const assets = fs.readdirSync('dist/assets').filter((name) => !/\.(br|gz)$/.test(name));
const fonts = assets.filter((name) => /^bvp-.*\.woff2$/.test(name)).map((name) => `assets/${name}`);
// The heaviest language and the heaviest first page stand for all others.
const heaviest = (pattern) =>
  assets
    .filter((name) => pattern.test(name))
    .map((name) => `assets/${name}`)
    .sort((a, b) => sent_size(path.join('dist', b)) - sent_size(path.join('dist', a)))[0];
const first_pages = [
  heaviest(/^(vi|en)-.*\.js$/),
  heaviest(/^(Today|UnitPage)-.*\.js$/),
  heaviest(/^(Today|UnitPage)-.*\.css$/),
];
const first_visit = [...new Set(['index.html', ...named_in_page, ...fonts, ...first_pages.filter(Boolean)])];

let sum = 0;
for (const file of first_visit) {
  const size = sent_size(path.join('dist', file));
  sum += size;
  console.log(String(size).padStart(8), file);
}
console.log(String(sum).padStart(8), `first visit, limit ${limit}`);
const heavy = assets
  .filter((name) => /\.(js|css)$/.test(name) && !first_visit.includes(`assets/${name}`))
  .map((name) => ({ name, size: sent_size(path.join('dist/assets', name)) }))
  .filter(({ size }) => size > lazy_limit);
for (const { name, size } of heavy)
  console.error(`${name} is ${size} bytes, over ${lazy_limit} for one page`);
if (sum > limit) console.error(`The first visit is ${sum - limit} bytes too heavy.`);
process.exit(sum > limit || heavy.length > 0 ? 1 : 0);
