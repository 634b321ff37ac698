/** Keeps every write waiting while somebody holds it (`fsync` with `lock`), so that what is read is of one moment. */
export class WriteLock {
  /** The connections that took it, each as often as it did. */
  private readonly holders: number[] = [];
  private readonly waiting: (() => void)[] = [];

  get isHeld(): boolean {
    return this.holders.length > 0;
  }

  /** @returns how often it is held now */
  take(connectionId: number): number {
    return this.holders.push(connectionId);
  }

  /** @returns how often it is still held; undefined if it was not held at all */
  release(): number | undefined {
    if (this.holders.pop() === undefined) return undefined;
    return this.wakeIfFree();
  }

  /** Releases what a connection that is gone has held: nobody else would. */
  releaseOf(connectionId: number): void {
    const others = this.holders.filter((holder) => holder !== connectionId);
    this.holders.splice(0, Infinity, ...others);
    this.wakeIfFree();
  }

  releaseAll(): void {
    this.holders.length = 0;
    this.wakeIfFree();
  }

  freed(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private wakeIfFree(): number {
    if (this.holders.length === 0) for (const wake of this.waiting.splice(0)) wake();
    return this.holders.length;
  }
}
