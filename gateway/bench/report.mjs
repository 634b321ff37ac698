import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, release } from 'node:os';
import path from 'node:path';

const require = createRequire(import.meta.url);

function versionOf(name) {
  let folder = path.dirname(require.resolve(name));
  for (;;) {
    try {
      const found = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
      if (found.name === name) return `${name} ${found.version}`;
    } catch {
      // A folder inside the package.
    }
    folder = path.dirname(folder);
  }
}

/** Prints the results as a table and writes them to a Markdown file. */
export function writeReport(results, { rounds, seconds, connections, write, file }) {
  const rows = results.map(({ name, bytes, variant, cpu, rps, p50, p99, rss, fetches }) => {
    const souk = results.find((result) => result.name === name && result.variant === 'Souk');
    const cells = [
      name,
      bytes,
      variant,
      cpu.toFixed(3),
      (cpu / souk.cpu).toFixed(2),
      rps.toFixed(0),
      p50.toFixed(1),
      p99.toFixed(1),
      rss,
      fetches,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const heads = [
    'operation',
    'bytes',
    'gateway',
    'CPU ms/request',
    'x Souk',
    'requests/s',
    'p50 ms',
    'p99 ms',
    'memory MB',
    'fetches',
  ];
  const table = [`| ${heads.join(' | ')} |`, `| ${heads.map(() => '---').join(' | ')} |`, ...rows].join('\n');
  const versions = ['@apollo/server', '@apollo/gateway', 'graphql', 'undici'].map(versionOf).join(', ');
  const text = `# Benchmarks

Written by \`npm run bench:gateway\`; do not edit. Medians of ${rounds} rounds of ${seconds} s at ${connections} connections; the gateways take turns,
each started anew and warmed, alone on one core (subgraphs and load share another). CPU is user plus system time of the
gateway's process. All answers were compared. Souk runs from sources with its time limits, request ids and metrics in place,
and shares nothing between client requests. Wall-clock numbers depend on what else the machine does; ratios of CPU time hardly do.

Machine: ${cpus().length} x ${cpus()[0].model.trim()}, Linux ${release()}, Node ${process.versions.node},
load average at the end ${loadavg()[0].toFixed(1)} (above 2: other work was going on). ${versions}. ${new Date().toISOString().slice(0, 10)}.

${table}
`;
  console.log(`\n${table}`);
  if (write) writeFileSync(file, text);
}
