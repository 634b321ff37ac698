/** Progressive `@override(label:)`: which fields have moved to their new subgraph, and for whom. */
export interface OverrideOptions {
  /**
   * Labels by name: `true` for everybody, `false` for nobody, or for how many of a hundred clients. `percent(x)` labels
   * say so themselves, and are listed here only to say otherwise.
   * @default {}: fields under other labels stay at their old subgraph
   */
  readonly labels?: Readonly<Record<string, boolean | number>>;
}
