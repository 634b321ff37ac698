import { EventEmitter } from 'node:events';
import { silentLogger as logger } from '@souk/testkit/logger';
import { expect, test } from 'vitest';
import { hearSignals } from './hear-signals.js';

test('the first signal gives the work up, one long after it ends the process', () => {
  const source = new EventEmitter() as EventEmitter & Pick<NodeJS.Process, 'on' | 'off'>;
  const exits: number[] = [];
  let time = 0;
  const hearing = hearSignals({ logger, source, now: () => time, exit: (code) => exits.push(code) });
  expect(hearing.signal.aborted).toBe(false);
  source.emit('SIGINT', 'SIGINT');
  expect(() => hearing.signal.throwIfAborted()).toThrow('Given up at SIGINT.');
  source.emit('SIGINT', 'SIGINT');
  expect(exits).toEqual([]);
  time = 10_001;
  source.emit('SIGINT', 'SIGINT');
  expect(exits).toEqual([1]);
  hearing.stop();
  expect(source.listenerCount('SIGINT')).toBe(0);
});
