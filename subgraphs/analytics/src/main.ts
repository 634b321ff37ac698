import { databaseUrl } from '@souk/kit/postgres';
import { runSubgraph } from '@souk/kit/server';
import { type AnalyticsDeps, createApp } from './app.js';
import { readConfig } from './config.js';
import { prepare } from './prepare.js';

await runSubgraph('analytics', readConfig, async ({ config, events, logger }) => {
  const deps: AnalyticsDeps = {
    databaseUrl: databaseUrl(config.DATABASE_URL, 'analytics'),
    events,
    logger,
    clock: () => new Date(),
  };
  await prepare(deps);
  return { app: await createApp(deps) };
});
