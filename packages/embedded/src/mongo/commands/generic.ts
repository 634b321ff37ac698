import { badValue, MongoError, refused } from '../errors.js';
import { describe } from '../bson/describe.js';
import { isNumeric, magnitude, type Doc, type Value } from '../bson/value.js';
import type { Arguments } from './arguments.js';

/**
 * The arguments every command has. A standalone server has no transactions, so what belongs to them is answered with
 * the error a real standalone gives.
 *
 * @returns whether the client wants the write on disk before the answer (`j: true`)
 */
export function readGeneric(args: Arguments, command: Doc): { journaled: boolean } {
  if (['txnNumber', 'startTransaction', 'autocommit'].some((name) => command.has(name))) {
    throw new MongoError(
      'IllegalOperation',
      'Transaction numbers are only allowed on a replica set member or mongos; this is a standalone server, ' +
        'keep to single-document writes',
    );
  }
  const session = args.doc('lsid');
  if (session !== undefined && !session.has('id')) throw badValue('lsid needs an id');
  args.ignore('$db', '$readPreference', '$clusterTime', 'comment', 'maxTimeMS');
  args.refuse('apiVersion', 'apiStrict', 'apiDeprecationErrors', '$queryOptions');
  readReadConcern(args.doc('readConcern'));
  return { journaled: readWriteConcern(args.doc('writeConcern')) };
}

function readReadConcern(concern: Doc | undefined): void {
  for (const [name, value] of concern ?? []) {
    if (name !== 'level') throw refused(`readConcern.${name}`);
    if (value !== 'local' && value !== 'available' && value !== 'majority') {
      throw refused(`readConcern level ${describe(value)} on a standalone server`);
    }
  }
}

function readWriteConcern(concern: Doc | undefined): boolean {
  let journaled = false;
  for (const [name, value] of concern ?? []) {
    if (name === 'w') checkAcknowledgement(value);
    else if (name === 'j') journaled = value === true;
    else if (name !== 'wtimeout') throw refused(`writeConcern.${name}`);
  }
  return journaled;
}

function checkAcknowledgement(w: Value): void {
  if (w === 'majority' || (isNumeric(w) && Number(magnitude(w)) <= 1)) return;
  throw badValue("cannot use 'w' > 1 when a host is not replicated");
}
