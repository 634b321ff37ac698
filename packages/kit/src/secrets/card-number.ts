/** Digits in a row, or in groups of any size; and what may stand between groups. */
const DIGITS = /\d(?:[\s.-]?\d){11,}/g;
const BETWEEN_GROUPS = /[\s.-]/g;

/**
 * True for what looks like the number of a card: 12 to 19 digits, perhaps in groups, whose last one checks the others
 * (Luhn). Such a thing must never be taken for a payment token: no card data touches Souk.
 *
 * @example looksLikeCardNumber('4242 4242 4242 4242') // true
 */
export function looksLikeCardNumber(text: string): boolean {
  const digits = text.replace(BETWEEN_GROUPS, '');
  return /^\d{12,19}$/.test(digits) && passesLuhn(digits);
}

/**
 * A text that may repeat what somebody sent, without the card numbers in it.
 *
 * @example withoutCardNumbers('got 4242424242424242') // 'got [card number]'
 */
export const withoutCardNumbers = (text: string): string =>
  text.replace(DIGITS, (digits) => (looksLikeCardNumber(digits) ? '[card number]' : digits));

/**
 * True if what looks like a card number stands anywhere in a text: such a text is not to be kept.
 *
 * @example holdsCardNumber('{ pay(token: "4242 4242 4242 4242") }') // true
 */
export const holdsCardNumber = (text: string): boolean => withoutCardNumbers(text) !== text;

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = index % 2 === 0 ? Number(digit) : 2 * Number(digit);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
