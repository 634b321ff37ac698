import { open, type FileHandle } from 'node:fs/promises';
import { MongoError } from '../errors.js';
import { logFile, syncFolder } from './files.js';

/**
 * When an acknowledged write is on disk: `always` syncs before answering (survives power loss), `interval` at most
 * 100 ms later, `never` leaves it to the operating system. All three survive the death of the process.
 */
export type Durability = 'always' | 'interval' | 'never';

const syncIntervalMs = 100;

interface Waiting {
  readonly sync: boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The log being appended to. Records that come in while a write is under way go out together with the next one, and
 * every command waits for the write that holds its record before it is answered.
 */
export class Log {
  private readonly folder: string;
  private readonly durability: Durability;
  private file: FileHandle;
  private queue: Buffer[] = [];
  private waiting: Waiting[] = [];
  private running: Promise<void> | undefined;
  private turnTo: { generation: number; done: () => void } | undefined;
  private failure: MongoError | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** Bytes in the current generation's log. */
  bytes: number;

  private constructor(folder: string, durability: Durability, file: FileHandle, bytes: number) {
    this.folder = folder;
    this.durability = durability;
    this.file = file;
    this.bytes = bytes;
  }

  static async open(folder: string, durability: Durability, generation: number, bytes: number): Promise<Log> {
    const file = await open(logFile(folder, generation), 'a');
    await syncFolder(folder);
    return new Log(folder, durability, file, bytes);
  }

  /** Why nothing can be written any more, if so; reads would show what a restart will not. */
  get broken(): MongoError | undefined {
    return this.failure;
  }

  append(record: Buffer): void {
    this.queue.push(record);
    this.bytes += record.length;
  }

  /**
   * Resolves when everything appended so far is written.
   *
   * @param sync also wait until it is on disk, whatever the durability
   */
  written(sync: boolean): Promise<void> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => {
      this.waiting.push({ sync, resolve, reject });
      this.running ??= this.run();
    });
  }

  /** Goes on in the log of another generation; resolves when the previous one is complete and synced. */
  turn(generation: number): Promise<void> {
    return new Promise((done) => {
      this.turnTo = { generation, done };
      this.running ??= this.run();
    });
  }

  /** Writes what is left, syncs and closes. */
  async close(): Promise<void> {
    clearTimeout(this.timer);
    if (this.failure === undefined) await this.written(true).catch(() => undefined);
    await this.running;
    await this.file.close();
  }

  private async run(): Promise<void> {
    await Promise.resolve(); // let commands that arrived together join the same write
    while (this.waiting.length > 0 || this.turnTo !== undefined) {
      const records = this.queue;
      const waiting = this.waiting;
      const turn = this.turnTo;
      this.queue = [];
      this.waiting = [];
      this.turnTo = undefined;
      try {
        if (this.failure !== undefined) throw this.failure;
        await this.write(records, turn !== undefined || waiting.some((each) => each.sync));
        if (turn !== undefined) await this.change(turn.generation);
        for (const each of waiting) each.resolve();
      } catch (error) {
        this.failure ??= cannotWrite(error);
        for (const each of waiting) each.reject(this.failure);
      }
      turn?.done();
    }
    this.running = undefined;
  }

  private async write(records: readonly Buffer[], sync: boolean): Promise<void> {
    const bytes = records.length === 1 ? records[0] : Buffer.concat(records);
    for (let at = 0; bytes !== undefined && at < bytes.length;) {
      at += (await this.file.write(bytes, at, bytes.length - at)).bytesWritten;
    }
    if (sync || this.durability === 'always') await this.file.datasync();
    else if (this.durability === 'interval' && records.length > 0) this.timer ??= this.syncSoon();
  }

  private syncSoon(): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.timer = undefined;
      if (this.failure === undefined) this.written(true).catch(() => undefined);
    }, syncIntervalMs);
    return timer.unref();
  }

  private async change(generation: number): Promise<void> {
    const next = await open(logFile(this.folder, generation), 'a');
    await syncFolder(this.folder);
    await this.file.close();
    this.file = next;
    this.bytes = this.queue.reduce((sum, record) => sum + record.length, 0);
  }
}

function cannotWrite(error: unknown): MongoError {
  const reason = error instanceof Error ? error.message : String(error);
  return new MongoError(
    'OutOfDiskSpace',
    `The embedded MongoDB server cannot write its log (${reason}); make room in the data folder and start it again`,
  );
}
