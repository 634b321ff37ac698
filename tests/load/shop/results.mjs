import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FILE = path.join(import.meta.dirname, 'results.json');

/**
 * What was measured last, in two parts that can be measured apart: `pages` (with orders, calibration and Vendure, which
 * are compared with each other and so belong to one run) and `live`. Each has its own circumstances.
 */
export const readResults = () => (existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {});

/** Puts parts in the place of those of before. */
export const writeResults = (parts) =>
  writeFileSync(FILE, `${JSON.stringify({ ...readResults(), ...parts }, null, 2)}\n`);
