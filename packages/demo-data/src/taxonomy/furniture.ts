import { colours, fact, nouns, priced, pricedFact, promise } from './axes.js';
import type { Department } from './types.js';

const FABRICS = ['Charcoal', 'Oatmeal', 'Moss', 'Navy', 'Rust', 'Rose', 'Mustard'];
const WOOD = { Pine: 0.75, Birch: 0.9, Oak: 1.1, Walnut: 1.45 };

export const furniture: Department = {
  slug: 'furniture',
  name: 'Furniture',
  description: 'Made of wood, wool and steel, to be moved house with.',
  numbering: 'plain',
  series: [
    'Arne',
    'Bjork',
    'Clemens',
    'Dorrit',
    'Edda',
    'Finn',
    'Greta',
    'Hugo',
    'Ingrid',
    'Joran',
    'Klara',
    'Lasse',
    'Mattis',
    'Nils',
    'Oda',
    'Pelle',
    'Runa',
    'Signe',
    'Tove',
    'Viggo',
  ],
  leaves: [
    {
      slug: 'chairs',
      name: 'Chairs',
      description: 'For the table, the desk and the reading corner.',
      department: 'furniture',
      weight: 3,
      drawing: 'chair',
      nouns: [
        ...nouns('Chair', 'Dining Chair', 'Side Chair'),
        promise('Upholstered Chair', { seat: ['Wool', 'Bouclé'] }, 1.3),
        promise('Rush-seat Chair', { seat: ['Woven rush'] }, 1.2),
      ],
      price: { median: 15900, sigma: 0.42, lowest: 4900, highest: 79900 },
      attributes: [
        pricedFact('wood', 'Wood', WOOD),
        fact('seat', 'Seat', ['Solid wood', 'Wool', 'Leather']),
        fact('seat-height', 'Seat height', ['44 cm', '45 cm', '46 cm']),
      ],
      axes: [colours(['Natural', 'Black', 'White', 'Moss', 'Rust', 'Sky'], [1, 4])],
      phrases: [
        'Solid {wood} with a seat of {seat}.',
        '{seat-height} high: right for most tables and most people.',
        'Stacks three high when the guests have gone.',
      ],
    },
    {
      slug: 'desks',
      name: 'Desks',
      description: 'Where the work happens.',
      department: 'furniture',
      weight: 2,
      drawing: 'desk',
      nouns: [
        ...nouns('Desk', 'Writing Desk'),
        promise('Standing Desk', { height: ['62 to 127 cm, electric'] }, 1.4),
        promise('Wall Desk', { height: ['Wall-mounted'] }, 0.6),
      ],
      price: { median: 34900, sigma: 0.38, lowest: 9900, highest: 149900 },
      attributes: [
        pricedFact('wood', 'Wood', WOOD),
        fact('height', 'Height', ['73 cm', '75 cm']),
        fact('drawers', 'Drawers', ['None', '1', '2']),
      ],
      axes: [
        priced('Width', { '100 cm': 0.85, '120 cm': 1, '140 cm': 1.15, '160 cm': 1.3 }, [1, 3]),
        colours(['Natural', 'Black', 'White', 'Espresso'], [1, 2]),
      ],
      phrases: [
        'A {wood} top, oiled, not lacquered.',
        'Height: {height}. Drawers: {drawers}.',
        'A channel along the back swallows the cables.',
      ],
    },
    {
      slug: 'shelves',
      name: 'Shelves',
      description: 'For books, records and the plant that survived.',
      department: 'furniture',
      weight: 2,
      drawing: 'shelf',
      nouns: [
        ...nouns('Shelf', 'Bookcase'),
        promise('Ladder Shelf', { mounting: ['Leans on the wall'] }, 0.8),
        promise('Wall Shelf', { mounting: ['Wall-mounted'] }, 0.5),
      ],
      price: { median: 21900, sigma: 0.45, lowest: 3900, highest: 99900 },
      attributes: [
        pricedFact('wood', 'Wood', WOOD),
        fact('mounting', 'Mounting', ['Freestanding']),
        fact('load', 'Load per shelf', ['15 kg', '25 kg', '40 kg']),
      ],
      axes: [
        priced('Shelves', { '3 shelves': 0.75, '4 shelves': 1, '5 shelves': 1.2, '6 shelves': 1.4 }, [1, 3]),
        colours(['Natural', 'Black', 'White', 'Espresso'], [1, 2]),
      ],
      phrases: [
        '{wood} boards that carry {load} each.',
        '{mounting}; the fittings are in the box.',
        'Goes together with one key and no swearing.',
      ],
    },
    {
      slug: 'sofas',
      name: 'Sofas',
      description: 'Long enough to lie on.',
      department: 'furniture',
      weight: 1,
      drawing: 'sofa',
      nouns: [
        ...nouns('Sofa'),
        promise('Sofa Bed', { function: ['Unfolds to a bed'] }, 1.15),
        promise('Velvet Sofa', { cover: ['Velvet'] }, 1.1),
      ],
      price: { median: 109900, sigma: 0.36, lowest: 39900, highest: 399900 },
      attributes: [
        fact('cover', 'Cover', ['Wool', 'Linen blend', 'Bouclé', 'Recycled polyester']),
        fact('function', 'Function', ['Fixed']),
        fact('legs', 'Legs', ['Oak', 'Walnut', 'Black steel']),
      ],
      axes: [
        priced('Seats', { '2 seats': 0.8, '2.5 seats': 0.9, '3 seats': 1, '4 seats': 1.3 }, [1, 3]),
        colours(FABRICS, [2, 4]),
      ],
      phrases: [
        'A {cover} cover that zips off to be cleaned.',
        'Legs of {legs}, seat springs of steel.',
        'Fits through an 80 cm door: we measured.',
      ],
    },
    {
      slug: 'beds',
      name: 'Beds',
      description: 'A third of life, well spent.',
      department: 'furniture',
      weight: 1,
      drawing: 'bed',
      nouns: [
        ...nouns('Bed', 'Bed Frame'),
        promise('Upholstered Bed', { headboard: ['Wool', 'Linen'] }, 1.3),
        promise('Storage Bed', { storage: ['Two drawers', 'Four drawers'] }, 1.3),
      ],
      price: { median: 59900, sigma: 0.38, lowest: 17900, highest: 249900 },
      attributes: [
        pricedFact('wood', 'Wood', WOOD),
        fact('headboard', 'Headboard', ['Solid wood', 'Cane', 'None']),
        fact('storage', 'Storage', ['None']),
      ],
      axes: [
        priced(
          'Size',
          { '90 × 200 cm': 0.75, '140 × 200 cm': 0.95, '160 × 200 cm': 1, '180 × 200 cm': 1.12 },
          [2, 4],
        ),
        colours(['Natural', 'White', 'Black', 'Espresso'], [1, 2]),
      ],
      phrases: [
        '{wood}, joined with dowels so it never creaks.',
        'Headboard: {headboard}. Storage: {storage}.',
        'Slats are included.',
      ],
    },
  ],
};
