#!/usr/bin/env node
// `npm run check:k8s`: the chart, the image and the workflows, as far as that goes without Docker and a cluster.
import { execFile } from 'node:child_process';
import { access, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { loadApiTypes } from './api-types.mjs';
import { breakages } from './breakages.mjs';
import { checkCompose } from './compose.mjs';
import { lintDockerfile, lintWorkflows } from './lint.mjs';
import { configuration, podSecurity, probes, references } from './rules.mjs';
import { getTools } from './tools.mjs';
import { refusedValues, values } from './values.mjs';

const run = promisify(execFile);
const root = path.join(import.meta.dirname, '../..');
const chart = path.join(root, 'k8s/helm/souk');
let failures = 0;

/** Says whether something holds; `problems` are why it does not. */
function report(what, problems) {
  console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${what}`);
  for (const problem of problems) console.log(`     - ${problem}`);
  if (problems.length > 0) failures += 1;
}

/** What a helm command prints. */
async function helm(file, args) {
  const { stdout } = await run(file, args, { maxBuffer: 16 * 1024 * 1024 });
  return stdout;
}
const setting = (given) => [
  '--set-json',
  ...[Object.entries(given).map(([key, value]) => `${key}=${JSON.stringify(value)}`)].flatMap((pairs) => [
    pairs.join(','),
  ]),
];
const failureOf = (work) =>
  work.then(
    () => undefined,
    (error) => String(error.stderr || error.message).trim(),
  );

async function render(file, given) {
  const text = await helm(file, ['template', 'souk', chart, ...setting(given)]);
  return parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter(Boolean);
}

/** Tells what is wrong with the gateway's options in an environment, as the gateway itself does when it starts. */
async function loadOptionsCheck() {
  const built = (file) => import(pathToFileURL(path.join(root, 'gateway/dist/configuration', file)).href);
  const { environmentOverrides } = await built('environment-overrides.js');
  const { checkOptions } = await built('check-options.js');
  return (environment) => {
    try {
      checkOptions(environmentOverrides(environment));
      return [];
    } catch (error) {
      return error.problems ?? [error.message];
    }
  };
}

/** The configuration schemas of gateway and subgraphs, from the build. */
async function loadSchemas() {
  const subgraphs = await readdir(path.join(root, 'subgraphs'));
  const folders = new Map([['gateway', 'gateway'], ...subgraphs.map((name) => [name, `subgraphs/${name}`])]);
  const schemas = new Map();
  const missing = [];
  for (const [name, folder] of folders) {
    const file = path.join(root, folder, 'dist/config.js');
    const built = await access(file).then(
      () => true,
      () => false,
    );
    if (!built) missing.push(`${folder}/dist/config.js is missing: run "npm run build"`);
    else {
      const module = await import(pathToFileURL(file).href);
      schemas.set(
        name,
        Object.values(module).find((value) => value?.shape),
      );
    }
  }
  report('gateway and every subgraph have a configuration', missing);
  return schemas;
}

report('k8s/Dockerfile', lintDockerfile(await readFile(path.join(root, 'k8s/Dockerfile'), 'utf8')));
report('.github/workflows', await lintWorkflows(path.join(root, '.github/workflows')));

const schemas = await loadSchemas();
report('k8s/compose.yaml', await checkCompose(schemas));

const tools = await getTools((reason) => console.log(`SKIPPED the chart: ${reason}`));
if (tools) {
  const [problemsOfTypes, options] = await Promise.all([loadApiTypes(tools.models), loadOptionsCheck()]);
  for (const { version, file } of tools.helms) {
    const lint = await failureOf(helm(file, ['lint', '--strict', chart, ...setting(values.trial)]));
    report(`helm ${version}: lint`, lint ? [lint] : []);
    for (const [name, given] of Object.entries(values)) {
      const objects = await render(file, given);
      const rendered = `helm ${version}: values "${name}", ${objects.length} objects`;
      report(`${rendered}: fields and types of the Kubernetes API`, objects.flatMap(problemsOfTypes));
      report(`${rendered}: pod security`, podSecurity(objects));
      report(`${rendered}: probes`, probes(objects));
      report(`${rendered}: references`, references(objects));
      const services = new Set(objects.map(({ metadata }) => metadata.labels['app.kubernetes.io/component']));
      const absent = [...schemas.keys(), 'client'].filter((service) => !services.has(service));
      report(
        `${rendered}: every service`,
        absent.map((service) => `${service} is not in the chart`),
      );
      // A secret that exists elsewhere has no values to look at.
      if (!given['secrets.existingSecret'])
        report(`${rendered}: environment`, configuration(objects, schemas, options));
    }
    for (const [why, given] of Object.entries(refusedValues)) {
      const refused = await failureOf(render(file, { ...values.trial, ...given }));
      report(`helm ${version}: refuses ${why}`, refused ? [] : ['it was rendered']);
    }
  }
  const [{ file }] = tools.helms;
  const every = (objects) =>
    [problemsOfTypes, podSecurity, probes, references, (all) => configuration(all, schemas, options)].flatMap(
      (rule, index) => (index === 0 ? objects.flatMap(rule) : rule(objects)),
    );
  const good = every(await render(file, values.trial)).length;
  for (const [what, damage] of Object.entries(breakages)) {
    const objects = await render(file, values.trial);
    damage(objects);
    report(`the check notices ${what}`, every(objects).length > good ? [] : ['nobody noticed']);
  }
}
if (failures > 0) console.log(`\n${failures} checks failed`);
process.exitCode = failures > 0 ? 1 : 0;
