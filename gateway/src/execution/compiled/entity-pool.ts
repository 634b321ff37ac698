import type { ExecutionResult } from 'graphql';
import { escapesOf } from '../escapes.js';
import type { Representation } from './representation.js';
import type { Ask } from './ask.js';
import type { JsonObject } from './json.js';
import type { Run } from './run.js';

/** One entity of one subgraph, asked for once in a run whoever needs it. */
export interface PooledEntity {
  /** What the subgraph said of it; undefined until then, or if it said nothing. */
  value: unknown;
  /** The question it was part of. */
  readonly batch: EntityBatch;
  /** Its place in that question. */
  readonly index: number;
}

/** One `_entities` question. */
export interface EntityBatch {
  readonly entities: PooledEntity[];
  /** Settles once the answer is in `answer` or `failure`. Never rejects. */
  done: Promise<void>;
  settled: boolean;
  answer: ExecutionResult | undefined;
  failure: unknown;
}

/** All entities that one kind of question has asked for in a run. */
export interface EntityPool {
  /** The entity of an object: known already, part of the question that is about to leave, or newly added to it. */
  find(target: JsonObject, representation: Representation): PooledEntity | undefined;
}

/**
 * Makes a pool. What is looked for within one turn of the microtask queue leaves as one question: parallel fetches
 * that ask the same of different objects become one.
 *
 * @param onAnswer is shown each answer once, before anybody reads it
 */
export function createEntityPool(
  run: Run,
  ask: Ask,
  onAnswer: (answer: ExecutionResult) => void,
): EntityPool {
  const known = new Map<unknown, PooledEntity>();
  let leaving: { readonly batch: EntityBatch; text: string } | undefined;

  const send = async (batch: EntityBatch): Promise<void> => {
    await Promise.resolve();
    const text = leaving?.text ?? '';
    leaving = undefined;
    try {
      const answer = await ask(run, text);
      run.escapes |= escapesOf(answer);
      onAnswer(answer);
      batch.answer = answer;
      const values: unknown = answer.data?.['_entities'];
      if (Array.isArray(values)) {
        batch.entities.forEach((entity, index) => {
          entity.value = values[index];
        });
      }
    } catch (failure) {
      batch.failure = failure ?? new Error('a subgraph failed without saying why');
    }
    batch.settled = true;
  };

  const open = (): { readonly batch: EntityBatch; text: string } => {
    const batch: EntityBatch = {
      entities: [],
      done: Promise.resolve(),
      settled: false,
      answer: undefined,
      failure: undefined,
    };
    const opened = { batch, text: '' };
    leaving = opened;
    batch.done = send(batch);
    return opened;
  };

  return {
    find(target, representation) {
      const key = representation.key(target);
      if (key === undefined) return undefined;
      const hit = known.get(key);
      if (hit) return hit;
      const text = representation.text(target);
      if (text === undefined) return undefined;
      const { batch } = (leaving ??= open());
      leaving.text = leaving.text === '' ? text : `${leaving.text},${text}`;
      const entity: PooledEntity = { value: undefined, batch, index: batch.entities.length };
      batch.entities.push(entity);
      known.set(key, entity);
      return entity;
    },
  };
}
