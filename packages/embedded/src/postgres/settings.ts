/**
 * `full` never loses an acknowledged write, whatever is killed. `test` is faster and loses data only if the whole
 * machine stops.
 */
export type Durability = 'full' | 'test';

/**
 * Settings for one developer's machine: six subgraphs with a pool each, in as little memory as makes sense. They
 * are given on the command line at each start, so that a new version of Souk brings its own to old data.
 */
export function serverSettings(port: number, durability: Durability): readonly string[] {
  const settings: Record<string, string | number> = {
    port,
    listen_addresses: '127.0.0.1',
    // No socket file: its path could be longer than the 107 bytes that systems allow.
    unix_socket_directories: '',
    max_connections: durability === 'test' ? 300 : 120,
    shared_buffers: '48MB',
    // Planned for short queries: compiling them costs more than it saves.
    jit: 'off',
    // One server without replicas and without parallel queries.
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_logical_replication_workers: 0,
    max_parallel_workers: 0,
    max_parallel_workers_per_gather: 0,
    // The workers of the new asynchronous reader are processes of their own.
    io_method: 'sync',
    random_page_cost: 1.1,
    max_wal_size: '256MB',
    min_wal_size: '32MB',
    log_checkpoints: 'off',
    // Read by the starter, so never translated.
    lc_messages: 'C',
    ...(durability === 'test' ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
