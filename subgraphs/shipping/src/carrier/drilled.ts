import { type Drill, standsStill } from '../domain/drill.js';
import type { Carrier } from './carrier.js';

/** A carrier that does wrong whatever the present drill says. */
export function drilled(carrier: Carrier, drillOf: () => Promise<Drill>): Carrier {
  const reached = async (): Promise<Carrier> => {
    if (standsStill(await drillOf())) throw new Error('The carrier cannot be reached: this is a drill.');
    return carrier;
  };
  return {
    name: carrier.name,
    dayMs: carrier.dayMs,
    async book(call) {
      if ((await drillOf()) === 'REFUSE_PARCELS') {
        return { accepted: false, reason: `${carrier.name} takes no parcels at present.` };
      }
      return (await reached()).book(call);
    },
    cancel: async (call) => (await reached()).cancel(call),
    bookReturn: async (call) => (await reached()).bookReturn(call),
  };
}
