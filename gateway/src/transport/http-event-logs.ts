import { createRemoteEventLog, type EventLog } from '@souk/kit/events';
import type { EventLogs } from '../caching/followers.js';
import type { SubgraphOptions } from '../gateway-options.js';
import type { SubgraphSettings } from './http-subgraphs.js';

/** What an answer may take beyond the time that is waited for news, in milliseconds. */
const ANSWER_MS = 1_000;

/**
 * Reads the events of subgraphs in other processes, from the signed `/events` of one of their replicas: the next one
 * if it fails. Without the secret they cannot be read; foreign subgraphs have none.
 */
export function httpEventLogs(
  { SUBGRAPH_URLS, SOUK_INTERNAL_SECRET: secret }: SubgraphSettings,
  options: Readonly<Record<string, SubgraphOptions>>,
): EventLogs {
  if (secret === undefined) return () => undefined;
  return ({ name, url }) => {
    const configured = SUBGRAPH_URLS.flatMap(([subgraph, address]) => (subgraph === name ? [address] : []));
    const urls = options[name]?.urls ?? configured;
    let turn = 0;
    const log = createRemoteEventLog({
      owner: name,
      reader: 'gateway',
      url: () => urls[turn % urls.length] ?? url,
      secret,
      timeoutMs: ANSWER_MS,
    });
    return onFailure(log, () => (turn += 1));
  };
}

function onFailure(log: EventLog, then: () => void): EventLog {
  const told = async <Result>(asked: Promise<Result>): Promise<Result> => {
    try {
      return await asked;
    } catch (error) {
      then();
      throw error;
    }
  };
  return {
    read: (after, limit) => told(log.read(after, limit)),
    waitBeyond: (after, timeoutMs, signal) => told(log.waitBeyond(after, timeoutMs, signal)),
    head: () => told(log.head()),
  };
}
