export {
  ANONYMOUS,
  hasRole,
  isInternal,
  requireRole,
  requireUser,
  type Role,
  type Viewer,
} from './viewer.js';
export { isProofOf, proofOf } from './claim-proof.js';
export { TIME_LEFT_HEADER } from './time-left.js';
export {
  ENVELOPE_HEADER,
  ENVELOPE_LIFETIME_SECONDS,
  ENVELOPE_SKEW_SECONDS,
  signEnvelope,
  verifyEnvelope,
} from './envelope.js';
