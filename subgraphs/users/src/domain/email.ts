import { domainToASCII } from 'node:url';

/** Longest address that SMTP can carry (RFC 5321, 4.5.3.1.3). */
const MAX_LENGTH = 254;
const MAX_LOCAL_LENGTH = 64;
// What people have: no quoted local parts, no comments, no addresses of IP numbers.
const LOCAL = /^[^\s@"(),:;<>[\]\\\p{Cc}]+$/u;
const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * The one spelling under which an address is stored, compared and shown: composed, lower case, the domain in its
 * ASCII form. The local part's case would matter by the letter of RFC 5321 and matters to no mail provider.
 *
 * @returns undefined if it is not an e-mail address
 * @example canonicalEmail(' Ada@Büro.example ') // 'ada@xn--bro-hoa.example'
 */
export function canonicalEmail(input: string): string | undefined {
  const text = input.normalize('NFC').trim().toLowerCase();
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const domain = domainToASCII(text.slice(at + 1));
  const email = `${local}@${domain}`;
  const dotsAreInside = !local.startsWith('.') && !local.endsWith('.') && !local.includes('..');
  const fits = Buffer.byteLength(email) <= MAX_LENGTH && Buffer.byteLength(local) <= MAX_LOCAL_LENGTH;
  return at > 0 && LOCAL.test(local) && dotsAreInside && DOMAIN.test(domain) && fits ? email : undefined;
}

export const EMAIL_PROBLEM = 'This is not an e-mail address. It should look like name@example.com.';
