import { execFile, spawn } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from './find-program.js';
import { freePort } from './free-port.js';
import { type TestServer, startServerProcess } from './server-process.js';

/** Where Debian keeps the scripts that run RabbitMQ as whoever calls them. */
const FOLDERS = ['/usr/lib/rabbitmq/bin'];

/** Where RabbitMQ's start script is; undefined on a machine without it. */
export const findRabbitMq = (): Promise<string | undefined> => findProgram('rabbitmq-server', FOLDERS);

/** A broker that can be asked, and told, what no client of it can. */
export interface RabbitMqServer extends TestServer {
  /**
   * Has the broker's node evaluate Erlang. It takes a second or two.
   *
   * @throws Error with what the node says against it
   * @example await broker.evaluate("whereis('%2F_my-queue').");
   */
  evaluate(expression: string): Promise<string>;
}

/**
 * Starts a RabbitMQ broker. It takes ten seconds and more: one for a test file. What it has confirmed outlives a kill.
 *
 * @param options.port @default a free one
 * @throws Error without `rabbitmq-server` on the machine
 * @example const broker = await startRabbitMq(); afterAll(() => broker.stop());
 */
export async function startRabbitMq(options: { readonly port?: number } = {}): Promise<RabbitMqServer> {
  const [program, epmd] = await Promise.all([findRabbitMq(), findProgram('epmd')]);
  if (program === undefined || epmd === undefined) {
    throw new Error('Install rabbitmq-server, or skip the test without it.');
  }
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'souk-rabbitmq-'));
  const [port, distribution, names] = [
    options.port ?? (await freePort()),
    await freePort(),
    await freePort(),
  ];
  const inFolder = (name: string): string => path.join(dataDir, name);
  await writeFile(inFolder('plugins'), '[].');
  await writeFile(inFolder('rabbitmq.conf'), CONFIGURATION);
  // Erlang's register of names: ours, in the foreground, instead of a daemon that would stay behind.
  const register = spawn(epmd, ['-port', String(names), '-address', '127.0.0.1'], { stdio: 'ignore' });
  const endRegister = (): void => void register.kill('SIGKILL');
  process.once('exit', endRegister);
  const env = {
    PATH: '/usr/bin:/bin:/usr/sbin:/sbin',
    HOME: dataDir,
    LC_ALL: 'C.UTF-8',
    RABBITMQ_NODENAME: `souk-${port}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(distribution),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(names),
    RABBITMQ_MNESIA_BASE: inFolder('mnesia'),
    RABBITMQ_LOG_BASE: inFolder('log'),
    RABBITMQ_ENABLED_PLUGINS_FILE: inFolder('plugins'),
    RABBITMQ_CONFIG_FILE: inFolder('rabbitmq.conf'),
    RABBITMQ_PID_FILE: inFolder('pid'),
    // Schedulers that wait for work without spinning: tests share their cores with it.
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:
      '-kernel inet_dist_use_interface {127,0,0,1} -start_epmd false +S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none',
  };
  const server = await startServerProcess({
    name: 'RabbitMQ',
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    port,
    dataDir,
    command: [program],
    env,
    readyText: /completed with \d+ plugins/,
    cleanUp: async () => {
      process.off('exit', endRegister);
      endRegister();
    },
  });
  const control = path.join(path.dirname(program), 'rabbitmqctl');
  // The server is no plain object: its process id changes with each start.
  return Object.assign(server, {
    async evaluate(expression: string) {
      const args = ['--node', env.RABBITMQ_NODENAME, '--quiet', 'eval', expression];
      return (await promisify(execFile)(control, args, { env })).stdout.trim();
    },
  });
}

const CONFIGURATION = `loopback_users.guest = true
disk_free_limit.absolute = 50MB
vm_memory_high_watermark.absolute = 512MB
log.console = false
log.file.level = warning
`;
