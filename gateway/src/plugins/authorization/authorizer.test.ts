import { parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { anyone, guardedSupergraph, guardedWorld, someone } from './__fixtures__/guarded-world.js';

const denied = (...path: string[]) => ({ path, extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } });
const text = (query: string): string => print(parse(query));

describe('fields', () => {
  const world = guardedWorld({
    accounts: `
      type Query { me: User @authenticated user(id: ID!): User users: [User!] shelves: [[User]!] open: String }
      type User @key(fields: "id") {
        id: ID! name: String
        email: String @authenticated
        salary: Int @requiresScopes(scopes: [["hr", "read"], ["boss"]])
        friend: User
      }`,
  });

  it('are null with an error at their path, and no subgraph is asked for them', async () => {
    const result = await world.run('{ who: me { id } open }', anyone);
    expect(result).toMatchObject({
      data: { who: null, open: 'root.open' },
      errors: [{ ...denied('who'), message: expect.stringContaining('"Query.me"') as string }],
    });
    expect(world.asked.map(text)).toEqual([text('{ open }')]);
  });

  it('are there for those who may', async () => {
    const query = '{ me { id email } }';
    expect(await world.run(query, someone())).toEqual(await world.run(query));
    expect(await world.authorize(query, someone())).toBe(world.check(query));
  });

  it.each([
    [[], false],
    [['hr'], false],
    [['read', 'hr'], true],
    [['boss'], true],
  ])('demand one set of scopes in full: %s', async (scopes, isShown) => {
    const { data } = await world.run('{ user(id: "1") { salary } }', someone(...scopes));
    const salary = expect.any(Number) as number;
    expect(data).toEqual({ user: { salary: isShown ? salary : null } });
  });

  it('leave the object they were asked of', async () => {
    const { data } = await world.run('{ user(id: "1") { email } }', anyone);
    expect(data).toEqual({ user: { email: null } });
  });

  it('name aliases, and each list as @', async () => {
    const query = '{ all: users { mail: email friend { salary } } shelves { email } }';
    const { errors } = await world.run(query, anyone);
    expect(errors).toMatchObject([
      denied('all', '@', 'mail'),
      denied('all', '@', 'friend', 'salary'),
      denied('shelves', '@', '@', 'email'),
    ]);
  });

  it('say the reason: to sign in, or that this account may not', async () => {
    const query = '{ user(id: "1") { salary } }';
    const byReason = guardedWorld(
      { accounts: 'type Query { secret: Int @authenticated }' },
      { errorCode: 'reason' },
    );
    expect((await world.run(query, anyone)).errors?.[0]?.extensions).toEqual({
      code: 'UNAUTHORIZED_FIELD_OR_TYPE',
      reason: 'UNAUTHENTICATED',
      retryable: false,
    });
    expect((await world.run(query, someone())).errors?.[0]?.extensions['reason']).toBe('FORBIDDEN');
    expect((await byReason.run('{ secret }', anyone)).errors?.[0]?.extensions['code']).toBe(
      'UNAUTHENTICATED',
    );
  });

  it('that @skip or @include leave out are no mistake', async () => {
    const query = 'query($more: Boolean!) { open me @include(if: $more) { id } }';
    expect(await world.run(query, anyone, { more: false })).toEqual({ data: { open: 'root.open' } });
    expect(await world.run(query, anyone, { more: true })).toMatchObject({
      data: { open: 'root.open', me: null },
      errors: [denied('me')],
    });
    expect(await world.run('{ open me @skip(if: true) { id } }', anyone)).toEqual({
      data: { open: 'root.open' },
    });
  });

  it('are one error if several selections ask for one key', async () => {
    const query = '{ user(id: "1") { email ...F ... { email } } } fragment F on User { email }';
    expect((await world.run(query, anyone)).errors).toHaveLength(1);
  });

  it('take variables and fragments along that nothing else uses', async () => {
    const query =
      'query($more: Boolean!) { open me { ...F name @include(if: $more) } b: user(id: "1") { ...G } } fragment F on User { id } fragment G on User { email }';
    const { document } = await world.authorize(query, anyone);
    expect(text(print(document))).toBe(text('{ open b: user(id: "1") { __typename } }'));
    expect(await world.run(query, anyone, { more: true })).toMatchObject({
      data: { open: 'root.open', me: null, b: { email: null } },
    });
  });

  it('leave introspection alone', async () => {
    const query = '{ __type(name: "User") { fields { name } } user(id: "1") { email } __typename }';
    const { data } = await world.run(query, anyone);
    expect(data).toMatchObject({ __typename: 'Query', user: { email: null } });
    expect(JSON.stringify(data)).toContain('"salary"');
    const everything = '{ __schema { types { name } } me { id } }';
    expect((await world.run(everything, anyone)).data).toMatchObject({ __schema: {}, me: null });
  });

  it('in fragments inside fragments are told in bounded time', async () => {
    const bomb = Array.from(
      { length: 30 },
      (_, depth) =>
        `fragment F${depth} on User { a: friend { ...F${depth + 1} } b: friend { ...F${depth + 1} } }`,
    );
    const query = `{ user(id: "1") { ...F0 } } ${bomb.join(' ')} fragment F30 on User { email }`;
    const { restriction } = await world.authorize(query, anyone);
    expect(restriction?.errors(anyone.viewer, {})).toHaveLength(100);
  });
});

describe('a null that may not be', () => {
  const world = guardedWorld({
    a: `
      type Query { outer: Outer list: [Item!] items: [Item] must: Int! @authenticated other: Int }
      type Outer { inner: Inner! other: Int }
      type Inner { secret: Int! @authenticated open: Int }
      type Item { id: ID! secret: Int! @authenticated }`,
  });

  it('takes its parent along, with nothing but the one error', async () => {
    const inner = await world.run('{ outer { inner { secret open } other } other }', anyone);
    expect(inner).toMatchObject({ data: { outer: null }, errors: [denied('outer', 'inner', 'secret')] });
    expect(inner.errors).toHaveLength(1);
    expect((await world.run('{ list { id secret } }', anyone)).data).toEqual({ list: null });
    const { data } = await world.run('{ items { id secret } }', anyone);
    expect(new Set(data?.['items'] as unknown[])).toEqual(new Set([null]));
    expect((await world.run('{ other must }', anyone)).data).toBeNull();
  });
});

describe('types', () => {
  const world = guardedWorld({
    a: `
      type Query { secret: Secret level: Level levels: [Level!] found: [Found] when: When node: Node nodes: [Node] plain: Plain }
      type Secret @authenticated { id: ID! }
      enum Level @requiresScopes(scopes: [["staff"]]) { LOW HIGH }
      scalar When @authenticated
      union Found = Plain | Hidden
      interface Node { id: ID! price: Int }
      type Plain implements Node @key(fields: "id") { id: ID! name: String price: Int }
      type Hidden implements Node @key(fields: "id") { id: ID! title: String! price: Int @authenticated }`,
  });

  it('guard every field that answers them: objects, enums, scalars', async () => {
    const { data, errors } = await world.run('{ secret { id } level levels when }', anyone);
    expect(data).toEqual({ secret: null, level: null, levels: null, when: null });
    expect(errors).toMatchObject([denied('secret'), denied('level'), denied('levels'), denied('when')]);
    const known = await world.run('{ secret { id } level when }', someone());
    expect(known.data).toMatchObject({ secret: { id: expect.any(String) as string }, level: null });
  });

  it('of an interface: whoever asks it must be allowed to ask every implementation', async () => {
    const query = '{ node { id price } }';
    expect((await world.run(query, anyone)).errors).toMatchObject([denied('node', 'price')]);
    expect(await world.run(query, someone())).toEqual(await world.run(query));
  });

  it('of an interface: a fragment on one type is decided by that type alone', async () => {
    const query = '{ nodes { __typename ... on Plain { price } ... on Hidden { hiddenPrice: price } } }';
    const { data, errors } = await world.run(query, anyone);
    expect(errors).toMatchObject([denied('nodes', '@', 'hiddenPrice')]);
    for (const node of data?.['nodes'] as { __typename: string; price?: number }[]) {
      expect(node).toEqual(
        node.__typename === 'Plain'
          ? { __typename: 'Plain', price: expect.any(Number) as number }
          : { __typename: 'Hidden', hiddenPrice: null },
      );
    }
  });
});

describe('supergraphs of compositions that did not spread demands over interfaces', () => {
  it('are guarded all the same: an interface demands what its implementations do', async () => {
    const sdl = `
      type Query { node: Node hidden: Base }
      interface Node { id: ID! price: Int }
      type Plain implements Node { id: ID! price: Int }
      type Hidden implements Node { id: ID! price: Int @authenticated }
      interface Base { id: ID! }
      type Secret implements Base @requiresScopes(scopes: [["boss"]]) { id: ID! }`;
    const { supergraph } = guardedWorld({ a: sdl });
    const spread = /(interface (Node|Base)[^{]*{[^}]*})/g;
    const loose = supergraph.sdl.replaceAll(spread, (text) =>
      text.replaceAll(/ *@(authenticated|requiresScopes\([^)]*\))/g, ''),
    );
    expect(loose).not.toBe(supergraph.sdl);
    const world = guardedSupergraph(loose, { a: sdl });
    expect((await world.run('{ node { price } hidden { id } }', anyone)).data).toEqual({
      node: { price: null },
      hidden: null,
    });
    expect((await world.run('{ node { price } }', someone())).data).toMatchObject({
      node: { price: expect.any(Number) as number },
    });
  });
});

describe('a field that @interfaceObject adds', () => {
  it('is guarded on every implementation', async () => {
    const things = `
      type Query { thing: Thing box: Box }
      interface Thing @key(fields: "id") { id: ID! }
      type Box implements Thing @key(fields: "id") { id: ID! }`;
    const prices = 'type Thing @key(fields: "id") @interfaceObject { id: ID! price: Int @authenticated }';
    const world = guardedWorld({ things, prices });
    const query = '{ thing { price } box { price } }';
    expect((await world.run(query, anyone)).data).toEqual({ thing: { price: null }, box: { price: null } });
    expect(await world.run(query, someone())).toEqual(await world.run(query));
  });
});

describe('a guarded member of a union', () => {
  const world = guardedWorld({
    a: `
      type Query { found(page: Int): [Found] }
      union Found = Plain | Hidden
      type Plain { id: ID! name: String }
      type Hidden @authenticated { id: ID! title: String }`,
  });

  it('shows its type and nothing else', async () => {
    const page = (number: number) =>
      `p${number}: found(page: ${number}) { __typename ... on Plain { name } ... on Hidden { title } }`;
    const { data, errors } = await world.run(`{ ${page(1)} ${page(2)} ${page(3)} }`, anyone);
    expect(errors).toMatchObject(['p1', 'p2', 'p3'].map((key) => denied(key, '@', 'title')));
    const found = Object.values(data ?? {}).flat() as {
      __typename: string;
      name?: unknown;
      title?: unknown;
    }[];
    expect(found.map(({ __typename }) => __typename)).toContain('Hidden');
    for (const one of found) {
      if (one.__typename === 'Hidden') expect(one.title).toBeNull();
      else expect(one.name).toEqual(expect.any(String));
    }
  });
});

describe('what a plan needs for itself', () => {
  const products = `
    type Query { product: Product }
    type Product @key(fields: "code") { code: ID! @authenticated weight: Int @requiresScopes(scopes: [["stock"]]) name: String }`;

  it('is fetched, and not shown: keys', async () => {
    const world = guardedWorld({
      products,
      stock: 'type Product @key(fields: "code") { code: ID! left: Int }',
    });
    const { data, errors } = await world.run('{ product { left code } }', anyone);
    expect(world.asked).toHaveLength(2);
    expect(data).toEqual({ product: null });
    expect(errors).toMatchObject([denied('product', 'code')]);
    expect((await world.run('{ product { left name } }', anyone)).data).toMatchObject({
      product: { left: expect.any(Number) as number },
    });
  });

  it('of a field by @requires: composition demands of that field what its requirement demands', () => {
    const shipping = (demand: string) =>
      `type Product @key(fields: "code") { code: ID! weight: Int @external fee: Int @requires(fields: "weight") ${demand} }`;
    expect(() => guardedWorld({ products, shipping: shipping('') })).toThrow('MISSING_TRANSITIVE_AUTH');
    expect(() =>
      guardedWorld({ products, shipping: shipping('@requiresScopes(scopes: [["stock"]])') }),
    ).not.toThrow();
  });

  it('of a field by @requires is fetched for whoever may have the field', async () => {
    const shipping =
      'type Product @key(fields: "code") { code: ID! weight: Int @external fee: Int @requires(fields: "weight") @requiresScopes(scopes: [["stock"]]) }';
    const world = guardedWorld({ products, shipping });
    // A supergraph by hand, or by a composition that did not check yet.
    const loose = world.supergraph.sdl.replace(/(fee: Int.*) @requiresScopes\(.*\)$/m, '$1');
    expect(loose).not.toBe(world.supergraph.sdl);
    const old = guardedSupergraph(loose, { products, shipping });
    const { data, errors } = await old.run('{ product { fee weight } }', anyone);
    expect(data).toEqual({ product: { fee: expect.any(Number) as number, weight: null } });
    expect(errors).toMatchObject([denied('product', 'weight')]);
  });
});

describe('subgraphs that demand different things of one field', () => {
  const world = guardedWorld({
    a: 'type Query { shared: Int @shareable @requiresScopes(scopes: [["a"], ["b"]]) both: Int @shareable @authenticated }',
    b: 'type Query { shared: Int @shareable @requiresScopes(scopes: [["c"]]) both: Int @shareable @requiresScopes(scopes: [["x"]]) }',
  });
  const isShown = async (field: string, ...scopes: string[]): Promise<boolean> =>
    (await world.run(`{ ${field} }`, someone(...scopes))).data?.[field] !== null;

  it('all count', async () => {
    expect(await isShown('shared', 'a')).toBe(false);
    expect(await isShown('shared', 'c')).toBe(false);
    expect(await isShown('shared', 'a', 'c')).toBe(true);
    expect(await isShown('shared', 'b', 'c')).toBe(true);
    expect(await isShown('both')).toBe(false);
    expect(await isShown('both', 'x')).toBe(true);
  });
});

describe('directives', () => {
  it('are known by the name under which they were imported', async () => {
    const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{ name: "@authenticated", as: "@signedIn" }])
      type Query { me: Int @signedIn open: Int }`;
    const { composeSupergraph } = await import('../../supergraph/compose.js');
    const { supergraphSdl } = composeSupergraph([{ name: 'a', sdl }]);
    const world = guardedSupergraph(supergraphSdl, { a: 'type Query { me: Int open: Int }' });
    expect((await world.run('{ me open }', anyone)).data).toMatchObject({ me: null });
  });

  it('count although somebody took the link away that makes other gateways refuse the supergraph', async () => {
    const { supergraph } = guardedWorld({ a: 'type Query { me: Int @authenticated }' });
    const stripped = supergraph.sdl.replace(
      /\s*@link\(url: "https:\/\/specs.apollo.dev\/authenticated[^)]*\)/,
      '',
    );
    expect(stripped).not.toBe(supergraph.sdl);
    const world = guardedSupergraph(stripped, { a: 'type Query { me: Int }' });
    expect((await world.run('{ me }', anyone)).data).toEqual({ me: null });
  });

  it('that are not there cost one look-up: operations pass as they are', async () => {
    const world = guardedWorld({ a: 'type Query { open: Int }' });
    expect(await world.authorize('{ open }', anyone)).toBe(world.check('{ open }'));
  });
});

describe('what is left for somebody', () => {
  const world = guardedWorld({
    a: 'type Query { a: Int @requiresScopes(scopes: [["a"]]) b: Int @requiresScopes(scopes: [["b"]]) c: Int }',
  });

  it('is one operation for all who may do the same, with a hash of its own', async () => {
    const query = '{ a b c }';
    const forA = await world.authorize(query, someone('a', 'z'));
    expect(await world.authorize(query, someone('a'))).toBe(forA);
    const forB = await world.authorize(query, someone('b'));
    const { hash } = world.check(query);
    expect(new Set([forA.hash, forB.hash, hash]).size).toBe(3);
    expect(forA.hash.startsWith(hash)).toBe(true);
  });
});
