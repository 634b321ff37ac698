import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';

const docs = path.join(import.meta.dirname, '../../../docs');
const here = path.relative(docs, import.meta.dirname);

/** `| what fails | then | [test](file) |`, as the title that its test must have. */
const LINE = /^\| (?<fault>.+?) +\| (?<then>.+?) +\| \[test\]\((?<file>[^)]+)\) +\|$/gm;

const linesOf = (text: string): { title: string; file: string }[] =>
  [...text.matchAll(LINE)].map(({ groups }) => ({
    title: `${groups?.['fault']}: ${groups?.['then']}`.replaceAll('`', ''),
    file: groups?.['file'] ?? '',
  }));

const titlesIn = (source: string): string[] =>
  [...source.matchAll(/\bit(?:\.each\(.*\))?\(\s*(['"`])((?:(?!\1)[^\\]|\\.)*)\1/g)].map(([, , title = '']) =>
    title.replaceAll(/\\(.)/g, '$1'),
  );

const lines = linesOf(await readFile(path.join(docs, 'faults.md'), 'utf8'));

it('docs/faults.md has lines, each once', () => {
  expect(lines.length).toBeGreaterThan(20);
  const texts = lines.map(({ title, file }) => `${file} ${title}`);
  expect(new Set(texts).size).toBe(texts.length);
});

it('each line of docs/faults.md is a test', async () => {
  for (const file of new Set(lines.map((line) => line.file))) {
    const wanted = lines.filter((line) => line.file === file).map(({ title }) => title);
    const titles = titlesIn(await readFile(path.join(docs, file), 'utf8'));
    expect(titles, file).toEqual(expect.arrayContaining(wanted));
  }
});

it('each test of this folder is a line of docs/faults.md', async () => {
  const files = (await readdir(import.meta.dirname)).filter((name) => name.endsWith('.int.test.ts'));
  for (const name of files) {
    const file = path.join(here, name);
    const described = lines.filter((line) => line.file === file).map(({ title }) => title);
    expect(titlesIn(await readFile(path.join(import.meta.dirname, name), 'utf8')), name).toEqual(described);
  }
});
