import { describe, expect, it } from 'vitest';
import { createLogger } from './logger.js';

function capture() {
  const lines: string[] = [];
  return { lines, destination: { write: (line: string) => void lines.push(line) } };
}

describe('createLogger', () => {
  it('writes one JSON object a line, with the fields of its parents', () => {
    const { lines, destination } = capture();
    createLogger({ level: 'info', destination })
      .child({ service: 'orders' })
      .info({ requestId: 'r1' }, 'placed');
    expect(JSON.parse(lines.join(''))).toMatchObject({
      level: 30,
      service: 'orders',
      requestId: 'r1',
      msg: 'placed',
    });
  });

  it('never writes a secret, up to two objects deep', () => {
    const { lines, destination } = capture();
    const logger = createLogger({ level: 'info', destination });
    logger.info(
      { password: 'hunter2', input: { paymentToken: 'hunter2', deep: { authorization: 'hunter2' } } },
      'x',
    );
    expect(lines.join('')).not.toContain('hunter2');
    expect(lines.join('')).toContain('[redacted]');
  });

  it('drops what is below its level', () => {
    const { lines, destination } = capture();
    createLogger({ level: 'warn', destination }).info('quiet');
    expect(lines).toEqual([]);
  });
});
