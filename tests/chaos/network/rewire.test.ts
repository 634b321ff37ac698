import { expect, test } from 'vitest';
import { neighboursIn, portsIn, withPorts } from './rewire.js';

const env = {
  PORT: '4104',
  HOST: '127.0.0.1',
  DATABASE_URL: 'postgres://postgres@127.0.0.1:5433',
  MONGODB_URL: 'mongodb://127.0.0.1:27018/?directConnection=true',
  SUBGRAPH_URLS: 'orders=http://127.0.0.1:4104,users=http://127.0.0.1:4101/graphql',
  JWT_ISSUERS: '[{"jwksUri":"http://127.0.0.1:4101/jwks"}]',
};

test('a process is told of every port but its own', () => {
  expect(portsIn(env)).toEqual([5433, 27018, 4101]);
});

test('services are named', () => {
  expect([...neighboursIn(env)]).toEqual([
    [4104, 'orders'],
    [4101, 'users'],
  ]);
  expect(neighboursIn({}).size).toBe(0);
});

test('ports are replaced wherever they stand', () => {
  const ports = new Map([
    [5433, 1],
    [4101, 2],
  ]);
  expect(withPorts(env, ports)).toEqual({
    ...env,
    DATABASE_URL: 'postgres://postgres@127.0.0.1:1',
    SUBGRAPH_URLS: 'orders=http://127.0.0.1:4104,users=http://127.0.0.1:2/graphql',
    JWT_ISSUERS: '[{"jwksUri":"http://127.0.0.1:2/jwks"}]',
  });
});
