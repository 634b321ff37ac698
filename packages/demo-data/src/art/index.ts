export { ART_VERSION } from './art-version.js';
export { categoryArt } from './category-art.js';
export { plainArt } from './plain-art.js';
export { productArt } from './product-art.js';
export type { ArtSubject } from './picture.js';
