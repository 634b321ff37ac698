import type { Question } from '@souk/gateway/testing';

/** An operation that no honest client would send. */
export interface HostileOperation extends Question {
  readonly what: string;
  /** What is strange but right must be answered. @default refused */
  readonly must?: 'be answered';
}

const times = (count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join(' ');
const around = (count: number, open: string, inner: string, close: string): string =>
  `${open.repeat(count)}${inner}${close.repeat(count)}`;

const ONE = '{ product(id: "p1") { name } }';
const WITH_ID = 'query Q($id: ID!) { product(id: $id) { name } }';

const FLOODS: readonly HostileOperation[] = [
  { what: 'aliases of one field', query: `{ product(id: "p1") { ${times(31, (n) => `a${n}: name`)} } }` },
  { what: 'aliases of __typename', query: `{ ${times(101, (n) => `a${n}: __typename`)} }` },
  { what: 'thousands of aliases', query: `{ ${times(5_000, (n) => `a${n}: products { name }`)} }` },
  {
    what: 'aliases of the whole schema',
    query: `{ ${times(31, (n) => `a${n}: __schema { types { name } }`)} }`,
  },
  { what: 'root fields', query: `{ ${times(21, (n) => `a${n}: whoami`)} }` },
  { what: 'a field, again and again', query: `{ ${times(400, () => 'whoami')} }` },
  { what: 'an object, again and again', query: `{ ${times(200, () => 'products { name }')} }` },
  { what: 'directives on one field', query: `{ whoami ${times(101, () => '@skip(if: false)')} }` },
  { what: 'directives nobody knows', query: `{ whoami ${times(500, (n) => `@x${n}`)} }` },
  { what: 'the same unknown directive', query: `{ whoami ${times(90, () => '@nope')} }` },
  { what: 'operations', query: times(6, (n) => `query Q${n} { whoami }`) },
  { what: 'tokens', query: `{ ${times(1_001, () => 'x')} }` },
  { what: 'text', query: `${ONE} # ${'x'.repeat(70_000)}` },
  { what: 'text in several bytes', query: `${ONE} # ${'€'.repeat(25_000)}` },
  { what: 'commas and spaces', query: `{ ${' ,\t'.repeat(30_000)} whoami }` },
  { what: 'mistakes, all different', query: `{ ${times(300, (n) => `nope${n}`)} }` },
  { what: 'mistakes, all equal', query: `{ ${times(300, () => 'nope')} }` },
  { what: 'variables', query: `query Q(${times(300, (n) => `$v${n}: ID!`)}) { whoami }` },
  { what: 'arguments', query: `{ product(${times(300, (n) => `a${n}: 1`)}) { name } }` },
  { what: 'inline fragments', query: around(250, '{ ... on Query ', '{ whoami }', ' }') },
];

const FRAGMENTS: readonly HostileOperation[] = [
  { what: 'a fragment of itself', query: '{ ...A } fragment A on Query { ...A }' },
  {
    what: 'two fragments of each other',
    query: '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
  },
  {
    what: 'a circle through an object',
    query:
      '{ product(id: "p1") { ...A } } fragment A on Product { reviews { product { ...B } } } fragment B on Product { reviews { product { ...A } } }',
  },
  {
    what: 'a chain of fragments',
    query: `{ product(id: "p1") { ...f0 } } ${times(21, (n) => `fragment f${n} on Product { ${n < 20 ? `...f${n + 1}` : 'name'} }`)}`,
  },
  {
    what: 'a bomb of fragments',
    query: `{ product(id: "p1") { ...f0 } } ${times(18, (n) => `fragment f${n} on Product { reviews { product { ...f${n + 1} ...f${n + 1} } } }`)} fragment f18 on Product { name }`,
  },
  {
    what: 'a bomb that doubles without depth',
    query: `{ ...f0 } ${times(18, (n) => `fragment f${n} on Query { a${n}: whoami ...f${n + 1} b${n}: whoami ...f${n + 1} }`)} fragment f18 on Query { whoami }`,
  },
  {
    what: 'fragments nobody uses',
    query: `${ONE} ${times(19, (n) => `fragment f${n} on Product { name }`)}`,
  },
  { what: 'a fragment that is not there', query: '{ ...Nowhere }' },
  {
    what: 'a fragment twice',
    query: '{ ...A } fragment A on Query { whoami } fragment A on Query { whoami }',
  },
];

const DEPTH: readonly HostileOperation[] = [
  {
    what: 'fields',
    query: `{ product(id: "p1") { ${around(10, 'reviews { product { ', 'name', ' } }')} } }`,
  },
  {
    what: 'lists in lists in lists',
    query: `{ products { ${around(5, 'reviews { product { ', 'name', ' } }')} } }`,
  },
  { what: 'braces', query: around(10_000, '{a', '', '}') },
  { what: 'braces that never close', query: '{a'.repeat(20_000) },
  { what: 'a list as an argument', query: `{ product(id: ${around(10_000, '[', '', ']')}) { name } }` },
  { what: 'an object as an argument', query: `{ product(id: ${around(5_000, '{a:', '1', '}')}) { name } }` },
  { what: 'the type of a variable', query: `query Q($v: ${around(5_000, '[', 'ID', ']')}) { whoami }` },
  {
    what: 'introspection',
    query: `{ __schema { types { ${around(3, 'fields { type { ', 'name', ' } }')} } } }`,
  },
];

const TEXT: readonly HostileOperation[] = [
  { what: 'nothing but spaces', query: ' \n\t ' },
  { what: 'nothing but a comment', query: '# nothing' },
  { what: 'an open string', query: '{ product(id: "p1) { name } }' },
  { what: 'an open block string', query: '{ product(id: """p1) { name } }' },
  { what: 'a NUL', query: '{ product(id: "a\u0000b") { name } }' },
  { what: 'a NUL, spelled out', query: '{ product(id: "a\\u0000b") { name } }' },
  { what: 'half of a surrogate pair', query: '{ product(id: "a\ud800b") { name } }' },
  { what: 'an escape that is none', query: '{ product(id: "\\xff") { name } }' },
  { what: 'control characters', query: '{ who\u0007ami }' },
  { what: 'letters that look like others', query: '{ whоami }' },
  { what: 'text that turns around', query: '{ \u202ewhoami }' },
  {
    what: 'a number without end',
    query: `{ product(id: ${'9'.repeat(60_000)}) { name } }`,
    must: 'be answered',
  },
  { what: 'a number that is none', query: '{ product(id: 1e) { name } }' },
  { what: 'a long string', query: `{ product(id: "${'x'.repeat(60_000)}") { name } }`, must: 'be answered' },
  { what: 'a long name', query: `{ ${'x'.repeat(60_000)} }` },
  { what: 'a mark of byte order', query: `\ufeff${ONE}`, must: 'be answered' },
  { what: 'an operation called __proto__', query: 'query __proto__ { whoami }', must: 'be answered' },
  {
    what: 'a fragment called constructor',
    query: '{ ...constructor } fragment constructor on Query { whoami }',
    must: 'be answered',
  },
  { what: 'a field called __proto__', query: '{ __proto__ }' },
  { what: 'a field called constructor', query: '{ constructor { name } }' },
  {
    what: 'an alias called __proto__',
    query: '{ product(id: "p1") { __proto__: name } }',
    must: 'be answered',
  },
  { what: 'a directive called toString', query: '{ whoami @toString }' },
];

const MEANING: readonly HostileOperation[] = [
  { what: 'a field that nearly exists', query: '{ product(id: "p1") { nam } }' },
  { what: 'an argument that nearly exists', query: '{ product(idd: "p1") { name } }' },
  { what: 'a type that nearly exists', query: '{ product(id: "p1") { ... on Produkt { name } } }' },
  { what: 'a hidden type', query: '{ _entities(representations: []) { __typename } }' },
  { what: 'the SDL of a subgraph', query: '{ _service { sdl } }' },
  { what: 'a definition of a type', query: 'type Query { secret: String }' },
  { what: 'an extension', query: `${ONE} extend type Query { secret: String }` },
  { what: 'a deferred fragment', query: '{ ... @defer { whoami } }' },
  { what: 'a streamed list', query: '{ products @stream { name } }' },
  { what: 'two streams in one', query: 'subscription { a: priceChanged { name } b: priceChanged { name } }' },
  { what: 'a stream of introspection', query: 'subscription { __typename }' },
  { what: 'one name for two things', query: '{ product(id: "p1") { name: price name } }' },
  { what: 'an object without fields', query: '{ product(id: "p1") }' },
  { what: 'fields of a scalar', query: '{ whoami { length } }' },
];

const VARIABLES: readonly HostileOperation[] = [
  {
    what: '__proto__ as a name',
    query: ONE,
    variablesText: '{"__proto__":{"admin":true}}',
    must: 'be answered',
  },
  {
    what: '__proto__ in place of a value',
    query: WITH_ID,
    variablesText: '{"__proto__":{"id":"p1"}}',
  },
  { what: '__proto__ inside of a value', query: WITH_ID, variablesText: '{"id":{"__proto__":"p1"}}' },
  {
    what: 'constructor as a name',
    query: WITH_ID,
    variablesText: '{"constructor":{"prototype":{"id":"p1"}}}',
  },
  { what: 'a giant text', query: WITH_ID, variables: { id: 'x'.repeat(500_000) } },
  { what: 'a giant list', query: WITH_ID, variables: { id: Array.from({ length: 200_000 }, () => 1) } },
  {
    what: 'giants nobody asked for',
    query: ONE,
    variables: { junk: Array.from({ length: 150_000 }, () => 1) },
  },
  { what: 'depth', query: WITH_ID, variablesText: `{"id":${around(20_000, '[', '', ']')}}` },
  {
    what: 'objects in depth',
    query: WITH_ID,
    variablesText: `{"id":${around(20_000, '{"a":', '1', '}')}}`,
  },
  {
    what: 'names without end',
    query: ONE,
    variables: Object.fromEntries(Array.from({ length: 60_000 }, (_, n) => [`v${n}`, n])),
  },
  { what: 'a NUL', query: WITH_ID, variables: { id: 'a\u0000b' } },
  { what: 'half of a surrogate pair', query: WITH_ID, variables: { id: '\udc00' } },
  { what: 'an object for a text', query: WITH_ID, variables: { id: { $gt: '' } } },
  { what: 'a number no float can hold', query: WITH_ID, variablesText: '{"id":1e999}' },
  { what: 'null for what must be', query: WITH_ID, variables: { id: null } },
  { what: 'nothing for what must be', query: WITH_ID },
];

/** By what is wrong with them. */
export const HOSTILE_OPERATIONS: Readonly<Record<string, readonly HostileOperation[]>> = {
  'floods of': FLOODS,
  'fragments:': FRAGMENTS,
  'depth of': DEPTH,
  'text:': TEXT,
  'meaning:': MEANING,
  'variables:': VARIABLES,
};
