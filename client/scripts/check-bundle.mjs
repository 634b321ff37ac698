// Fails when the shop's first load grows too heavy: the entry, the home page and all that these import
// statically, as gzipped JavaScript. What is loaded later (drawer, checkout, back office) does not count.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** Kilobytes of 1,000 bytes. */
const MOST = 110;
const HOME = 'src/catalogue/HomePage.vue';

const dist = path.join(import.meta.dirname, '../dist');
const manifest = JSON.parse(readFileSync(path.join(dist, '.vite/manifest.json'), 'utf8'));

const chunks = new Set();
function visit(key) {
  if (chunks.has(key)) return;
  chunks.add(key);
  for (const imported of manifest[key].imports ?? []) visit(imported);
}
visit('index.html');
visit(HOME);

const sizes = [...chunks]
  .map((key) => ({
    file: manifest[key].file,
    size: gzipSync(readFileSync(path.join(dist, manifest[key].file))).length,
  }))
  .sort((a, b) => b.size - a.size);
const total = sizes.reduce((sum, { size }) => sum + size, 0) / 1000;
const lines = sizes.map(({ file, size }) => `  ${(size / 1000).toFixed(1).padStart(6)} kB  ${file}`);

console.log(`First load of the shop: ${total.toFixed(1)} kB of gzipped JavaScript, at most ${MOST}.`);
if (total > MOST) {
  console.error(`${lines.join('\n')}\nMake it lighter: load something later, or import less of it.`);
  process.exit(1);
}
