/** How many cases are compared, and where randomness starts: anywhere, unless the environment says so. */
export function differentialCases(): { readonly cases: number; readonly seed: number } {
  const cases = Number(process.env['SOUK_DIFFERENTIAL_CASES'] ?? 1_000);
  const seed = Number(process.env['SOUK_DIFFERENTIAL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  if (!Number.isInteger(cases) || cases < 1)
    throw new Error('SOUK_DIFFERENTIAL_CASES must be a number above 0.');
  if (!Number.isInteger(seed)) throw new Error('SOUK_DIFFERENTIAL_SEED must be a whole number.');
  return { cases, seed };
}

/** True if the answers of the rules are to be written down anew. */
export const writesExpected = (): boolean => process.env['SOUK_WRITE_EXPECTED'] === '1';
