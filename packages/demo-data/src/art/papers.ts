/** Pale papers: no product shouts at them, and they look well on a cream page and on a dark one. */
const PAPERS = {
  apricot: '#f8ddb9',
  blush: '#f4d8cd',
  clay: '#ecccb8',
  lilac: '#ddd6f0',
  linen: '#efe3cb',
  majorelle: '#d2d9f4',
  mint: '#cbe6da',
  pearl: '#e1e4ea',
  saffron: '#f8e3ab',
  sage: '#d8e4cd',
  sky: '#d0e3f0',
} as const;

type PaperName = keyof typeof PAPERS;

/** Four papers a department, so that a listing looks like one shelf. */
const BY_DEPARTMENT: Readonly<Record<string, readonly PaperName[]>> = {
  clothing: ['linen', 'blush', 'sage', 'sky'],
  'shoes-and-bags': ['clay', 'linen', 'mint', 'apricot'],
  audio: ['lilac', 'majorelle', 'blush', 'apricot'],
  computing: ['majorelle', 'pearl', 'sky', 'mint'],
  'phones-and-cameras': ['sky', 'lilac', 'apricot', 'pearl'],
  'lighting-and-decor': ['saffron', 'clay', 'linen', 'lilac'],
  furniture: ['sage', 'linen', 'clay', 'sky'],
  kitchen: ['apricot', 'saffron', 'mint', 'linen'],
  outdoor: ['mint', 'sage', 'saffron', 'sky'],
  sport: ['mint', 'sky', 'apricot', 'majorelle'],
  'beauty-and-care': ['blush', 'lilac', 'mint', 'linen'],
  'toys-and-games': ['saffron', 'sky', 'blush', 'mint'],
};
const ANY: readonly PaperName[] = ['linen', 'sage', 'lilac', 'apricot'];

/**
 * The paper behind a product.
 *
 * @param choice any whole number: which of the department's papers
 * @returns `#rrggbb`
 */
export function paperFor(department: string | undefined, choice: number): string {
  const papers = BY_DEPARTMENT[department ?? ''] ?? ANY;
  return PAPERS[papers[choice % papers.length] ?? 'linen'];
}
