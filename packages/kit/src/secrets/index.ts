export { looksLikeCardNumber, withoutCardNumbers } from './card-number.js';
