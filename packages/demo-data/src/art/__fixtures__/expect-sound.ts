import { expect } from 'vitest';

const TAG = /<(\/?)([a-zA-Z]+)((?:\s+[a-zA-Z][a-zA-Z0-9:-]*="[^"<]*")*)\s*(\/?)>/g;
const ENTITY = /&(?!#\d+;)/;

/**
 * A small strict reading of XML: tags nest, attributes are quoted and not repeated, text holds no bare sign, every
 * paint that is used is defined, no number went missing, and nothing is loaded or run.
 */
export function expectSound(svg: string): void {
  const open: string[] = [];
  for (const [, close, name = '', attributes = '', selfClosed] of svg.matchAll(TAG)) {
    const names = [...attributes.matchAll(/([a-zA-Z][a-zA-Z0-9:-]*)="/g)].map(([, attribute]) => attribute);
    expect(new Set(names).size).toBe(names.length);
    if (close) expect(open.pop()).toBe(name);
    else if (!selfClosed) open.push(name);
  }
  expect(open).toEqual([]);
  const text = svg.replace(TAG, '');
  expect(text).not.toMatch(/[<>]/);
  expect(svg).not.toMatch(ENTITY);
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*><title>[^<]+<\/title>/);
  const markup = svg.replace(/>[^<]*</g, '><');
  expect(markup).not.toMatch(/NaN|undefined|null|Infinity/);
  expect(markup).not.toMatch(/<(script|foreignObject|image|style|use)\b|\son[a-z]+=|href|url\((?!#)/);
  const ids = [...markup.matchAll(/ id="(\w+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, id] of markup.matchAll(/url\(#(\w+)\)/g)) expect(ids).toContain(id);
}
