/** Where in a product a word stands, and what that is worth. */
export const FIELD_WEIGHT = { name: 4, brand: 3, category: 2, attribute: 1.2, description: 0.4 } as const;
export type Field = keyof typeof FIELD_WEIGHT;
const FIELDS = Object.keys(FIELD_WEIGHT) as readonly Field[];
const WEIGHTS = new Float32Array(FIELDS.map((field) => FIELD_WEIGHT[field]));
const FIELD_BITS = 3;

/** Which rows contain a word, and in which field (the weightiest). Rows only grow, so lists stay sorted. */
export interface Postings {
  add(word: number, row: number, field: Field): void;
  /** Rows that contain the word, dead ones included. */
  frequency(word: number): number;
  each(word: number, visit: (row: number, weight: number) => void): void;
}

/** A row and a field packed into 32 bits leaves room for 2^28 rows. */
export function createPostings(): Postings {
  const lists: Int32Array[] = [];
  const lengths: number[] = [];
  return {
    add(word, row, field) {
      const length = lengths[word] ?? 0;
      let list = lists[word] ?? new Int32Array(2);
      if (length === list.length) {
        const larger = new Int32Array(length * 2);
        larger.set(list);
        list = larger;
      }
      list[length] = (row << FIELD_BITS) | FIELDS.indexOf(field);
      lists[word] = list;
      lengths[word] = length + 1;
    },
    frequency: (word) => lengths[word] ?? 0,
    each(word, visit) {
      const list = lists[word];
      const length = lengths[word] ?? 0;
      for (let index = 0; list && index < length; index += 1) {
        const posting = list[index] ?? 0;
        visit(posting >>> FIELD_BITS, WEIGHTS[posting & ((1 << FIELD_BITS) - 1)] ?? 0);
      }
    },
  };
}
