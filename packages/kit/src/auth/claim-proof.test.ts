import { expect, test } from 'vitest';
import { isProofOf, proofOf } from './claim-proof.js';

const SECRET = 'a secret of at least thirty-two characters';

test('a proof holds for its claim and its secret, and for nothing else', () => {
  const proof = proofOf('order-reader:o1', SECRET);
  expect(isProofOf('order-reader:o1', proof, SECRET)).toBe(true);
  expect(isProofOf('order-reader:o2', proof, SECRET)).toBe(false);
  expect(isProofOf('order-reader:o1', proof, `${SECRET}!`)).toBe(false);
  expect(isProofOf('order-reader:o1', `${proof}A`, SECRET)).toBe(false);
  for (const nothing of [undefined, null, ''])
    expect(isProofOf('order-reader:o1', nothing, SECRET)).toBe(false);
});
