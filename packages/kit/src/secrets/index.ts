export { holdsCardNumber, looksLikeCardNumber, withoutCardNumbers } from './card-number.js';
