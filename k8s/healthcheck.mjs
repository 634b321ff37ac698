// Asks the service in this container whether it is alive. Exit code 0 means yes.
// eslint-disable-next-line no-restricted-properties -- it runs by itself, and has no configuration but this
const { PORT = '4000' } = process.env;
const answer = await fetch(`http://127.0.0.1:${PORT}/health`, { signal: AbortSignal.timeout(2_500) }).catch(
  () => undefined,
);
process.exitCode = answer?.ok ? 0 : 1;
