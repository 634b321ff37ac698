import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StepFailed, runStep } from './step.mjs';

/**
 * Makes `node_modules` what package-lock.json says, if it is not.
 *
 * @param {string} root
 */
export async function installIfChanged(root) {
  const lockText = await readFile(path.join(root, 'package-lock.json'), 'utf8');
  const stampFile = path.join(root, 'node_modules/.souk-installed');
  // Another platform or another Node needs other binaries.
  const stamp = `${createHash('sha256').update(lockText).digest('hex')} ${process.platform}-${process.arch}`;
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === stamp) return;
  if (!(await isInstalled(root, JSON.parse(lockText)))) await install(root);
  await writeFile(stampFile, stamp);
}

/** @param {string} root */
async function install(root) {
  const npm = process.env['npm_execpath'];
  const command = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
  const { failed, output } = await runStep(
    'installing packages',
    // NODE_ENV=production would leave out what the build needs.
    [...command, 'ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'],
    { cwd: root, env: { npm_config_loglevel: 'error' } },
  );
  if (failed) throw new StepFailed(explain(output));
}

/**
 * @param {string} output of npm
 * @returns what to do about it
 */
export function explain(output) {
  const code = /npm error code (\w+)/.exec(output)?.[1] ?? '';
  if (
    [
      'ENOTFOUND',
      'EAI_AGAIN',
      'ECONNREFUSED',
      'ECONNRESET',
      'ETIMEDOUT',
      'ENETUNREACH',
      'EHOSTUNREACH',
    ].includes(code)
  ) {
    return (
      `The npm registry cannot be reached (${code}). Packages are installed once and then kept: connect to the ` +
      'network, or point npm to a mirror with "npm config set registry <url>", and run the command again.'
    );
  }
  if (code === 'EUSAGE') {
    const missing = [...output.matchAll(/npm error ((?:Missing|Invalid): .*)/g)].map(([, what]) => what);
    return (
      `package.json and package-lock.json do not agree (${missing.slice(0, 3).join('; ')}). ` +
      'Run "npm install --ignore-scripts" once, and commit both.'
    );
  }
  if (code === 'ENOSPC') return 'The disk is full. Free about 2 GB, and run the command again.';
  return `${output.trim()}\nnpm could not install the packages; its reasons are above.`;
}

/**
 * @typedef {{ version?: string; integrity?: string; optional?: boolean; link?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lockfile
 */

/**
 * True if somebody already ran `npm install` or `npm ci` for this lock file: npm keeps its own record of what it
 * put into node_modules.
 *
 * @param {string} root
 * @param {Lockfile} wanted
 */
async function isInstalled(root, wanted) {
  const record = await readFile(path.join(root, 'node_modules/.package-lock.json'), 'utf8').catch(
    () => undefined,
  );
  return record !== undefined && fulfils(JSON.parse(record), wanted);
}

/**
 * @param {Lockfile} present
 * @param {Lockfile} wanted
 */
export function fulfils(present, wanted) {
  return Object.entries(wanted.packages).every(([place, locked]) => {
    const there = present.packages[place];
    if (place === '') return true;
    // What is optional may be for another platform.
    if (!there) return locked.optional === true;
    return there.version === locked.version && there.integrity === locked.integrity;
  });
}
