import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fingerprint, outputs } from './fingerprint.mjs';
import { StepFailed, runStep } from './step.mjs';

/**
 * @typedef {{ fast: string; sure: string; outputs: string[] }} Built what the last build read and made
 */

/**
 * Builds every workspace, unless nothing has changed since the last time.
 *
 * @param {string} root
 */
export async function buildIfChanged(root) {
  const file = path.join(root, '.turbo/prepared.json');
  const [last, now, present] = await Promise.all([readBuilt(file), fingerprint(root), outputs(root)]);
  const complete = last?.outputs.every((output) => present.includes(output)) ?? false;
  if (complete && last?.fast === now.fast) return;
  const sure = await now.sure();
  // After a fresh checkout or a changed-back file the times differ and the contents do not.
  if (!complete || last?.sure !== sure) await build(root);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ fast: now.fast, sure, outputs: await outputs(root) }));
}

/** @param {string} root */
async function build(root) {
  const turbo = path.join(root, 'node_modules/turbo/bin/turbo');
  const { failed, output } = await runStep(
    'building',
    [process.execPath, turbo, 'run', 'build', '--output-logs=errors-only', '--no-color'],
    {
      cwd: root,
      env: {
        TURBO_TELEMETRY_DISABLED: '1',
        DO_NOT_TRACK: '1',
        TURBO_NO_UPDATE_NOTIFIER: '1',
        TURBO_UI: 'false',
      },
    },
  );
  if (failed) throw new StepFailed(`${output.trim()}\nThe build failed; its reasons are above.`);
}

/**
 * @param {string} file
 * @returns {Promise<Built | undefined>}
 */
async function readBuilt(file) {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}
