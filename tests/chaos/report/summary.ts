import { RULES } from '../checker/check.js';
import { ofKind } from '../facts/told.js';
import type { Outcome } from '../run-chaos.js';
import { tellStory } from '../story/tell-story.js';

/** Most stories that are told. */
const MOST_STORIES = 3;

/**
 * What a run brought to light, for people: what was done, which promises were kept, and the story of what was not.
 *
 * @param again the command that repeats the run
 */
export function summary(outcome: Outcome, again: string): string {
  const { facts, faults, violations, restMs } = outcome;
  const { told, orders, events } = facts;
  const count = (list: readonly string[]): string => {
    const counts = new Map<string, number>();
    for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1);
    return [...counts].map(([name, number]) => `${number} ${name}`).join(', ') || 'none';
  };
  const lines = [
    '',
    `orders         ${orders.length}: ${count(orders.map(({ status }) => status))}`,
    `answers        ${count(told.map(({ kind }) => kind))}`,
    `pushes         ${count(ofKind(told, 'pushed').map(({ way }) => `over ${way}`))}`,
    `refusals       ${count(ofKind(told, 'refused').map(({ code }) => code))}`,
    `events         ${events.length}`,
    `faults         ${faults.length}: ${count(faults.map(({ fault }) => fault.kind))}`,
    `rest           after ${(restMs / 1_000).toFixed(1)} s`,
    '',
    ...RULES.map(({ name }) => {
      const broken = violations.filter(({ rule }) => rule === name).length;
      return broken === 0 ? `  ✓ ${name}` : `  ✗ ${name}: ${broken} times`;
    }),
  ];
  if (violations.length === 0) return lines.join('\n');
  return [
    ...lines,
    '',
    ...storiesOf(outcome),
    `Again: ${again}`,
    'With some of its faults only: --faults 1,2,3. With ever fewer of them: --shrink',
  ].join('\n');
}

/** The shortest story of each broken promise, line by line; of the first promises only, which usually say it all. */
export function storiesOf({ facts, faults, violations }: Outcome): string[] {
  return RULES.flatMap(({ name }) => {
    const ofRule = violations.filter(({ rule }) => rule === name);
    return shortest(ofRule.map((violation) => tellStory(violation, facts, faults)));
  })
    .slice(0, MOST_STORIES)
    .flatMap((story) => [...story, '']);
}

/** The shortest story; one that is a single line tells less than any other. */
function shortest(stories: readonly string[][]): string[][] {
  const ordered = [...stories].sort((a, b) => a.length - b.length);
  const best = ordered.find(({ length }) => length > 1) ?? ordered[0];
  return best ? [best] : [];
}
