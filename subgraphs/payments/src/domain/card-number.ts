/**
 * True for what looks like the number of a card: 12 to 19 digits, perhaps in groups, whose last one checks the others
 * (Luhn). Such a thing must never be taken for a payment token: no card data touches Souk.
 *
 * @example looksLikeCardNumber('4242 4242 4242 4242') // true
 */
export function looksLikeCardNumber(text: string): boolean {
  const digits = text.replace(/[\s.-]/g, '');
  return /^\d{12,19}$/.test(digits) && passesLuhn(digits);
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = index % 2 === 0 ? Number(digit) : 2 * Number(digit);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
