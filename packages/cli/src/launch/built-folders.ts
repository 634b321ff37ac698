import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const fromRoot = (name: string): string => fileURLToPath(new URL(`../../../../${name}`, import.meta.url));

/** The built shop; a checkout without it still serves the graph. */
export const CLIENT = fromRoot('client/dist');
export const PLAYGROUND = fromRoot('gateway/dist/playground');
export const OPERATIONS = fromRoot('schema/operations.json');
export const SUPERGRAPH = fromRoot('schema/supergraph.graphql');

/** The path if something is there. */
export const ifThere = (place: string): Promise<string | undefined> =>
  stat(place).then(
    () => place,
    () => undefined,
  );
