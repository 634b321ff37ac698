import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError, loadConfig } from './load-config.js';

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(4000),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
});

describe('loadConfig', () => {
  it('takes defaults for what is unset or empty', () => {
    expect(loadConfig(schema, { PORT: '', OTHER: 'x' })).toEqual({ PORT: 4000 });
  });

  it('lists every problem at once', () => {
    const load = () => loadConfig(schema, { PORT: 'abc', DATABASE_URL: 'nope' });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/2 problems:\n {2}- PORT: .+\n {2}- DATABASE_URL: .+/);
  });
});
