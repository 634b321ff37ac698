import type { NumberingStyle } from '../taxonomy/types.js';
import type { Random } from '../random/random.js';

const TECHNICAL = [
  '2',
  '3',
  '5',
  '7',
  'S',
  'X',
  'Pro',
  'Air',
  'Max',
  'Mini',
  'One',
  'Neo',
  'X2',
  'X4',
  'S3',
  'Lite',
  '300',
  '500',
  '700',
  '900',
];
const SIZED = ['10', '15', '20', '25', '30', '35', '40', '50', '60', '80', '100', '120'];

/**
 * A model's name, by how the department numbers its models. Each failed attempt (the name is taken) makes the next
 * one longer, so that any number of products find a name.
 */
export function modelName(
  series: readonly string[],
  numbering: NumberingStyle,
  attempt: number,
  random: Random,
): string {
  const first = random.pick(series);
  const parts = [first];
  if (attempt > 1) parts.push(random.pick(series.filter((word) => word !== first)));
  if (numbering === 'technical' && (attempt > 0 || random.chance(0.7))) parts.push(random.pick(TECHNICAL));
  if (numbering === 'sized' && (attempt > 0 || random.chance(0.6))) parts.push(random.pick(SIZED));
  if (numbering === 'plain' && attempt === 1)
    parts.push(random.pick(['II', 'III', 'No. 4', 'No. 5', 'No. 7', 'Petit', 'Grand']));
  if (attempt > 3) parts.push(`${random.integer(2, 9)}${random.pick(['A', 'B', 'C', 'D', 'E', 'F'])}`);
  return parts.join(' ');
}

/** `Söl & Co 4 Pro` becomes `sol-co-4-pro`. */
export const slugOf = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
