export type Encoding = 'br' | 'gzip';

/** How many different headers are remembered: browsers and libraries send a handful. */
const REMEMBERED = 200;

/**
 * Chooses by `Accept-Encoding`: what the client likes most, and of what it likes equally the first of ours.
 *
 * @param offered what we can do, the best first
 * @returns a function that answers undefined if the body has to go as it is
 * @example encodingChooser(['br', 'gzip'])('gzip, br;q=0.5') // 'gzip'
 */
export function encodingChooser(
  offered: readonly Encoding[],
): (header: string | undefined) => Encoding | undefined {
  const known = new Map<string, Encoding | undefined>();
  return (header) => {
    if (header === undefined) return undefined;
    if (known.has(header)) return known.get(header);
    const chosen = choose(offered, header);
    if (known.size < REMEMBERED) known.set(header, chosen);
    return chosen;
  };
}

function choose(offered: readonly Encoding[], header: string): Encoding | undefined {
  const weights = weightsIn(header);
  let best: { readonly encoding: Encoding; readonly weight: number } | undefined;
  for (const encoding of offered) {
    const weight = weights.get(encoding) ?? weights.get('*') ?? 0;
    if (weight > (best?.weight ?? 0)) best = { encoding, weight };
  }
  // As it is, unless that is ruled out or liked less.
  return best && best.weight >= (weights.get('identity') ?? 0) ? best.encoding : undefined;
}

const weightsIn = (header: string): ReadonlyMap<string, number> =>
  new Map(
    header.split(',').map((part) => {
      const [name = '', ...parameters] = part.split(';').map((side) => side.trim().toLowerCase());
      const given = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      const weight = given === undefined ? 1 : Number(given);
      return [name === 'x-gzip' ? 'gzip' : name, Number.isFinite(weight) ? weight : 0];
    }),
  );
