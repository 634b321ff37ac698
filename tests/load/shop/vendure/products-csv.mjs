const HEAD =
  'name,slug,description,assets,facets,optionGroups,optionValues,sku,price,taxCategory,stockOnHand,trackInventory,variantAssets,variantFacets';
const SIZES = ['Small', 'Medium', 'Large'];

/**
 * Products in Vendure's own import format: names, brands, categories and attributes of Souk's demo catalogue, each with up to
 * three variants.
 *
 * @param products as Souk's shop told them
 */
export function productsCsv(products) {
  const rows = products.flatMap(({ name, slug, brand, category, attributes, price }, number) => {
    const facets = [
      `brand:${brand}`,
      `category:${category.name}`,
      ...attributes.slice(0, 3).map(({ label, value }) => `${label}:${value}`),
    ].map((facet) => facet.replaceAll('|', ' '));
    const sizes = SIZES.slice(0, 1 + (number % SIZES.length));
    return sizes.map((size, index) => {
      const options = sizes.length > 1 ? ['Size', size] : ['', ''];
      const own =
        index === 0
          ? [name, slug, `${name} by ${brand}.`, '', facets.join('|'), options[0]]
          : ['', '', '', '', '', ''];
      const amount = (price.amountMinor / 100 + index).toFixed(2);
      return [...own, options[1], `SKU-${number}-${index}`, amount, 'standard', '1000000', 'true', '', ''];
    });
  });
  return [HEAD, ...rows.map((cells) => cells.map(quoted).join(','))].join('\n');
}

const quoted = (cell) => `"${cell.replaceAll('"', '""')}"`;
