import { badValue, refused } from '../errors.js';
import { compilePipeline } from '../aggregate/pipeline.js';
import { Overlay, type Item } from '../aggregate/scope.js';
import type { Doc, Value } from '../bson/value.js';
import { parseSort } from '../query/sort.js';
import { wholeNumber } from '../query/parse-field.js';
import { findDocuments, type FindOptions } from '../storage/find.js';
import { Arguments } from './arguments.js';
import type { CommandContext, CommandHandler } from './command.js';
import { parseQuery } from './query.js';

export const aggregate: CommandHandler = (args, context) => {
  const name = args.value('aggregate');
  const pipeline = args.array('pipeline') ?? [];
  const cursor = args.doc('cursor');
  args.ignore('allowDiskUse');
  args.refuse('explain', 'hint', 'collation', 'let', 'bypassDocumentValidation', 'fromMongos', 'needsMerge');
  args.end();
  const run = compilePipeline(pipeline); // the whole of it is checked, also what the query below does
  if (typeof name !== 'string') throw refused('an aggregate without a collection');
  if (cursor === undefined) throw badValue("The 'cursor' option is required");
  const options = new Arguments('aggregate.cursor', cursor);
  const batchSize = options.count('batchSize');
  options.end();
  const { start, rest } = startOf(pipeline, `${context.database}.${name}`, context);
  const stages = rest.length === pipeline.length ? run : compilePipeline(rest);
  const results = stages(start, {
    now: context.now(),
    collection: (other) => context.store.get(`${context.database}.${other}`),
  });
  const finished = results.map((item) => (item instanceof Overlay ? item.decode() : item));
  return context.cursors.start(`${context.database}.${name}`, finished, { batchSize });
};

/** The leading $match, $sort, $skip and $limit are a query, which can use an index. */
function startOf(
  pipeline: readonly Value[],
  namespace: string,
  { store }: CommandContext,
): { start: readonly Item[]; rest: Value[] } {
  const stages = pipeline.filter((stage) => stage instanceof Map);
  const taken: Doc[] = [];
  const operandOf = (name: string): Value | undefined => {
    const next = stages[taken.length];
    const operand = next?.get(name);
    if (next !== undefined && operand !== undefined) taken.push(next);
    return operand;
  };
  const match = operandOf('$match');
  const sort = operandOf('$sort');
  const skip = operandOf('$skip');
  const limit = operandOf('$limit');
  const options: FindOptions = {
    ...(sort instanceof Map ? { sort: parseSort(sort) } : {}),
    ...(skip === undefined ? {} : { skip: Number(wholeNumber(skip, '$skip')) }),
    ...(limit === undefined ? {} : { limit: Number(wholeNumber(limit, '$limit')) }),
  };
  const found = findDocuments(
    store.get(namespace),
    parseQuery(match instanceof Map ? match : undefined),
    options,
  );
  return { start: found.map(({ raw }) => raw), rest: pipeline.slice(taken.length) };
}
