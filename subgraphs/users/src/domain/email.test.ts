import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalEmail } from './email.js';

describe('canonicalEmail', () => {
  it.each([
    ['ada@shop.test', 'ada@shop.test'],
    ['  Ada.Lovelace+news@Shop.TEST ', 'ada.lovelace+news@shop.test'],
    ["o'brien_42@mail.example.co.uk", "o'brien_42@mail.example.co.uk"],
    ['ada@BÜRO.example', 'ada@xn--bro-hoa.example'],
    ['José@shop.test', 'jos\u00e9@shop.test'],
    ['jose\u0301@shop.test', 'jos\u00e9@shop.test'],
  ])('%s becomes %s', (input, expected) => expect(canonicalEmail(input)).toBe(expected));

  it.each([
    '',
    'ada',
    'ada@',
    '@shop.test',
    'ada@shop',
    'ada lovelace@shop.test',
    'ada@shop..test',
    'ada@-shop.test',
    'ada@127.0.0.1',
    'ada@[127.0.0.1]',
    '.ada@shop.test',
    'ada.@shop.test',
    'a..da@shop.test',
    'ada@b@shop.test',
    'Ada <ada@shop.test>',
    'ada\n@shop.test',
    `${'a'.repeat(65)}@shop.test`,
    `ada@${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example`,
  ])('%j is no address', (input) => expect(canonicalEmail(input)).toBeUndefined());

  it('changes nothing that it has made, and what it makes is lower case without spaces', () => {
    const maybeEmails = fc.oneof(fc.emailAddress(), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(maybeEmails, (input) => {
        const email = canonicalEmail(input);
        if (email === undefined) return;
        expect(canonicalEmail(email)).toBe(email);
        expect(canonicalEmail(` ${input}\t`)).toBe(email);
        expect(email).toBe(email.toLowerCase().trim());
      }),
    );
  });
});
