import { type ArtSubject, productArt } from './product-art.js';

export const plainArt = (subject: ArtSubject, width = 640): string => productArt(subject, width);
