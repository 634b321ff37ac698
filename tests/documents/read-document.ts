import type { ParserOptions } from 'prettier';
import { parsers } from 'prettier/plugins/markdown';

/** What one Markdown file says that can be true or false. */
export interface Document {
  /** Its first heading, as it is written: with the backticks. */
  readonly title: string;
  /** What may stand after the # of a link that leads here. */
  readonly anchors: ReadonlySet<string>;
  /** Where links and images lead, as it is written: `../README.md#tests`. */
  readonly links: readonly string[];
  /** What stands in backticks within a sentence. */
  readonly spans: readonly string[];
  /** Spans and blocks of code. */
  readonly code: readonly string[];
}

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  readonly children?: readonly Node[];
}

/**
 * Reads one Markdown file with the parser that also formats it.
 *
 * @example
 * (await readDocument('# Tests\n\nSee [how](../README.md).')).links; // ['../README.md']
 */
export async function readDocument(text: string): Promise<Document> {
  // The parser looks at no option.
  const root = (await parsers.markdown.parse(text, {} as ParserOptions)) as Node;
  const nodes = [...within(root)];
  const valuesOf = (...types: string[]): string[] =>
    nodes.flatMap(({ type, value }) => (types.includes(type) && value !== undefined ? [value] : []));
  return {
    title: /^# (.+)$/m.exec(text)?.[1] ?? '',
    anchors: anchorsOf(nodes.filter(({ type }) => type === 'heading').map(textOf)),
    links: [
      ...nodes.flatMap(({ url }) => url ?? []),
      ...valuesOf('html').flatMap((html) =>
        [...html.matchAll(/\b(?:href|src)="([^"]+)"/g)].map(([, url = '']) => url),
      ),
    ],
    spans: valuesOf('inlineCode'),
    code: valuesOf('inlineCode', 'code'),
  };
}

function* within(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children ?? []) yield* within(child);
}

const textOf = (node: Node): string => node.value ?? (node.children ?? []).map(textOf).join('');

/** GitHub's rule: lower case, punctuation goes, blanks are hyphens, and the second of a name is `name-1`. */
function anchorsOf(headings: readonly string[]): Set<string> {
  const anchors = new Set<string>();
  for (const heading of headings) {
    const slug = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let count = 1; anchors.has(anchor); count += 1) anchor = `${slug}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}
