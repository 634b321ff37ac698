import { CALM } from '../network/weather.js';
import type { Arena } from './arena.js';
import { bringBack } from './bring-back.js';
import type { Harm } from './fault.js';

/**
 * Does one fault.
 *
 * @returns what undoes it; safe to call when it is undone already. Undefined if it came to nothing
 */
export async function inflict(harm: Harm, arena: Arena): Promise<(() => Promise<void>) | undefined> {
  switch (harm.kind) {
    case 'kill-service':
      signalProcess(known(arena.services, harm.service).pid(), 'SIGKILL');
      return NOTHING;
    case 'freeze-service': {
      // The one that was frozen, even if another one has come in its place.
      const pid = known(arena.services, harm.service).pid();
      signalProcess(pid, 'SIGSTOP');
      return async () => signalProcess(pid, 'SIGCONT');
    }
    case 'freeze-driver':
      return arena.freezeDriver?.();
    case 'kill-server': {
      const server = known(arena.servers, harm.server);
      await server.kill();
      return () => bringBack(() => server.restart());
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

/** Sends a signal; a process that is not there gets none. */
export function signalProcess(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has ended by itself meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
