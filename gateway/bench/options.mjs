import { parseArgs } from 'node:util';
import { operations } from './operations.mjs';

const list = (text) => text?.split(',').map((entry) => entry.trim());

/** @throws Error that names what can be chosen */
export function readOptions() {
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      only: { type: 'string', default: Object.keys(operations).join(',') },
      contestants: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '4' },
      connections: { type: 'string', default: '50' },
      heap: { type: 'string', default: '' },
      write: { type: 'boolean', default: true },
      memory: { type: 'boolean', default: false },
      requests: { type: 'string', default: '1000000' },
      cpus: { type: 'boolean', default: false },
    },
  });
  const [rounds, seconds, connections, requests] = [
    values.rounds,
    values.seconds,
    values.connections,
    values.requests,
  ].map(Number);
  const chosen = list(values.only);
  const unknown = chosen.filter((name) => !(name in operations));
  if (unknown.length > 0)
    throw new Error(
      `There is no operation "${unknown.join(', ')}". Choose from ${Object.keys(operations).join(', ')}.`,
    );
  return {
    operations: chosen,
    contestants: list(values.contestants),
    rounds,
    seconds,
    connections,
    requests,
    heap: values.heap,
    what: values.memory ? 'memory' : values.cpus ? 'cpus' : 'compare',
    // A part of the contestants is no result.
    write: values.write && !values.contestants,
  };
}
