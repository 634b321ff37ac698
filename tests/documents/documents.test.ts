import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type Document, readDocument } from './read-document.js';
import { isGenerated, packages, paths, root, rootScripts } from './repository.js';

const known = new Set(paths);
const documents = new Map<string, Document>(
  await Promise.all(
    paths
      .filter((file) => file.endsWith('.md'))
      .map(async (file) => [file, await readDocument(readFileSync(path.join(root, file), 'utf8'))] as const),
  ),
);
const isDecision = (file: string): boolean => /^docs\/adr\/\d/.test(file);
const decisions = [...documents].filter(([file]) => isDecision(file));
// What a decision names is what there was when it was made.
const today = [...documents].filter(([file]) => !isDecision(file));

const isFile = (target: string): boolean => known.has(target) || known.has(`${target}/`);

function faultOfLink(file: string, link: string): string | undefined {
  if (/^[a-z]+:/.test(link)) return undefined;
  const [to = '', anchor] = decodeURI(link).split('#');
  const target = to === '' ? file : path.join(path.dirname(file), to).replace(/\/$/, '');
  if (!isFile(target)) return `${file}: there is no ${target}, link to a file of the repository`;
  if (anchor === undefined || documents.get(target)?.anchors.has(anchor)) return undefined;
  return `${file}: no heading of ${target} has the anchor #${anchor}, link to one that has`;
}

it('every link and every picture leads to what is there', () => {
  const faults = [...documents].flatMap(([file, { links }]) =>
    links.flatMap((link) => faultOfLink(file, link) ?? []),
  );
  expect(faults).toEqual([]);
});

/** `<name>` and `*` stand for anything that has no slash. */
const patternOf = (text: string): string =>
  text
    .split(/<[^>]+>|\*/)
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('[^/]+');

const SCRIPT = /\bnpm (?:run (?:-s )?([\w:-]+)|(start|test)\b)(?: -w (\S+))?/g;

it('every script that is named is there', () => {
  const faults = today.flatMap(([file, { code }]) =>
    [...code.join('\n').matchAll(SCRIPT)].flatMap(([text, run, short, workspace]) => {
      const script = run ?? short ?? '';
      const of = new RegExp(`^${patternOf(workspace ?? '')}$`);
      const scripts = workspace
        ? packages.filter(({ name }) => of.test(name)).flatMap((one) => one.scripts)
        : rootScripts;
      return scripts.includes(script) ? [] : [`${file}: \`${text}\` is no script, name one of package.json`];
    }),
  );
  expect(faults).toEqual([]);
});

const NAME = String.raw`[\w@<*][\w@.<>*-]*`;
const isFileName = (span: string): boolean =>
  new RegExp(`^${NAME}\\.(?:ts|mjs|vue|md|graphql|sql)$`).test(span);
const isPath = (span: string): boolean =>
  new RegExp(`^\\.?${NAME}(?:/${NAME})*/(?:${NAME}\\.(?:ts|mjs|vue|md|graphql|sql|json|ya?ml|jpg))?$`).test(
    span,
  ) ||
  (new RegExp(`^\\.?${NAME}(?:/${NAME})+$`).test(span) && known.has(span.replace(/\/.*/, '/')));

/** The folder of the workspace that a document is about; of all others, the whole repository. */
const aboutOf = (file: string): string =>
  /^(?:gateway|client|(?:packages|subgraphs)\/[^/]+)\//.exec(file)?.[0] ?? '';

/** A path begins at the root, or at any folder of what the document is about: `store/append-records.ts`. */
function isThere(file: string, span: string): boolean {
  const pattern = `${patternOf(span)}/?$`;
  const fromRoot = new RegExp(`^${pattern}`);
  const fromAnywhere = new RegExp(`(?:^|/)${pattern}`);
  const about = isFileName(span) ? '' : aboutOf(file);
  return paths.some((one) => fromRoot.test(one) || (one.startsWith(about) && fromAnywhere.test(one)));
}

it('every path in backticks is one of the repository', () => {
  const faults = today.flatMap(([file, { spans }]) =>
    spans
      .filter((span) => (isPath(span) || isFileName(span)) && !isGenerated(span) && !isThere(file, span))
      .map((span) => `${file}: there is no ${span}, name a file of the repository`),
  );
  expect(faults).toEqual([]);
});

it('docs/adr/README.md lists every decision once, under its own title', () => {
  const lines = readFileSync(path.join(root, 'docs/adr/README.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('- '));
  const wanted = decisions.map(([file, { title }]) => `- [${title}](${path.basename(file)})`);
  expect(lines.sort()).toEqual(wanted.sort());
});

it('a decision has a number of its own, in its title and in its name', () => {
  const numbers = decisions.map(([file]) => path.basename(file).slice(0, 4));
  expect(decisions.map(([, { title }]) => title.slice(0, 5))).toEqual(numbers.map((number) => `${number} `));
  expect(new Set(numbers).size).toBe(numbers.length);
});

it('docs/README.md names every document of docs/ and every README', () => {
  const named = new Set(documents.get('docs/README.md')?.links.map((link) => path.join('docs', link)));
  const missing = today
    .map(([file]) => file)
    .filter((file) => /^docs\/|README\.md$/.test(file) && !named.has(file))
    .filter((file) => file !== 'docs/README.md' && file !== 'README.md');
  expect(missing).toEqual([]);
});
