import { type DocumentNode, Kind } from 'graphql';
import type { Limits } from './limits-options.js';
import { measureDocument } from './measure-document.js';
import { overLimit } from './over-limit.js';

/** Refuses a document that asks for too much, before anybody looks whether it is valid. @throws GraphQLError */
export function checkDocument(document: DocumentNode, limits: Limits): void {
  let operations = 0;
  let fragments = 0;
  for (const { kind } of document.definitions) {
    if (kind === Kind.OPERATION_DEFINITION) operations += 1;
    if (kind === Kind.FRAGMENT_DEFINITION) fragments += 1;
  }
  refuseOver('maxOperations', operations, limits);
  refuseOver('maxFragments', fragments, limits);
  const { directives, depth, top, fields, aliases, repeats } = measureDocument(document);
  refuseOver('maxDirectives', directives, limits);
  refuseOver('maxDepth', depth, limits);
  refuseOver('maxRootFields', top, limits);
  refuseOver('maxAliases', aliases, limits);
  refuseOver('maxFields', fields, limits);
  refuseOver('maxRepeats', repeats, limits);
}

/** @throws GraphQLError */
export function refuseOver(limit: Parameters<typeof overLimit>[0], found: number, limits: Limits): void {
  const most = limits[limit];
  if (found > most) throw overLimit(limit, { found, most });
}
