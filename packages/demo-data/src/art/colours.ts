/** What the taxonomy's colour names look like. */
const COLOURS: Readonly<Record<string, string>> = {
  Black: '#2b2c33',
  White: '#eceae4',
  Grey: '#8f949b',
  Charcoal: '#464a52',
  Graphite: '#50545c',
  Slate: '#5f6f7e',
  Silver: '#b9bfc7',
  Navy: '#27406b',
  Midnight: '#24304f',
  Indigo: '#3a4a7d',
  Cobalt: '#2f5fc4',
  Sky: '#7fb4dd',
  'Mid blue': '#5679ae',
  Stone: '#9a968c',
  Ecru: '#e2d8c3',
  Ivory: '#efe7d6',
  Cream: '#efe3c9',
  Oatmeal: '#d9ccb4',
  Sand: '#d6bd92',
  Honey: '#d69b45',
  Mustard: '#d9a832',
  Brass: '#c39a4a',
  Tan: '#bd8a55',
  Cognac: '#a3623a',
  Espresso: '#54392d',
  Walnut: '#6d4a33',
  Oak: '#c19a69',
  Natural: '#cfa873',
  Rust: '#b5532f',
  Terracotta: '#c4694a',
  Coral: '#ee7b66',
  Cherry: '#c03242',
  Burgundy: '#7b2b3b',
  Rose: '#dd9aa3',
  Plum: '#75436f',
  Olive: '#77783f',
  Moss: '#64783f',
  Sage: '#9cb092',
  Forest: '#2f5a46',
};
const DEFAULTS = ['#3d6f8e', '#c4694a', '#64783f', '#75436f', '#d9a832', '#2f5a46', '#27406b', '#b5532f'];

/** @param choice picks among the defaults if the name is unknown */
export const hexOf = (name: string | undefined, choice: number): string =>
  COLOURS[name ?? ''] ?? DEFAULTS[choice % DEFAULTS.length] ?? '#3d6f8e';

/** Mixes two colours in sRGB: 0 is the first, 1 the second. */
export function mix(from: string, to: string, share: number): string {
  const parts = [1, 3, 5].map((at) => {
    const [a, b] = [from, to].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16));
    return Math.round((a ?? 0) + ((b ?? 0) - (a ?? 0)) * share)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${parts.join('')}`;
}

/** 0 (black) to 1 (white), as the eye weighs it. */
export function brightness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(
    (at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255,
  );
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
