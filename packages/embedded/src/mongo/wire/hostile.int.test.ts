import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { BSON, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedMongo, type EmbeddedMongo } from '../index.js';

let mongo: EmbeddedMongo;
let client: MongoClient;
beforeAll(async () => {
  mongo = await startEmbeddedMongo({ production: false });
  client = new MongoClient(mongo.url);
});
afterAll(async () => {
  await client.close();
  await mongo.stop();
});

function message(opcode: number, body: Buffer, length = body.length + 16): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32LE(length, 0);
  header.writeInt32LE(7, 4);
  header.writeInt32LE(opcode, 12);
  return Buffer.concat([header, body]);
}

function opMsg(command: object, change: (body: Buffer) => Buffer = (body) => body): Buffer {
  const body = change(Buffer.concat([Buffer.alloc(5), Buffer.from(BSON.serialize(command))]));
  return message(2013, body);
}

async function open(): Promise<Socket> {
  const socket = connect(mongo.port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

const ping = { ping: 1, $db: 'admin' };

describe('hostile input', () => {
  it.each<[string, Buffer]>([
    ['a length below a header', message(2013, Buffer.alloc(4), 3)],
    ['a negative length', message(2013, Buffer.alloc(4), -1)],
    ['a length above the limit', message(2013, Buffer.alloc(4), 2_000_000_000)],
    ['an unknown opcode', message(4711, Buffer.alloc(32))],
    ['a compressed message', message(2012, Buffer.alloc(32))],
    ['another protocol', Buffer.from('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n')],
    ['an OP_MSG without anything', message(2013, Buffer.alloc(2))],
    [
      'required flags nobody knows',
      opMsg(ping, (body) => Buffer.concat([Buffer.from([0x80, 0, 0, 0]), body.subarray(4)])),
    ],
    ['an unknown section', opMsg(ping, (body) => Buffer.concat([body, Buffer.from([9])]))],
    ['two bodies', opMsg(ping, (body) => Buffer.concat([body, body.subarray(4)]))],
    [
      'a sequence longer than its message',
      opMsg(ping, (body) => Buffer.concat([body, Buffer.from([1, 255, 255, 0, 0, 97, 0])])),
    ],
  ])('%s ends the connection', async (_name, bytes) => {
    const socket = await open();
    socket.on('error', () => undefined);
    socket.resume();
    socket.write(bytes);
    await once(socket, 'close');
    expect(await client.db().command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  it.each<[string, (body: Buffer) => Buffer]>([
    ['a document that claims to be longer', (body) => (body.writeInt32LE(1_000_000, 5), body)],
    ['a document that claims to be shorter', (body) => (body.writeInt32LE(8, 5), body)],
    ['a negative document length', (body) => (body.writeInt32LE(-5, 5), body)],
    ['an unknown type', (body) => ((body[9] = 0x55), body)],
  ])('%s is answered with an error', async (_name, change) => {
    const socket = await open();
    socket.write(opMsg(ping, change));
    const [reply] = (await once(socket, 'data')) as [Buffer];
    expect(reply.readInt32LE(8)).toBe(7);
    expect(BSON.deserialize(reply.subarray(21))).toMatchObject({ ok: 0, codeName: 'InvalidBSON' });
    socket.write(opMsg(ping));
    const [next] = (await once(socket, 'data')) as [Buffer];
    expect(BSON.deserialize(next.subarray(21))).toMatchObject({ ok: 1 });
    socket.destroy();
  });

  it('answers a message that comes byte by byte, and several that come at once', async () => {
    const socket = await open();
    const replies: Buffer[] = [];
    socket.on('data', (chunk) => replies.push(chunk));
    for (const byte of opMsg(ping)) socket.write(Buffer.from([byte]));
    socket.write(Buffer.concat([opMsg(ping), opMsg(ping)]));
    const one = 21 + BSON.serialize({ ok: new BSON.Double(1) }).length;
    await expect.poll(() => Buffer.concat(replies).length).toBe(3 * one);
    socket.destroy();
  });

  it('refuses documents nested too deeply, and survives them', async () => {
    let deep: object = {};
    for (let depth = 0; depth < 150; depth += 1) deep = { deep };
    const collection = client.db('hostile').collection('c');
    await collection.insertOne({ deep });
    for (let depth = 0; depth < 100; depth += 1) deep = { deep };
    await expect(collection.insertOne({ deep })).rejects.toMatchObject({ code: 15 });
    expect(await collection.countDocuments()).toBe(1);
  });

  it('refuses a document above 16 MiB that grows by updates', async () => {
    const collection = client.db('hostile').collection('big');
    const half = 'x'.repeat(9 * 1024 * 1024);
    await collection.insertOne({ _id: 1 as never, half });
    await expect(collection.updateOne({}, { $set: { other: half } })).rejects.toMatchObject({ code: 10334 });
    expect(Object.keys((await collection.findOne()) ?? {})).toEqual(['_id', 'half']);
  });

  it('treats names that mean something to JavaScript as names', async () => {
    const collection = client.db('hostile').collection('names');
    const names = { ['__proto__']: { polluted: 1 }, constructor: 1, toString: 2, hasOwnProperty: 3 };
    await collection.insertOne(names);
    expect(await collection.countDocuments({ constructor: 1, toString: 2 })).toBe(1);
    await collection.updateOne({}, { $set: { 'constructor.prototype': 1 } }).catch(() => undefined);
    await collection.updateOne({}, { $set: { '__proto__.polluted': 2 } });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    await expect(
      collection.aggregate([{ $project: { a: { $constructor: 1 } } }]).toArray(),
    ).rejects.toMatchObject({ code: 168 });
    await expect(collection.aggregate([{ constructor: {} }] as never).toArray()).rejects.toMatchObject({
      code: 40324,
    });
    const mixed = collection.updateOne({}, { $set: { a: 1 }, constructor: { a: 1 } } as never);
    await expect(mixed).rejects.toMatchObject({ code: 9 });
  });
});
