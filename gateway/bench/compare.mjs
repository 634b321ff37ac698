import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { contestants } from './contestants/contestants.mjs';
import { installHive } from './hive/install.mjs';
import { load } from './load.mjs';
import { operations } from './operations.mjs';
import { circumstances } from './report/circumstances.mjs';
import { startTraceSink } from './upstream/trace-sink.mjs';
import { busyMs, cpuMs, residentMb } from './process-tree.mjs';
import { ask, withGateway } from './with-gateway.mjs';

/** A gateway that needs 30 ms a request is warm after this many, too. */
const WARM_REQUESTS = 150;

/**
 * Measures every contestant with every chosen operation: round after round, each started anew and warmed, one after
 * the other.
 *
 * @returns for each operation its rows; a row holds a contestant's samples, or why there are none
 */
export async function compare({ upstream, supergraph, souk, folder, options }) {
  const { rounds, seconds, connections, heap } = options;
  const hive = await installHive();
  const sink = await startTraceSink();
  const all = contestants({ supergraph, traces: sink.url, souk, hive }).map((contestant) => ({
    ...contestant,
    environment: { ...contestant.environment, NODE_OPTIONS: heap },
  }));
  const byId = (id) => all.find((contestant) => contestant.id === id);
  const results = [];
  for (const operation of options.operations) {
    const query = operations[operation];
    const around = circumstances();
    const taking = all.filter(
      (contestant) =>
        (contestant.operations ?? [operation]).includes(operation) &&
        (options.contestants ?? [contestant.id]).includes(contestant.id),
    );
    const reference = await withGateway(byId('apollo'), ({ port }) => ask(port, query));
    if (reference.errors) throw new Error(JSON.stringify(reference.errors));
    const text = JSON.stringify({ data: reference.data });
    const floors = new Map();
    for (const { id, floorOf } of taking.filter((contestant) => contestant.floorOf)) {
      const waves = await wavesOf(byId(floorOf), query, upstream);
      const file = path.join(folder, `${id}-${operation}.json`);
      writeFileSync(file, JSON.stringify({ origin: upstream.origin, waves, body: text }));
      floors.set(id, { file, waves: waves.map((wave) => wave.length) });
    }
    const rows = taking.map(({ id, name, group, missing }) => ({
      id,
      name,
      group,
      missing,
      waves: floors.get(id)?.waves,
      samples: [],
    }));
    for (let round = 1; round <= rounds; round += 1) {
      for (const [index, row] of rows.entries()) {
        if (row.missing) continue;
        const { environment, ...contestant } = taking[index];
        const FLOOR_FILE = floors.get(row.id)?.file;
        const started = {
          ...contestant,
          environment: { ...environment, ...(FLOOR_FILE ? { FLOOR_FILE } : {}) },
        };
        try {
          const sample = await withGateway(started, (gateway) =>
            measure(gateway, { query, text, upstream, connections, seconds }),
          );
          row.samples.push(sample);
          console.log(
            `${operation} ${round}/${rounds} ${row.group}: ${row.name}: ${sample.cpu.toFixed(3)} ms CPU, ${sample.rps.toFixed(0)}/s`,
          );
        } catch (error) {
          row.missing = error instanceof Error ? error.message : String(error);
          console.error(`${operation}: ${row.name}: ${row.missing}`);
        }
      }
    }
    results.push({
      operation,
      heap,
      bytes: Buffer.byteLength(text),
      ...around,
      rounds,
      seconds,
      connections,
      rows,
    });
  }
  sink.stop();
  return results;
}

const wavesOf = (contestant, query, upstream) =>
  withGateway(contestant, async ({ port }) => {
    await ask(port, query);
    return upstream.waves(() => ask(port, query));
  });

async function measure({ port, pid }, { query, text, upstream, connections, seconds }) {
  await ask(port, query);
  const { result, count: fetchesAlone } = await upstream.recorded(() => ask(port, query));
  if (JSON.stringify({ data: result.data }) !== text || result.errors)
    throw new Error(`Its answer differs: ${JSON.stringify(result).slice(0, 300)}`);
  const body = JSON.stringify({ query });
  const next = () => body;
  await load(port, { next, connections, seconds: Math.max(2, seconds / 2) });
  await load(port, { next, connections, requests: WARM_REQUESTS });
  const before = { at: performance.now(), gateway: cpuMs(pid), others: cpuMs(process.pid), busy: busyMs() };
  const { result: measured, count } = await upstream.recorded(() =>
    load(port, { next, connections, seconds }),
  );
  const elapsed = performance.now() - before.at;
  const gateway = cpuMs(pid) - before.gateway;
  const others = cpuMs(process.pid) - before.others - gateway;
  return {
    cpu: gateway / measured.requests,
    rps: measured.rps,
    p50: measured.p50,
    p99: measured.p99,
    memory: residentMb(pid),
    fetchesAlone,
    fetchesUnderLoad: count / measured.requests,
    /** Shares of one core. */
    gatewayShare: gateway / elapsed,
    othersShare: others / elapsed,
    /** Share of the machine that was busy with neither. */
    elsewhere: Math.max(0, (busyMs() - before.busy - gateway - others) / elapsed / cpus().length),
  };
}
