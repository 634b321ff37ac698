import { createRandom } from '../random/random.js';
import { departments } from '../taxonomy/index.js';

/** An invented maker of things. */
export interface DemoBrand {
  readonly name: string;
  /** The department it is at home in. */
  readonly department: string;
  /** Zipf: the first brand of a department is twice as popular as the second, three times the third ... */
  readonly popularity: number;
  /** What the name does to a price: 0.75 to 1.45. */
  readonly priceFactor: number;
}

const BRANDS_PER_DEPARTMENT = 20;
const ONSETS = [
  'Al',
  'Ard',
  'Bel',
  'Bryn',
  'Cal',
  'Cor',
  'Dav',
  'Dun',
  'El',
  'Esk',
  'Fal',
  'Fen',
  'Gal',
  'Hal',
  'Hol',
  'Il',
  'Jor',
  'Kal',
  'Kes',
  'Lan',
  'Lor',
  'Mar',
  'Mel',
  'Mor',
  'Nal',
  'Nor',
  'Ol',
  'Or',
  'Pal',
  'Pel',
  'Quil',
  'Ral',
  'Ros',
  'Sal',
  'Sol',
  'Tal',
  'Tor',
  'Ul',
  'Val',
  'Ver',
  'Wes',
  'Yar',
  'Zel',
];
const MIDDLES = ['', '', '', 'a', 'e', 'i', 'o', 'an', 'en', 'ev', 'in', 'om'];
const CODAS = [
  'bard',
  'beck',
  'by',
  'dahl',
  'den',
  'do',
  'dra',
  'fell',
  'gate',
  'holm',
  'ka',
  'kvist',
  'la',
  'lund',
  'ma',
  'mere',
  'mont',
  'na',
  'nis',
  'quist',
  'ra',
  'rud',
  'sen',
  'stad',
  'ta',
  'ton',
  'va',
  'vik',
  'wick',
  'zo',
];
/** Names that the syllables can form and that somebody already trades under or that read badly. */
const REFUSED = new Set([
  'Norma',
  'Malta',
  'Corona',
  'Marina',
  'Verona',
  'Solana',
  'Melinda',
  'Valeo',
  'Walmart',
  'Salmon',
  'Orton',
]);

/** 240 brands, 20 a department; they belong to the taxonomy, so they do not depend on the catalogue's seed. */
export const brands: readonly DemoBrand[] = inventBrands();

const byDepartment = new Map(
  departments.map(({ slug }) => [slug, brands.filter((brand) => brand.department === slug)]),
);
export const brandsOf = (department: string): readonly DemoBrand[] => byDepartment.get(department) ?? [];

function inventBrands(): DemoBrand[] {
  const random = createRandom(240, 'brands');
  const taken = new Set(REFUSED);
  const name = (): string => {
    const made = random.pick(ONSETS) + random.pick(MIDDLES) + random.pick(CODAS);
    if (taken.has(made) || made.length > 10 || /(.)\1\1|[bdfgkmnpqt]{3}/i.test(made)) return name();
    taken.add(made);
    return made;
  };
  return departments.flatMap(({ slug }) =>
    Array.from({ length: BRANDS_PER_DEPARTMENT }, (_, rank) => ({
      name: name(),
      department: slug,
      popularity: 1 / (rank + 1),
      priceFactor: 0.75 + 0.7 * random.next(),
    })),
  );
}
