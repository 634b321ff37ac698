import { expect, it } from 'vitest';
import { readDocument } from './read-document.js';

it('headings have the anchors that GitHub gives them', async () => {
  const { title, anchors } = await readDocument(
    '# `souk up`: what, *when* & why?\n\n## A_b-c\n\n## Tests\n\n## Tests\n\n## [A link](x.md) é\n',
  );
  expect(title).toBe('`souk up`: what, *when* & why?');
  expect([...anchors]).toEqual(['souk-up-what-when--why', 'a_b-c', 'tests', 'tests-1', 'a-link-é']);
});

it('links, images, definitions and pictures in HTML are links, code is not', async () => {
  const { links } = await readDocument(
    '[a](a.md "A") ![b](b.png) [c][c] `[d](d.md)`\n\n[c]: c.md#x\n\n<img src="e.jpg">\n\n```\n[f](f.md)\n```\n',
  );
  expect([...links].sort()).toEqual(['a.md', 'b.png', 'c.md#x', 'e.jpg']);
});

it('code is what stands in backticks and in blocks', async () => {
  const { spans, code } = await readDocument(
    '`a/b.ts`\n\n| x |\n| --- |\n| `c/` |\n\n```sh\nnpm run d\n```\n',
  );
  expect(spans).toEqual(['a/b.ts', 'c/']);
  expect(code).toEqual(['a/b.ts', 'c/', 'npm run d']);
});
