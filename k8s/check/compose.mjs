import path from 'node:path';
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

const SERVERS = ['postgres', 'mongodb', 'redis', 'rabbitmq'];

/**
 * What is wrong with compose.yaml: a service of the chart that it lacks, a variable that the code does not read, a value
 * that it refuses, a host that is no service, a subgraph that the gateway is not told of, an address it is told twice.
 */
export async function checkCompose(schemas) {
  const text = await readFile(path.join(import.meta.dirname, '../compose.yaml'), 'utf8');
  const { services } = parse(text, { merge: true });
  const absent = [...schemas.keys(), ...SERVERS].filter((name) => !(name in services));
  const wrong = [...schemas].flatMap(([name, schema]) => {
    const environment = withDefaults(services[name]?.environment ?? {});
    const unknown = Object.keys(environment).filter((variable) => !(variable in schema.shape));
    const parsed = schema.safeParse(environment);
    const refused = parsed.success
      ? []
      : parsed.error.issues.map(({ message, path: at }) => `${at.join('.')} ${message}`);
    return [...unknown.map((variable) => `the code reads no ${variable}`), ...refused].map(
      (problem) => `${name}: ${problem}`,
    );
  });
  const hosts = [...text.matchAll(/\w+:\/\/(?:[\w-]+:[\w-]+@)?([a-z][\w-]*):\d+/g)].map(([, host]) => host);
  const nowhere = hosts.filter((host) => !(host in services)).map((host) => `nothing is called ${host}`);
  return [
    ...absent.map((name) => `${name} is missing`),
    ...wrong,
    ...nowhere,
    ...misled(services.gateway?.environment?.SUBGRAPH_URLS ?? '', [...schemas.keys()]),
  ];
}

/** What is wrong with where the gateway looks for subgraphs. */
function misled(text, names) {
  const pairs = text.split(',');
  const told = new Set(pairs.map((pair) => pair.slice(0, pair.indexOf('='))));
  return [
    ...pairs
      .filter((pair, index) => pairs.indexOf(pair) < index)
      .map((pair) => `the gateway is told twice of ${pair}`),
    ...names
      .filter((name) => name !== 'gateway' && !told.has(name))
      .map((name) => `the gateway is not told where ${name} is`),
  ];
}

/** `${NAME:-value}` as it is when NAME is unset. */
const withDefaults = (environment) =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      String(value).replace(/\$\{\w+:-([^}]*)\}/g, '$1'),
    ]),
  );
