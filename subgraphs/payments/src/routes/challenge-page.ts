import type { ChallengeResult } from '../commands/complete-challenge.js';
import type { Money } from '../domain/intent.js';

/** What the sandbox's bank asks. */
export const questionPage = (amount: Money): string =>
  page(
    'Confirm this payment',
    `<p>Your bank wants to know whether it is you who pays <strong>${formatted(amount)}</strong> to Souk.</p>
<form method="post"><button name="approve" value="true">Confirm</button>
<button name="approve" value="false" class="quiet">Refuse</button></form>
<p class="hint">This is a sandbox: no money moves.</p>`,
  );

const ANSWERS: Readonly<Record<ChallengeResult['kind'], readonly [title: string, text: string]>> = {
  taken: ['Thank you', 'The shop goes on with your order. You can close this page.'],
  over: ['Too late', 'This payment was decided before. Look at your order in the shop.'],
  unknown: ['Nothing to confirm', 'There is no such payment. Check the address of this page.'],
  'not-allowed': ['Nothing to confirm', 'Payments are confirmed at your own bank.'],
};

/** What the sandbox's bank says to an answer. */
export function answerPage(kind: ChallengeResult['kind']): string {
  const [title, text] = ANSWERS[kind];
  return page(title, `<p>${text}</p><p><a href="/">Back to the shop</a></p>`);
}

/** Pages may load nothing and send their form only to where they came from. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

const formatted = ({ amountMinor, currency }: Money): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).format(amountMinor / 100);

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · sandbox bank</title>
<style>
:root { color-scheme: light dark; font: 1.0625rem/1.5 system-ui, sans-serif }
body { max-width: 26rem; margin: 12vh auto; padding: 0 1.25rem }
button { font: inherit; padding: .6rem 1.4rem; margin: 0 .5rem .5rem 0; border-radius: .5rem; border: 2px solid #1d4ed8;
  background: #1d4ed8; color: #fff; cursor: pointer }
button.quiet { background: transparent; color: inherit; border-color: currentcolor }
button:focus-visible, a:focus-visible { outline: 3px solid #f59e0b; outline-offset: 2px }
a { color: inherit } .hint { opacity: .75; font-size: .9375rem }
</style></head><body><main><h1>${title}</h1>
${body}
</main></body></html>
`;
