import { GraphQLError } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { createDocumentCache } from './document-cache.js';

describe('createDocumentCache', () => {
  it('parses and validates a text once', () => {
    const validate = vi.fn(() => []);
    const cache = createDocumentCache(validate);
    expect(cache.get('{ a }').document).toBe(cache.get('{ a }').document);
    expect(validate).toHaveBeenCalledTimes(1);
  });

  it('remembers what is wrong with a document', () => {
    const error = new GraphQLError('no such field');
    expect(createDocumentCache(() => [error]).get('{ a }').errors).toEqual([error]);
    expect(createDocumentCache(() => []).get('{ a').errors[0]?.message).toMatch(/^Syntax Error/);
  });

  it('keeps no more than its limit', () => {
    const validate = vi.fn(() => []);
    const cache = createDocumentCache(validate, 2);
    for (const query of ['{ a }', '{ b }', '{ c }', '{ c }', '{ a }']) cache.get(query);
    expect(validate).toHaveBeenCalledTimes(4);
  });
});
