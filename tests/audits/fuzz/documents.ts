import fc from 'fast-check';

/** Words that mean something to the tiny shop, to GraphQL, or to JavaScript. */
const NAMES = [
  ...['product', 'products', 'name', 'price', 'stock', 'reviews', 'stars', 'whoami', 'notes', 'secretStock'],
  ...['addNote', 'priceChanged', 'id', 'text', 'above', 'Product', 'Review', 'Query', 'ID', 'String', 'Int'],
  ...['__typename', '__schema', '__type', 'types', 'fields', 'args', 'ofType', 'if', 'skip', 'include'],
  ...['query', 'mutation', 'subscription', 'fragment', 'on', 'true', 'false', 'null', 'type', 'extend'],
  ...['__proto__', 'constructor', 'toString', 'F', 'G', 'v'],
];
const name = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...NAMES) },
  fc.stringMatching(/^[_a-zA-Z][_0-9a-zA-Z]{0,12}$/),
);

const text = fc.string({ unit: 'binary', maxLength: 12 });
const value = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('"p1"', '1', '-0', '1e99', '0.1', 'null', 'true', 'RED', '$v', '""', '"""x"""'),
    text.map((inner) => JSON.stringify(inner)),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(' ')}]`),
    fc.array(fc.tuple(name, tie('value')), { maxLength: 3 }).map((pairs) => {
      return `{${pairs.map(([key, inner]) => `${key}: ${inner}`).join(' ')}}`;
    }),
  ),
})).value;
const args = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('', '', '(id: "p1")', '(id: $v)') },
  fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 3 }).map((pairs) => {
    return `(${pairs.map(([key, inner]) => `${key}: ${inner}`).join(', ')})`;
  }),
);
const directives = fc.oneof(
  { weight: 5, arbitrary: fc.constant('') },
  fc
    .array(fc.tuple(name, args), { maxLength: 3 })
    .map((all) => all.map(([key, given]) => ` @${key}${given}`).join('')),
);

const selections = fc.letrec<{ set: string; selection: string }>((tie) => ({
  set: fc.array(tie('selection'), { minLength: 1, maxLength: 4 }).map((all) => `{ ${all.join(' ')} }`),
  selection: fc.oneof(
    { maxDepth: 6 },
    fc.tuple(name, args, directives).map(([field, given, more]) => `${field}${given}${more}`),
    fc.tuple(name, name, args).map(([alias, field, given]) => `${alias}: ${field}${given}`),
    fc.constantFrom('...F', '...G', '... { __typename }', 'product(id: "p1") { name stock }'),
    fc
      .tuple(name, args, directives, tie('set'))
      .map(([field, given, more, set]) => `${field}${given}${more} ${set}`),
    fc.tuple(name, directives, tie('set')).map(([type, more, set]) => `... on ${type}${more} ${set}`),
  ),
})).set;

const variables = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('', '($v: ID!)', '($v: ID = "p1")', '($v: [Int!]!)') },
  fc.tuple(name, name, value).map(([variable, type, initial]) => `($${variable}: ${type} = ${initial})`),
);
const operation = fc
  .tuple(
    fc.constantFrom('query', 'query', 'query', 'mutation', 'subscription'),
    name,
    variables,
    directives,
    selections,
  )
  .map(([kind, called, declared, more, set]) => `${kind} ${called}${declared}${more} ${set}`);
const fragment = fc
  .tuple(fc.constantFrom('F', 'G', 'F', 'H'), name, selections)
  .map(([called, type, set]) => `fragment ${called} on ${type} ${set}`);
const grammatical = fc.oneof(
  selections,
  fc
    .array(fc.oneof({ weight: 2, arbitrary: operation }, fragment), { minLength: 1, maxLength: 4 })
    .map((all) => all.join('\n')),
);

/** What the tiny shop answers: fields of a product, aliases, fragments and conditions included. */
const product = fc.letrec<{ set: string; field: string }>((tie) => ({
  set: fc.array(tie('field'), { minLength: 1, maxLength: 5 }).map((all) => `{ ${all.join(' ')} }`),
  field: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(
      'id',
      'name',
      'price',
      'stock',
      '__typename',
      'n: name',
      'price @include(if: true)',
      'stock @skip(if: true)',
    ),
    fc.tuple(fc.nat({ max: 3 }), tie('set')).map(([at, set]) => `r${at}: reviews { stars product ${set} }`),
    tie('set').map((set) => `... on Product @include(if: false) ${set}`),
    tie('set').map((set) => `... ${set}`),
  ),
})).set;
const root = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.nat(), fc.constantFrom('"p1"', '"p2"', '"p3"', '7'), product)
      .map(([at, id, set]) => `p${at}: product(id: ${id}) ${set}`),
  },
  product.map((set) => `products ${set}`),
  fc.constantFrom(
    'whoami',
    'notes',
    '__typename',
    'secretStock',
    '__type(name: "Product") { fields { name } }',
  ),
);
const right = fc.array(root, { minLength: 1, maxLength: 4 }).map((all) => `{ ${all.join(' ')} }`);

/** Takes something away, repeats it, or puts something strange in its place. */
const damaged = fc
  .tuple(
    fc.oneof(grammatical, right),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat({ max: 30 }),
        fc.oneof(text, fc.constantFrom('', '{', '}', '...', '"', '"""', '$', '@', '#')),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([document, changes]) =>
    changes.reduce((before, [place, length, inserted]) => {
      const at = place % (before.length + 1);
      return before.slice(0, at) + inserted + before.slice(at + length);
    }, document),
  );

/** A document: right, nearly right, or not at all. */
export const documents: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: right },
  { weight: 3, arbitrary: grammatical },
  { weight: 3, arbitrary: damaged },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);

/** Variables for it, as JSON. */
export const variablesTexts: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('{}', 'null', '{"v":"p1"}', '{"v":["p1"]}', '{"__proto__":{"v":1}}', '{"v":{"v":{"v":1}}}'),
  fc.json({ stringUnit: 'binary' }).map((inner) => `{"v":${inner}}`),
  fc.dictionary(name, fc.jsonValue(), { maxKeys: 4 }).map((all) => JSON.stringify(all)),
);
