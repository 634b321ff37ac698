import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BlobPage, BlobStore } from './blob-store.js';

const MIB = 1_048_576;

/** Pseudo-random bytes that cost no memory to compare: made piece by piece, hashed on the way. */
function* pieces(count: number, size: number): Generator<Buffer> {
  const block = randomBytes(size);
  for (let n = 0; n < count; n += 1) {
    block.writeUInt32LE(n, (n * 7) % (size - 4));
    yield Buffer.from(block);
  }
}

async function* hashing(source: Iterable<Buffer>, onEnd: (hash: string) => void): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for (const piece of source) {
    hash.update(piece);
    yield piece;
  }
  onEnd(hash.digest('hex'));
}

/** What is opened for one run of the contract. */
export interface BlobsUnderTest {
  readonly blobs: BlobStore;
  /** What uploads that were given up have left anywhere, visible or not. */
  leftOvers(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/**
 * What every `BlobStore` does.
 *
 * @example describeBlobsContract('a folder', openFolder);
 */
export function describeBlobsContract(name: string, open: () => Promise<BlobsUnderTest>): void {
  describe(name, () => {
    let opened: BlobsUnderTest;
    let blobs: BlobStore;
    beforeAll(async () => {
      opened = await open();
      ({ blobs } = opened);
    });
    afterAll(() => opened.close());

    const textOf = async (key: string): Promise<string | undefined> => {
      const blob = await blobs.get(key);
      return blob && (await buffer(blob.body)).toString();
    };
    const keysOf = (page: BlobPage): string[] => page.blobs.map(({ key }) => key);

    it('gives back what was put, with its type, size and time', async () => {
      const before = Date.now();
      expect(await blobs.put('a/lamp.svg', Buffer.from('<svg/>'), { contentType: 'image/svg+xml' })).toBe(6);
      const blob = await blobs.get('a/lamp.svg');
      expect(blob).toMatchObject({ key: 'a/lamp.svg', size: 6, contentType: 'image/svg+xml' });
      expect(Math.abs((blob?.modifiedAt.getTime() ?? 0) - before)).toBeLessThan(60_000);
      expect((await buffer(blob?.body ?? Readable.from([]))).toString()).toBe('<svg/>');
      expect(await blobs.head('a/lamp.svg')).toMatchObject({ size: 6, contentType: 'image/svg+xml' });
    });

    it('has nothing where nothing was put, and deleting that is no error', async () => {
      expect(await blobs.get('nobody/home')).toBeUndefined();
      expect(await blobs.head('nobody/home')).toBeUndefined();
      await blobs.delete('nobody/home');
      expect(await blobs.list({ prefix: 'nobody/' })).toEqual({ blobs: [] });
    });

    it('keeps empty blobs, from bytes and from a stream', async () => {
      expect(await blobs.put('empty/bytes', new Uint8Array())).toBe(0);
      expect(
        await blobs.put(
          'empty/stream',
          hashing([], () => {}),
        ),
      ).toBe(0);
      expect([await textOf('empty/bytes'), await textOf('empty/stream')]).toEqual(['', '']);
      expect((await blobs.list({ prefix: 'empty/' })).blobs).toMatchObject([
        { key: 'empty/bytes', size: 0 },
        { key: 'empty/stream', size: 0 },
      ]);
    });

    it('streams blobs that are longer than what is held in memory', async () => {
      let sent = '';
      const body = hashing(pieces(41, 0.5 * MIB), (hash) => (sent = hash));
      expect(await blobs.put('long', body)).toBe(20.5 * MIB);
      const hash = createHash('sha256');
      let size = 0;
      for await (const chunk of (await blobs.get('long'))?.body ?? Readable.from([])) {
        // What is read from a body is always bytes.
        const bytes = chunk as Buffer;
        hash.update(bytes);
        size += bytes.byteLength;
      }
      expect([size, hash.digest('hex')]).toEqual([20.5 * MIB, sent]);
    });

    it('takes keys in any language, and tells a blob from a folder of the same name', async () => {
      const keys = [
        'كتب/مصباح.gz',
        'grün/ß & +=@!$,;()[] ~',
        'grün/😀',
        'both',
        'both/inner',
        'both-too',
        'both.blob',
      ];
      for (const key of keys) await blobs.put(key, Buffer.from(key));
      for (const key of keys) expect(await textOf(key)).toBe(key);
      expect(keysOf(await blobs.list({ prefix: 'both' }))).toEqual([
        'both',
        'both-too',
        'both.blob',
        'both/inner',
      ]);
      expect(keysOf(await blobs.list({ prefix: 'grün/' }))).toEqual(['grün/ß & +=@!$,;()[] ~', 'grün/😀']);
      expect(keysOf(await blobs.list({ prefix: 'كتب' }))).toEqual(['كتب/مصباح.gz']);
    });

    it.each([
      ['../out'],
      ['a/../../out'],
      ['/etc/passwd'],
      ['a//b'],
      ['a/./b'],
      ['..'],
      [''],
      ['a/'],
      ['a\\..\\b'],
      ['C:/windows'],
      ['a\0b'],
      ['line\nbreak'],
      ['%tmp/x'],
      ['half \ud800'],
      ['a.blob/b'],
      ['x'.repeat(241)],
      [`${'long/'.repeat(300)}x`],
    ])('refuses the key %j everywhere', async (key) => {
      const refusal = expect.objectContaining({ name: 'RangeError' }) as unknown;
      await expect(blobs.put(key, Buffer.from('x'))).rejects.toEqual(refusal);
      await expect(blobs.get(key)).rejects.toEqual(refusal);
      await expect(blobs.head(key)).rejects.toEqual(refusal);
      await expect(blobs.delete(key)).rejects.toEqual(refusal);
    });

    it('refuses prefixes that lead out, and what is no content type', async () => {
      await expect(blobs.list({ prefix: '../' })).rejects.toThrow(RangeError);
      await expect(blobs.put('typed', Buffer.from('x'), { contentType: 'text/plain\n' })).rejects.toThrow(
        'content type',
      );
      expect(await blobs.head('typed')).toBeUndefined();
    });

    it('lists in the order of bytes, by prefix, a page at a time', async () => {
      const keys = [
        '1',
        '10/a',
        '10/b',
        '2',
        'Z',
        'a',
        'a-b',
        'a/1',
        'a/1/2',
        'a/10',
        'ab',
        'é',
        '\ufffd',
        '😀',
      ];
      for (const key of [...keys].reverse()) await blobs.put(`list/${key}`, Buffer.from('x'));
      const listed: string[] = [];
      let page = await blobs.list({ prefix: 'list/', limit: 3 });
      for (
        ;
        page.next !== undefined;
        page = await blobs.list({ prefix: 'list/', limit: 3, after: page.next })
      ) {
        expect(page.blobs).toHaveLength(3);
        listed.push(...keysOf(page));
      }
      expect([...listed, ...keysOf(page)]).toEqual(keys.map((key) => `list/${key}`));
      expect(keysOf(await blobs.list({ prefix: 'list/a/1' }))).toEqual([
        'list/a/1',
        'list/a/1/2',
        'list/a/10',
      ]);
      expect(keysOf(await blobs.list({ prefix: 'list/', after: 'list/a/10', limit: 2 }))).toEqual([
        'list/ab',
        'list/é',
      ]);
    });

    it('replaces, and whoever was reading reads the old one to its end', async () => {
      await blobs.put('replaced', Buffer.alloc(3 * MIB, 'a'), { contentType: 'text/a' });
      const old = await blobs.get('replaced');
      await blobs.put('replaced', Buffer.from('b'), { contentType: 'text/b' });
      const bytes = await buffer(old?.body ?? Readable.from([]));
      expect([bytes.byteLength, bytes.includes('b')]).toEqual([3 * MIB, false]);
      expect(await blobs.head('replaced')).toMatchObject({ size: 1, contentType: 'text/b' });
      await blobs.delete('replaced');
      expect(await blobs.get('replaced')).toBeUndefined();
    });

    it('of many writers of one key one wins, as a whole', async () => {
      const bodies = Array.from({ length: 12 }, (_, n) => Buffer.alloc(200_000 + n, 65 + n));
      await Promise.all(bodies.map((body) => blobs.put('race/one', body)));
      const found = await buffer((await blobs.get('race/one'))?.body ?? Readable.from([]));
      expect(bodies.some((body) => body.equals(found))).toBe(true);
    });

    it('writers and deleters of one folder do not get in each others way', async () => {
      await Promise.all(
        Array.from({ length: 40 }, async (_, n) => {
          await blobs.put(`race/folder/deep/${n}`, Buffer.from('x'));
          if (n % 2 === 0) await blobs.delete(`race/folder/deep/${n}`);
        }),
      );
      expect((await blobs.list({ prefix: 'race/folder/' })).blobs).toHaveLength(20);
    });

    it('a body that fails, early or late, leaves what was there and nothing else', async () => {
      await blobs.put('kept', Buffer.from('old'));
      const failing = async function* (count: number): AsyncGenerator<Buffer> {
        yield* pieces(count, MIB);
        throw new Error('the source broke');
      };
      for (const count of [0, 1, 18]) {
        await expect(blobs.put('kept', failing(count))).rejects.toThrow('the source broke');
        await expect(blobs.put('never', failing(count))).rejects.toThrow('the source broke');
      }
      expect(await textOf('kept')).toBe('old');
      expect(await blobs.head('never')).toBeUndefined();
      expect(await opened.leftOvers()).toEqual([]);
    });

    it('an upload that is given up while its source waits ends at once and leaves nothing', async () => {
      const giveUp = new AbortController();
      const endless = async function* (): AsyncGenerator<Buffer> {
        yield* pieces(18, MIB);
        giveUp.abort(new Error('given up'));
        await new Promise(() => {});
      };
      await expect(blobs.put('given-up', endless(), { signal: giveUp.signal })).rejects.toThrow('given up');
      await expect(
        blobs.put('given-up', Buffer.from('x'), { signal: AbortSignal.abort() }),
      ).rejects.toMatchObject({ name: 'AbortError' });
      expect(await blobs.head('given-up')).toBeUndefined();
      await expect.poll(() => opened.leftOvers()).toEqual([]);
    });
  });
}
