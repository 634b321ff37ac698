import type { PaymentProvider } from './payment-provider.js';

/** Moves no money: `tok_approve` is approved, `tok_decline` and everything else is declined. */
export const sandboxProvider: PaymentProvider = {
  async authorize({ paymentToken, orderId }) {
    if (paymentToken === 'tok_approve') return { approved: true, reference: `sandbox-${orderId}` };
    if (paymentToken === 'tok_decline') return { approved: false, reason: 'The card was declined.' };
    return {
      approved: false,
      reason: 'This is an unknown sandbox token: use tok_approve or tok_decline.',
    };
  },
  async capture() {},
  async void() {},
  async refund() {},
};
