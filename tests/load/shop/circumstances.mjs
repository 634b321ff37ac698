import { cpus, loadavg, release, totalmem } from 'node:os';
import { canPin } from '../../../gateway/bench/cores.mjs';

/** What a measurement depends on. */
export const circumstances = () => ({
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus().length} x ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}, Node ${process.versions.node}`,
  isPinned: canPin,
  load: Number(loadavg()[0].toFixed(1)),
});
