// Small requests of which hardly two are alike: what would fill any map that has no bound.

/** So many texts in all: ten times what any cache keeps. */
const TEXTS = 10_000;
/** Of so many texts, one is no valid operation. */
const BROKEN_EVERY = 20;
/** The others repeat one of the last so many texts, with other variables. */
const RECENT = 300;

const FIELDS = ['id', 'name', 'price', 'weight', 'inStock', 'shelf', 'postage'];
const USER = ['id', 'name', 'handle'];

/**
 * New texts differ in the operation's name, in aliases and in what they select; all requests in their variables and in
 * what the client says of itself. A few cannot be parsed, or ask for what there is not.
 *
 * @param total how many requests there will be
 */
export function createVariedRequests(total) {
  const newTextEvery = Math.max(2, Math.floor(total / TEXTS));
  const recent = [];
  let texts = 0;
  let requests = 0;

  const newText = () => {
    texts += 1;
    const pick = (list) =>
      list.filter((_, index) => (texts >> index) % 2 === 1 || index === texts % list.length);
    const some = pick(FIELDS)
      .map((field, index) => (index % 2 === 0 ? field : `a${texts % 97}${field}: ${field}`))
      .join(' ');
    const people = pick(USER).join(' ');
    const kinds = [
      `query Op${texts}($n: Int) { topProducts(first: $n) { ${some} } }`,
      `query Op${texts}($n: Int, $yes: Boolean!) { topProducts(first: $n) { ${some} reviews @include(if: $yes) { id author { ${people} } } } }`,
      `query Op${texts} { me { ${people} reviews { id product { ${some} } } } }`,
      `mutation Op${texts}($id: ID!, $name: String!) { rename(id: $id, name: $name) { ${some} } }`,
    ];
    const text = kinds[texts % kinds.length];
    if (texts % BROKEN_EVERY === 0) return text.replace('id', `nothing${texts}`);
    if (texts % BROKEN_EVERY === 1) return text.slice(0, -2);
    return text;
  };

  return {
    /** How many texts there were so far. */
    texts: () => texts,
    next() {
      requests += 1;
      if (requests % newTextEvery === 1) {
        recent[texts % RECENT] = newText();
      }
      const query = recent[(requests * 7) % recent.length];
      const declared = (name) => query.includes(`$${name}:`);
      const variables = {
        ...(declared('n') ? { n: requests % 5 } : {}),
        ...(declared('yes') ? { yes: requests % 2 === 0 } : {}),
        ...(declared('id') ? { id: `p${requests % 2000}` } : {}),
        ...(declared('name') ? { name: `name ${requests}` } : {}),
      };
      return {
        body: JSON.stringify({ query, variables }),
        headers:
          `x-request-id: request-${requests}\r\nx-cart-token: cart-${requests}\r\n` +
          `apollographql-client-name: client-${requests % 5_000}\r\napollographql-client-version: ${requests}\r\n`,
      };
    },
  };
}
