import { audio } from './audio.js';
import { beautyAndCare } from './beauty-and-care.js';
import { clothing } from './clothing.js';
import { computing } from './computing.js';
import { furniture } from './furniture.js';
import { kitchen } from './kitchen.js';
import { lightingAndDecor } from './lighting-and-decor.js';
import { outdoor } from './outdoor.js';
import { phonesAndCameras } from './phones-and-cameras.js';
import { shoesAndBags } from './shoes-and-bags.js';
import { sport } from './sport.js';
import { toysAndGames } from './toys-and-games.js';
import type { Department, LeafCategory } from './types.js';

/** In the order of the shop's menu. */
export const departments: readonly Department[] = [
  clothing,
  shoesAndBags,
  audio,
  computing,
  phonesAndCameras,
  lightingAndDecor,
  furniture,
  kitchen,
  outdoor,
  sport,
  beautyAndCare,
  toysAndGames,
];

/** Every leaf of every department. */
export const leaves: readonly LeafCategory[] = departments.flatMap((department) => department.leaves);

const leavesBySlug = new Map(leaves.map((leaf) => [leaf.slug, leaf]));
const departmentsBySlug = new Map(departments.map((department) => [department.slug, department]));

export const leafBySlug = (slug: string): LeafCategory | undefined => leavesBySlug.get(slug);
export const departmentBySlug = (slug: string): Department | undefined => departmentsBySlug.get(slug);
