export { ART_VERSION } from './art-version.js';
export { categoryArt } from './category-art.js';
export { plainArt } from './plain-art.js';
export { productArt, type ArtSubject } from './product-art.js';
