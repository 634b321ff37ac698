import { describe, expect, it } from 'vitest';
import { headerLines, joinHeaders } from './header-lines.js';

describe('headers for subgraphs', () => {
  it('are one line each', () => {
    expect(
      headerLines([
        ['x-tenant', 't1'],
        ['x-language', ''],
      ]).text,
    ).toBe('x-tenant: t1\r\nx-language: \r\n');
  });

  it.each(['a\r\nx-souk-context: forged', 'a\nb', 'a\0'])(
    'are refused with a line break in them: %j',
    (value) => {
      expect(() => headerLines([['x-tenant', value]])).toThrow('"x-tenant" has a line break');
      expect(() => headerLines([[value, 'x']])).toThrow('line break');
    },
  );

  it("are the gateway's own where a client's has the same name", () => {
    const forwarded = headerLines([
      ['traceparent', 'theirs'],
      ['x-tenant', 't1'],
    ]);
    const own = [['traceparent', 'ours']] as const;
    expect(joinHeaders(own, forwarded).text).toBe('traceparent: ours\r\nx-tenant: t1\r\n');
    expect(joinHeaders(undefined, forwarded)).toBe(forwarded);
    expect(joinHeaders(own, undefined).text).toBe('traceparent: ours\r\n');
  });
});
