import { type ChallengeAnswer, answerChallenge } from '../provider/sandbox/challenges.js';
import { applyCommands } from '../store/apply-commands.js';
import type { CommandDeps } from './command-deps.js';

/** What `completePaymentChallenge` answers. */
export type ChallengeResult = ChallengeAnswer | { readonly kind: 'not-allowed' };

/**
 * Answers a challenge at the sandbox, then writes the answer down, as a webhook would have it. If the process dies in
 * between, the next look at the provider finds it.
 */
export async function completeChallenge(
  deps: CommandDeps,
  challengeId: string,
  approve: boolean,
): Promise<ChallengeResult> {
  const { ledger, database, onWish } = deps;
  if (!ledger) return { kind: 'not-allowed' };
  const answer = await answerChallenge(ledger, challengeId, approve);
  if (answer.kind !== 'taken') return answer;
  const { orderId, reference } = answer;
  const command = approve
    ? ({ type: 'ReportAuthorized', reference } as const)
    : ({
        type: 'ReportDeclined',
        decline: { code: 'CHALLENGE_FAILED', reason: 'The payment was not confirmed with the bank.' },
      } as const);
  await database.transaction((sql) => applyCommands(sql, [{ orderId, command }], deps));
  onWish();
  return answer;
}
