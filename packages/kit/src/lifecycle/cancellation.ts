/**
 * What is used of an `AbortSignal` to hear that nobody waits any more. A platform signal is one, too; one of
 * {@link Cancellation} costs a tenth of it, which counts where several are made for each request.
 */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * Says that nobody waits any more, once, to however many listen.
 *
 * @example
 * const gone = new Cancellation();
 * response.on('close', () => gone.abort());
 * await work({ signal: gone });
 */
export class Cancellation implements CancelSignal {
  aborted = false;
  /** One listener is the rule, so it needs no set. */
  #first: (() => void) | undefined;
  #others: Set<() => void> | undefined;

  addEventListener(_type: 'abort', listener: () => void): void {
    if (this.aborted || listener === this.#first) return;
    if (this.#first === undefined) this.#first = listener;
    else (this.#others ??= new Set()).add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    if (this.#first === listener) this.#first = undefined;
    else this.#others?.delete(listener);
  }

  /** Tells all who listen, once. A listener that throws keeps nobody else from hearing it; what it threw is thrown at the end. */
  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    const listeners = [...(this.#first ? [this.#first] : []), ...(this.#others ?? [])];
    this.#first = undefined;
    this.#others = undefined;
    const thrown: unknown[] = [];
    for (const listener of listeners) {
      try {
        listener();
      } catch (error) {
        thrown.push(error);
      }
    }
    if (thrown.length > 0) throw new AggregateError(thrown, 'listeners of a cancellation failed');
  }
}
