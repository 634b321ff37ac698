// Loaded into every service process before its own code. The launcher ends its services in order; a launcher that was
// killed cannot, and then each of them notices that the channel to it is gone and ends itself. Plain JavaScript, since
// tests start services from the sources, too.
const end = () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), 10_000).unref();
};
process.once('disconnect', end);
process.channel?.unref();
// It may have gone while this was loaded. A worker thread loads this as well, has no channel, and is not asked.
if (process.connected === false) end();
