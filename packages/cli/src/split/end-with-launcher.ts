// Loaded into every service process before its own code. The launcher ends its services in order; a launcher that was
// killed cannot, and then each of them notices that the channel to it is gone and ends itself.
process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.exit(1), 10_000).unref();
});
process.channel?.unref();
