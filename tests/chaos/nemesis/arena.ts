import type { Weather } from '../network/weather.js';

/** A process that is started again by whoever supervises it. */
export interface Mortal {
  readonly pid: () => number | undefined;
}

/** A database or broker of the run's own. */
export interface Server {
  /** kill -9, with all that belongs to it. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data, after killing it if it runs. */
  restart(): Promise<void>;
  /** SIGSTOP for all of it. */
  freeze(): void;
  thaw(): void;
}

/** All that can be harmed, by name. */
export interface Arena {
  readonly services: ReadonlyMap<string, Mortal>;
  readonly servers: ReadonlyMap<string, Server>;
  readonly links: ReadonlyMap<string, { setWeather(weather: Weather): void }>;
  /** Freezes whoever drives a saga; resolves with what thaws it, or with nothing if nobody was caught. @default nobody is */
  readonly freezeDriver?: () => Promise<(() => Promise<void>) | undefined>;
  /** @default there is no carrier */
  readonly jumpCarrierClock?: (byMs: number) => Promise<void>;
}
