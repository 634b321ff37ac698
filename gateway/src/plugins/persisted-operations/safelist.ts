import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigError } from '@souk/kit/config';
import type { Logger } from '@souk/kit/log';
import { followFile } from '../../configuration/follow-file.js';
import type { Engine } from '../../engine/engine.js';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import { type ManifestOperation, parseManifest } from '../../operation/manifest.js';
import { invalidOperation } from '../../operation/refusal.js';

/** An operation that somebody wrote down. */
export interface ListedOperation extends ManifestOperation {
  /** Checked for the latest engine that ran it. */
  checked?: { readonly engine: Engine; readonly operation: CheckedOperation };
}

/** The operations of all manifests, as they are now. */
export interface Safelist {
  byId(id: string): ListedOperation | undefined;
  byText(query: string): ListedOperation | undefined;
  stop(): void;
}

interface Listed {
  readonly ids: ReadonlyMap<string, ListedOperation>;
  readonly texts: ReadonlyMap<string, ListedOperation>;
}

/** How often files are looked at besides their notifications, in milliseconds. */
const LOOK_EVERY_MS = 500;

/**
 * Reads the manifests, and follows them.
 * @throws ConfigError that names each file that is no manifest, or is not there
 */
export function openSafelist(files: readonly string[], logger: Logger): Safelist {
  const { texts, parsed } = readAll(files);
  let listed = join([...parsed.values()]);

  const look = (file: string): void => {
    try {
      const text = readFileSync(file, 'utf8');
      // Empty is a file that somebody has only begun to write.
      if (text === '' || text === texts.get(file)) return;
      // Remembered even if it is refused, or each look would report it again.
      texts.set(file, text);
      parsed.set(file, parseManifest(text, file));
      listed = join([...parsed.values()]);
      logger.info({ file, operations: listed.texts.size }, 'persisted operations replaced');
    } catch (error) {
      // Gone while it is being replaced, mostly.
      if (isMissing(error)) return;
      logger.error(
        { err: error, file },
        'the new manifest cannot be used; the old one stays. Correct the file.',
      );
    }
  };
  const followed = files.map((file) => followFile(file, LOOK_EVERY_MS, () => look(file)));
  return {
    byId: (id) => listed.ids.get(id),
    byText: (query) => listed.texts.get(query),
    stop() {
      for (const one of followed) one.stop();
    },
  };
}

function readAll(files: readonly string[]) {
  const texts = new Map<string, string>();
  const parsed = new Map<string, readonly ManifestOperation[]>();
  const problems: string[] = [];
  for (const file of files) {
    try {
      const text = readFileSync(file, 'utf8');
      texts.set(file, text);
      parsed.set(file, parseManifest(text, file));
    } catch (error) {
      const reason = isMissing(error)
        ? `there is no file ${file}. Correct the path.`
        : error instanceof Error
          ? error.message
          : String(error);
      problems.push(`persistedOperations.manifests: ${reason}`);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return { texts, parsed };
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

function join(manifests: readonly (readonly ManifestOperation[])[]): Listed {
  const operations = manifests.flat().map((operation): ListedOperation => ({ ...operation }));
  return {
    // Clients that hash by themselves find what was written down under another name, too.
    ids: new Map(
      operations.flatMap((operation) => [
        [createHash('sha256').update(operation.body).digest('hex'), operation],
        [operation.id, operation],
      ]),
    ),
    texts: new Map(operations.map((operation) => [operation.body, operation])),
  };
}

/**
 * The listed operation, parsed and validated: once for each engine, and never forgotten.
 * @throws Refusal if it is not valid in this supergraph
 */
export function checkListed(
  listed: ListedOperation,
  engine: Engine,
  operationName: string | undefined,
): CheckedOperation {
  const name = operationName ?? listed.name;
  if (listed.checked?.engine === engine && listed.checked.operation.name === name)
    return listed.checked.operation;
  const operation = engine.documents.check(listed.body, name);
  if (!('document' in operation)) throw invalidOperation(operation);
  listed.checked = { engine, operation };
  return operation;
}
