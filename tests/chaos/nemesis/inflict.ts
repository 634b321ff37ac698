import { CALM } from '../network/weather.js';
import type { Arena } from './arena.js';
import type { Harm } from './fault.js';

/**
 * Does one fault.
 *
 * @returns what undoes it; safe to call when it is undone already
 */
export async function inflict(harm: Harm, arena: Arena): Promise<() => Promise<void>> {
  switch (harm.kind) {
    case 'kill-service':
      signal(known(arena.services, harm.service).pid(), 'SIGKILL');
      return NOTHING;
    case 'freeze-service': {
      // The one that was frozen, even if another one has come in its place.
      const pid = known(arena.services, harm.service).pid();
      signal(pid, 'SIGSTOP');
      return async () => signal(pid, 'SIGCONT');
    }
    case 'kill-server': {
      const server = known(arena.servers, harm.server);
      await server.kill();
      return () => server.restart();
    }
    case 'freeze-server': {
      const server = known(arena.servers, harm.server);
      server.freeze();
      return async () => server.thaw();
    }
    case 'weather': {
      const link = known(arena.links, harm.link);
      link.setWeather(harm.weather);
      return async () => link.setWeather(CALM);
    }
    case 'carrier-clock':
      await arena.jumpCarrierClock?.(harm.byMs);
      return NOTHING;
  }
}

const NOTHING = async (): Promise<void> => {};

function known<Thing>(things: ReadonlyMap<string, Thing>, name: string): Thing {
  const thing = things.get(name);
  if (thing === undefined)
    throw new Error(`There is no ${name} to be harmed, only ${[...things.keys()].join(', ')}.`);
  return thing;
}

function signal(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has ended by itself meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
