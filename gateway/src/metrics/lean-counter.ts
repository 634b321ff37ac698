import type { Metric, Registry } from 'prom-client';

type Labels<Label extends string> = Record<Label, string | number>;

export interface LeanCounterOptions {
  readonly name: string;
  readonly help: string;
  readonly registers: readonly Registry[];
}

/** The number of one set of labels. */
export class LeanCount {
  value = 0;

  inc(by = 1): void {
    this.value += by;
  }
}

/**
 * A Prometheus counter for what is counted with every request: prom-client's own looks labels up at each count, which
 * costs a hundred times the addition.
 *
 * @example
 * const lookups = new LeanCounter<'result'>({ name: 'lookups_total', help: 'Lookups.', registers: [registry] });
 * const hits = lookups.labels({ result: 'hit' });
 * hits.inc();
 */
export class LeanCounter<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly type = 'counter';
  readonly aggregator = 'sum';
  readonly #counts = new Map<string, { readonly labels: Labels<Label>; readonly count: LeanCount }>();

  constructor({ name, help, registers }: LeanCounterOptions) {
    this.name = name;
    this.help = help;
    // A registry asks of a metric what this class has; prom-client's type names its own classes only.
    for (const registry of registers) registry.registerMetric(this as unknown as Metric);
  }

  /** The count of these labels: always the same for the same labels. Look it up once. */
  labels(labels: Labels<Label>): LeanCount {
    const id = JSON.stringify(Object.entries(labels).sort());
    const known = this.#counts.get(id);
    if (known) return known.count;
    const count = new LeanCount();
    this.#counts.set(id, { labels: { ...labels }, count });
    return count;
  }

  /** What a registry collects. */
  async get() {
    const { name, help, type, aggregator } = this;
    const values = [...this.#counts.values()].map(({ labels, count }) => ({ labels, value: count.value }));
    return { name, help, type, values, aggregator };
  }

  /** Forgets all numbers. Counts that somebody holds count for nothing from then on. */
  reset(): void {
    this.#counts.clear();
  }
}
