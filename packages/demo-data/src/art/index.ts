export { categoryArt } from './category-art.js';
export { productArt, type ArtSubject } from './product-art.js';
