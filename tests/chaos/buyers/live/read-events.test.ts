import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEvents, type ServerSentEvent } from './read-events.js';

async function eventsOf(...chunks: readonly string[]): Promise<ServerSentEvent[]> {
  const stream = async function* () {
    yield* chunks;
  };
  const events: ServerSentEvent[] = [];
  for await (const event of readEvents(stream())) events.push(event);
  return events;
}

const TEXT = ':\n\nevent: next\ndata: {"a":"b: c"}\n\n:\n\nevent: next\ndata:2\n\nevent: complete\ndata:\n\n';
const EVENTS = [
  { event: 'next', data: '{"a":"b: c"}' },
  { event: 'next', data: '2' },
  { event: 'complete', data: '' },
];

test('events come one by one, heartbeats do not', async () => {
  expect(await eventsOf(TEXT)).toEqual(EVENTS);
});

test('however the text is cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(TEXT.length)), async (cuts) => {
      const edges = [0, ...cuts.sort((a, b) => a - b), TEXT.length];
      const chunks = edges.slice(1).map((to, index) => TEXT.slice(edges[index], to));
      expect(await eventsOf(...chunks)).toEqual(EVENTS);
    }),
  );
});

test('an event that is cut off never was', async () => {
  expect(await eventsOf('event: next\ndata: 1\n\nevent: next\ndata: 2')).toEqual([
    { event: 'next', data: '1' },
  ]);
});

test('data of several lines, and no name', async () => {
  expect(await eventsOf('data: one\ndata: two\n\n')).toEqual([{ event: 'message', data: 'one\ntwo' }]);
});
