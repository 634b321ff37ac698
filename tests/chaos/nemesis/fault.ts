import { type Weather, describeWeather } from '../network/weather.js';

/** Something that is done to the shop, and undone after a while. */
export type Fault = {
  /** Its place in the plan, from 1. */
  readonly number: number;
  /** Since the beginning of the run, in milliseconds. */
  readonly atMs: number;
  readonly forMs: number;
} & Harm;

/** What is done. */
export type Harm =
  /** kill -9; its supervisor starts it again. */
  | { readonly kind: 'kill-service'; readonly service: string }
  /** SIGSTOP, later SIGCONT. */
  | { readonly kind: 'freeze-service'; readonly service: string }
  /** SIGSTOP for whichever process drives sagas, at a moment at which it does; others take over, and then it is back. */
  | { readonly kind: 'freeze-driver' }
  /** kill -9, later started again on the same data and port. */
  | { readonly kind: 'kill-server'; readonly server: string }
  | { readonly kind: 'freeze-server'; readonly server: string }
  | { readonly kind: 'weather'; readonly link: string; readonly weather: Weather }
  /** The carrier's clock jumps: ahead, it says at once what it would have said later; back, it says it later. */
  | { readonly kind: 'carrier-clock'; readonly byMs: number };

export type FaultKind = Harm['kind'];

/** A fault that was really done. */
export interface FaultRecord {
  readonly fault: Fault;
  /** Wall clock, milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** @example describeHarm({ kind: 'kill-server', server: 'postgres' }) // 'postgres is killed' */
export function describeHarm(harm: Harm): string {
  switch (harm.kind) {
    case 'kill-service':
      return `${harm.service} is killed`;
    case 'freeze-service':
      return `${harm.service} is frozen`;
    case 'freeze-driver':
      return 'inventory is frozen, and then whoever drives the sagas that wait for it';
    case 'kill-server':
      return `${harm.server} is killed`;
    case 'freeze-server':
      return `${harm.server} is frozen`;
    case 'weather':
      return `${harm.link} ${describeWeather(harm.weather)}`;
    case 'carrier-clock':
      return `the carrier's clock jumps ${harm.byMs > 0 ? 'ahead' : 'back'} by ${Math.abs(harm.byMs) / 1_000} s`;
  }
}
