export {
  type Fault,
  type HeldPayment,
  SECRET_KEY,
  type StripeStyleServer,
  WEBHOOK_SECRET,
  signedWebhook,
  startStripeStyleServer,
} from './stripe-style-server.js';
