import type { RequestContext } from '@souk/kit/subgraph';
import type { CheckedOperation } from '../../operation/checked-operation.js';
import type { LoadedSupergraph } from '../../supergraph/load.js';
import { createLruMap, type LruMap } from '../lru-map.js';
import { clientOf, standing } from './for-whom.js';
import { labelsIn } from './labels-in.js';
import type { OverrideOptions } from './override-options.js';

/** The operation as it is to be planned for whoever asks; itself if nothing that it selects has moved for them. */
export type ApplyOverrides = (
  operation: CheckedOperation,
  context: Pick<RequestContext, 'viewer' | 'cartToken'>,
) => CheckedOperation;

export interface OverridesDeps extends OverrideOptions {
  /** Told about labels in the options that the supergraph does not have. @default () => {} */
  readonly onUnknown?: (labels: readonly string[]) => void;
  /** For clients that cannot be recognised: from 0 to below 1. @default Math.random */
  readonly random?: () => number;
}

/** Combinations of labels of one operation that are kept. */
const COMBINATIONS = 64;

interface Labelled {
  readonly labels: readonly { readonly name: string; readonly percent: number }[];
  readonly byLabels: LruMap<string, CheckedOperation>;
}

/**
 * Decides for each request which fields under `@override(label:)` are asked of their new subgraph. An operation is
 * looked through once; only labels that can change its plan are decided, so others cost it nothing.
 *
 * @returns undefined if the supergraph has no labels, or all of them are off
 * @example const overrides = createOverrides(supergraph, { labels: { 'new-stock': 25 } });
 */
export function createOverrides(
  { sdl, full }: Pick<LoadedSupergraph, 'sdl' | 'full'>,
  { labels: chosen = {}, onUnknown = () => {}, random = Math.random }: OverridesDeps,
): ApplyOverrides | undefined {
  const found = labelsIn(sdl, full);
  const unknown = Object.keys(chosen).filter((label) => !found?.all.has(label));
  if (unknown.length > 0) onUnknown(unknown);
  const percents = new Map([...(found?.all ?? [])].map((label) => [label, percentOf(label, chosen[label])]));
  if (!found || [...percents.values()].every((percent) => percent === 0)) return undefined;

  const known = new WeakMap<CheckedOperation, Labelled>();
  const lookThrough = (operation: CheckedOperation): Labelled => {
    const labels = found
      .of(operation.document)
      .map((name) => ({ name, percent: percents.get(name) ?? 0 }))
      .filter(({ percent }) => percent > 0);
    const labelled = { labels, byLabels: createLruMap<string, CheckedOperation>(COMBINATIONS) };
    known.set(operation, labelled);
    return labelled;
  };

  return (operation, context) => {
    const { labels, byLabels } = known.get(operation) ?? lookThrough(operation);
    if (labels.length === 0) return operation;
    const client = clientOf(context);
    const on = labels.filter(
      ({ name, percent }) => (client === undefined ? random() * 100 : standing(name, client)) < percent,
    );
    if (on.length === 0) return operation;
    const names = on.map(({ name }) => name);
    const key = names.join(',');
    const before = byLabels.get(key);
    if (before) return before;
    const moved = { ...operation, hash: `${operation.hash}+${key}`, labels: names };
    byLabels.set(key, moved);
    return moved;
  };
}

/** For how many of a hundred a label is on. */
function percentOf(label: string, chosen: boolean | number | undefined): number {
  if (typeof chosen === 'boolean') return chosen ? 100 : 0;
  // Composition made sure that it is a number from 0 to 100.
  return chosen ?? Number(/^percent\((.*)\)$/.exec(label)?.[1] ?? 0);
}
