import { expect, it } from 'vitest';
import { checkOptions } from './check-options.js';

const problemsOf = (headers: unknown): string => {
  try {
    checkOptions({ headers });
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

it('takes rules of all kinds', () => {
  expect(
    problemsOf({
      request: [
        { propagate: 'accept-language', as: 'x-language', default: 'en' },
        { propagate: '/^x-tenant-/', subgraphs: ['orders'] },
        { insert: 'x-from', value: 'gateway' },
        { remove: '/^x-tenant-secret/' },
      ],
      response: [{ propagate: 'set-cookie' }, { propagate: 'x-region', merge: 'first' }],
    }),
  ).toBe('');
});

it.each([
  [{ request: [{ propagate: 'host' }] }, 'headers.request.0.propagate: is a header of the connection'],
  [{ request: [{ insert: 'x-souk-context', value: 'x' }] }, 'headers.request.0.insert: is a header of'],
  [{ request: [{ propagate: 'x-a', as: 'content-length' }] }, 'headers.request.0.as: is a header of'],
  [{ response: [{ propagate: 'access-control-allow-origin' }] }, 'headers.response.0.propagate: is a header'],
  [{ response: [{ propagate: 'X-Region' }] }, 'must be a header name in lower case'],
  [{ request: [{ propagate: '/(/' }] }, 'headers.request.0.propagate: Invalid regular expression'],
  [{ request: [{ propagate: '/x/', as: 'y' }] }, 'headers.request.0.as: needs a name in "propagate"'],
  [{ request: [{ insert: 'x-a', value: 'a\r\nx-b: c' }] }, 'headers.request.0.value: must be plain ASCII'],
  [{ request: [{ pass: 'x' }] }, 'headers.request.0: must have one of propagate, insert, remove'],
  [{ request: [{ propagate: 'x', merge: 'last' }] }, 'headers.request.0: Unrecognized key: "merge"'],
  [{ response: [{ propagate: 'x', merge: 'middle' }] }, 'headers.response.0.merge: Invalid option'],
])('names the place and the problem: %j', (headers, problem) => {
  expect(problemsOf(headers)).toContain(problem);
});
