import { categoryArt, plainArt, productArt } from '@souk/demo-data/art';
import type { HttpRoute } from '@souk/kit/subgraph';
import { mainColour } from '../domain/picture.js';
import type { CatalogueStore } from '../store/store.js';
import { respondSvg, respondText } from './svg-response.js';

const ADDRESS = /^\/img\/([pc])\/([^/]{1,200})\.svg$/;
const WIDTHS = { narrowest: 16, widest: 2_400 };

/**
 * `/img/p/<product id>.svg` and `/img/c/<category slug>.svg`, drawn on request: `?w=` is the width in pixels, `?v=`
 * only tells caches apart.
 */
export const imageRoute = ({ products }: Pick<CatalogueStore, 'products'>): HttpRoute => ({
  path: '/img/',
  async handle(request, response) {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      respondText(response, 405, 'Pictures can only be read: use GET.', { allow: 'GET, HEAD' });
      return;
    }
    const url = new URL(request.url ?? '/', 'http://products');
    const [, kind, encoded] = ADDRESS.exec(url.pathname) ?? [];
    const name = decoded(encoded);
    const width = widthOf(url.searchParams.get('w'));
    const svg = name && (kind === 'p' ? await drawProduct(products, name, width) : categoryArt(name, width));
    if (svg) respondSvg(request, response, svg);
    else respondText(response, 404, 'There is no such picture. Use the imageUrl of a product or category.');
  },
});

async function drawProduct(
  products: CatalogueStore['products'],
  id: string,
  width: number | undefined,
): Promise<string | undefined> {
  const [product] = await products.byIds([id]);
  if (!product) return undefined;
  const subject = { ...product, colour: mainColour(product) };
  return product.origin === 'demo' ? productArt(subject, width) : plainArt(subject, width);
}

const widthOf = (text: string | null): number | undefined => {
  const width = Number.parseInt(text ?? '', 10);
  return Number.isNaN(width) ? undefined : Math.min(WIDTHS.widest, Math.max(WIDTHS.narrowest, width));
};

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
