import type { JSONWebKeySet } from 'jose';
import type { ClaimsOptions } from './read-claims.js';

/** Ways to sign a token that can be verified with a public key. With a shared-secret one (`HS256`) that key could forge tokens. */
export const ALGORITHMS = [
  'EdDSA',
  'Ed25519',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

interface AboutTokens {
  /** The `iss` claim, exactly. */
  readonly issuer: string;
  /** The `aud` claim that tokens must carry, or several of which they must carry one. @default any */
  readonly audience?: string | readonly string[];
  /** How tokens may be signed. @default all of {@link ALGORITHMS} */
  readonly algorithms?: readonly Algorithm[];
  /** Where the issuer writes down what somebody may do. @default roles in `roles`, scopes in `scope` or `scp` */
  readonly claims?: ClaimsOptions;
}

/** Somebody whose access tokens are accepted. */
export interface Issuer extends AboutTokens {
  /**
   * Where the public keys are: a URL, or a function for an issuer that lives in this process.
   * @default what `<issuer>/.well-known/openid-configuration` says (OpenID Connect discovery)
   */
  readonly jwks?: URL | (() => JSONWebKeySet | Promise<JSONWebKeySet>);
}

/** An issuer as plain data. */
export interface IssuerOptions extends AboutTokens {
  /** Where the public keys are. @default what OpenID Connect discovery at the issuer says */
  readonly jwksUri?: string;
}

/** @throws TypeError if `jwksUri` is no URL */
export const issuerOf = ({ jwksUri, ...about }: IssuerOptions): Issuer =>
  jwksUri === undefined ? about : { ...about, jwks: new URL(jwksUri) };
