import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FILE = path.join(import.meta.dirname, 'results.json');

/**
 * What was measured last, in parts that can be measured apart: `pages` (with orders and calibration), `live` and
 * `vendure`. Each has its own circumstances, and Vendure its own calibration, by which its figures are compared with ours.
 */
export const readResults = () => (existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {});

/** Puts parts in the place of those of before. */
export const writeResults = (parts) =>
  writeFileSync(FILE, `${JSON.stringify({ ...readResults(), ...parts }, null, 2)}\n`);
