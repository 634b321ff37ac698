const range = (length) => Array.from({ length }, (_, index) => index);
const sentence = (index) =>
  [
    'Sturdy, and it arrived a day early.',
    'Smaller than in the picture.',
    'Would buy it again "any day".',
    'Größe passt.',
  ][index % 4];

export const users = range(8).map((index) => ({
  id: `u${index}`,
  name: `User ${index}`,
  email: `user${index}@example.com`,
}));

/** The first eight have reviews; all of them make the wide list. */
export const products = range(1000).map((index) => ({
  id: `p${index}`,
  name: `Product ${index}`,
  price: 100 + index,
  weight: 10 + (index % 50),
}));

export const reviews = range(24).map((index) => ({
  id: `r${index}`,
  body: `${sentence(index)} (${index})`,
  author: `u${index % users.length}`,
  product: `p${(index * 3) % 8}`,
}));

const LEVEL = `reviews { id body author { id name email reviews { id body product { id name inStock } } } }`;

/** What is asked; each with the number of connections. */
export const operations = {
  deep: `query Deep { users { id name email reviews { id body product { id name price weight inStock shelf ${LEVEL} } } } topProducts { id name inStock ${LEVEL} } }`,
  small: 'query Small { me { id name reviews { id body } } }',
  mutation: 'mutation Rename { rename(id: "p1", name: "Product 1") { id name inStock reviews { body } } }',
  wide: 'query Wide { manyProducts { id name price inStock shelf } }',
};
