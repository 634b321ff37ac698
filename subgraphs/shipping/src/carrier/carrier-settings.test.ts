import { loadConfig } from '@souk/kit/config';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { carrierConfig, carrierEnvironment, carrierSettings } from './carrier-settings.js';

const schema = z.object({ ...carrierConfig, SOUK_DRILLS: z.stringbool().default(false) });
const read = (environment: Record<string, string>) => loadConfig(schema, environment);
const remote = {
  SOUK_CARRIER_URL: 'https://carrier.example/v1/',
  SOUK_CARRIER_SECRET: 'a carrier secret of at least 32 characters',
  SOUK_CARRIER_NAME: 'Kestrel',
};

test('without anything the carrier is simulated, and nothing goes wrong on purpose', () => {
  expect(carrierSettings(read({}))).toEqual({ kind: 'simulated', speed: 1, drills: false });
  expect(carrierSettings(read({ SOUK_CARRIER_SPEED: '100', SOUK_DRILLS: 'true' }))).toEqual({
    kind: 'simulated',
    speed: 100,
    drills: true,
  });
});

test('a remote one needs its secret', () => {
  expect(carrierSettings(read(remote))).toEqual({
    kind: 'remote',
    name: 'Kestrel',
    url: 'https://carrier.example/v1',
    secret: remote.SOUK_CARRIER_SECRET,
    drills: false,
  });
  const { SOUK_CARRIER_SECRET: _, ...withoutSecret } = remote;
  expect(() => carrierSettings(read(withoutSecret))).toThrow(
    'SOUK_CARRIER_SECRET: must be set with SOUK_CARRIER_URL',
  );
});

test.each([
  { SOUK_CARRIER_SPEED: '0' },
  { SOUK_CARRIER_SPEED: 'fast' },
  { ...remote, SOUK_CARRIER_URL: 'carrier.example' },
  { ...remote, SOUK_CARRIER_SECRET: 'short' },
])('what cannot be is refused at the start: %j', (environment) => {
  expect(() => read(environment)).toThrow(/SOUK_CARRIER_\w+: must/);
});

test('a process that runs shipping alone is told the same', () => {
  for (const given of [{}, { SOUK_CARRIER_SPEED: '2.5', SOUK_DRILLS: 'true' }, remote]) {
    const config = read(given);
    expect(carrierSettings(read(carrierEnvironment(config)))).toEqual(carrierSettings(config));
  }
});
