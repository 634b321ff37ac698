import type { DeadLetter } from '@souk/kit/events';
import { redact, redactText } from './redact.js';

/** A dead letter and whose it is. */
export interface ServiceLetter extends DeadLetter {
  readonly service: string;
}

/**
 * The text that lists dead letters: three lines each, four with its payload.
 *
 * @param options.total how many there are in all
 */
export function describeLetters(
  letters: readonly ServiceLetter[],
  options: { readonly total: number; readonly payload: boolean },
): string {
  if (options.total === 0) return 'There are no dead letters.';
  const rest = options.total - letters.length;
  return [
    ...letters.map((letter) => describe(letter, options.payload)),
    ...(rest > 0 ? [`and ${rest} more: --limit ${options.total} lists them all.`] : []),
  ].join('\n\n');
}

function describe(
  { service, consumer, event, error, attempts, failedAt }: ServiceLetter,
  payload: boolean,
): string {
  const state = attempts === 0 ? 'to be tried again' : `tried ${attempts} times`;
  return [
    `${event.id}  ${event.type} of ${event.source}, about ${event.aggregateId} (version ${event.version})`,
    `  for ${consumer} in ${service}, ${state}, last at ${failedAt.toISOString()}`,
    `  ${redactText(error)}`,
    ...(payload ? [`  ${JSON.stringify(redact(event.payload)).slice(0, 1_000)}`] : []),
  ].join('\n');
}
