import type { Facts } from '../facts/facts.js';
import { chainIsIntact, projectionsEqualReplay, storeIsComplete } from './event-store.js';
import { acknowledgedRefundsArePaid, moneyMatchesOrders, refundsWereAskedFor } from './money.js';
import { oneDriverAtATime } from './one-driver.js';
import { unitsFollowOrders } from './order-units.js';
import { parcelsMatchOrders } from './parcels.js';
import { nothingIsSetAside, nothingIsUnfinished } from './rest.js';
import { shelvesShowStock, stockAddsUp, stockBalances, stockHasOneHistory } from './stock.js';
import { subscribersSeeForwards, subscribersSeeTheEnd } from './subscribers.js';
import type { Rule, Violation } from './violation.js';
import { acknowledgedOrdersExist, oneKeyOneOrder, refusalsHold, undoingHolds } from './words-kept.js';

/** What the shop promises, whatever happens to it. */
export const RULES: readonly Rule[] = [
  acknowledgedOrdersExist,
  oneKeyOneOrder,
  refusalsHold,
  undoingHolds,
  moneyMatchesOrders,
  acknowledgedRefundsArePaid,
  refundsWereAskedFor,
  stockBalances,
  stockHasOneHistory,
  stockAddsUp,
  unitsFollowOrders,
  parcelsMatchOrders,
  nothingIsUnfinished,
  oneDriverAtATime,
  nothingIsSetAside,
  subscribersSeeForwards,
  subscribersSeeTheEnd,
  shelvesShowStock,
  chainIsIntact,
  storeIsComplete,
  projectionsEqualReplay,
];

/** Finds every promise that was broken. */
export const check = (facts: Facts): Violation[] =>
  RULES.flatMap((rule) => rule.check(facts).map((violation) => ({ rule: rule.name, ...violation })));
