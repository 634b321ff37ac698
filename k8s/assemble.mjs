#!/usr/bin/env node
// Copies one built service with the packages it needs at run time: `node k8s/assemble.mjs users /app`.
// `npm prune` and `npm ci --omit` keep what is reached through peers (Prisma's command line alone is 300 MB), so the
// declared `dependencies` are followed here, each resolved as Node will resolve it.
import { access, cp, mkdir, readFile, readdir, realpath, symlink } from 'node:fs/promises';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const [service = '', target = ''] = process.argv.slice(2);
const folder = service === 'gateway' ? 'gateway' : `subgraphs/${service}`;

/** Of our own workspaces only this goes into an image. */
const OF_A_WORKSPACE = ['package.json', 'dist', 'prisma/migrations'];
/** The gateway also serves the composed graph and the shop's application. */
const OF_THE_GATEWAY = ['schema/supergraph.graphql', 'schema/operations.json', 'client/dist'];
/** Never read at run time: types, source maps of packages, and Prisma's query compilers for other databases. */
const LEFT_OUT = [
  /\.d\.[cm]?ts$/,
  /\.map$/,
  /@prisma\/client\/runtime\/.*\.(cockroachdb|mysql|sqlite|sqlserver)\./,
  /@prisma\/client\/runtime\/.*_small_bg\./,
];

const exists = (file) =>
  access(file).then(
    () => true,
    () => false,
  );
const readManifest = async (dir) => JSON.parse(await readFile(path.join(dir, 'package.json'), 'utf8'));

/** The folder of a package as Node finds it from another one; undefined for an optional one that is not there. */
async function findPackage(name, from) {
  for (let dir = from; ; dir = path.dirname(dir)) {
    const candidate = path.join(dir, 'node_modules', name);
    if (await exists(path.join(candidate, 'package.json'))) return candidate;
    if (dir === root) return undefined;
  }
}

/** Every package that the service needs, as paths under the root; links to workspaces are kept as links. */
async function closureOf(start) {
  const packages = new Set();
  const links = new Map();
  const visit = async (dir) => {
    if (packages.has(dir)) return;
    packages.add(dir);
    const { dependencies = {}, optionalDependencies = {} } = await readManifest(dir);
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const found = await findPackage(name, dir);
      if (!found && !(name in optionalDependencies))
        throw new Error(`${name}, which ${dir} needs, is not installed.`);
      if (!found) continue;
      const real = await realpath(found);
      if (real !== found) links.set(found, real);
      await visit(real);
    }
  };
  await visit(start);
  return { packages, links };
}

const toTarget = (file) => path.join(target, path.relative(root, file));

async function copy(file, filter = () => true) {
  if (await exists(file)) await cp(file, toTarget(file), { recursive: true, filter });
}

if (!target || !(await exists(path.join(root, folder, 'dist/main.js')))) {
  console.error(
    `Usage: node k8s/assemble.mjs <gateway, or a folder of subgraphs/> <empty folder>. Build first: "npm run build". ` +
      `There is no ${folder}/dist/main.js.`,
  );
  process.exit(1);
}
const { packages, links } = await closureOf(path.join(root, folder));
for (const dir of packages) {
  if (!dir.includes(`${path.sep}node_modules${path.sep}`)) {
    for (const part of OF_A_WORKSPACE) await copy(path.join(dir, part));
    continue;
  }
  // A package's own packages are reached by themselves, if they are needed.
  const nested = path.join(dir, 'node_modules');
  await copy(dir, (file) => file !== nested && !LEFT_OUT.some((pattern) => pattern.test(file)));
}
for (const [link, real] of links) {
  await mkdir(path.dirname(toTarget(link)), { recursive: true });
  await symlink(path.relative(path.dirname(link), real), toTarget(link));
}
if (service === 'gateway') for (const part of OF_THE_GATEWAY) await copy(path.join(root, part));
await copy(path.join(root, 'package.json'));
await cp(path.join(root, 'k8s/healthcheck.mjs'), path.join(target, 'healthcheck.mjs'));
await symlink(folder, path.join(target, 'service'));
console.log(`${service}: ${packages.size} packages, ${(await readdir(target)).join(' ')}`);
