#!/usr/bin/env node
// Brings a checkout to where it can run: packages installed, everything built. Runs before `npm start` and
// `npm test`, and uses nothing but Node itself, because at first there is nothing else.
// Silent, and done within a fraction of a second, when there is nothing to do. All output goes to stderr.
import path from 'node:path';
import { buildIfChanged } from './prepare/build.mjs';
import { installIfChanged } from './prepare/install.mjs';
import { withLock } from './prepare/lock.mjs';
import { StepFailed } from './prepare/step.mjs';

const root = path.join(import.meta.dirname, '../../..');
const MINIMUM = [20, 19];

try {
  checkNode(process.versions.node);
  await withLock(root, async () => {
    await installIfChanged(root);
    await buildIfChanged(root);
  });
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}

/** @param {string} version */
function checkNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = MINIMUM;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new StepFailed(
    `Souk needs Node ${MINIMUM.join('.')} or newer; this is ${version}. Install a newer Node.`,
  );
}
