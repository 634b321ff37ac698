/** Gives every distinct text a small number. */
export interface Dictionary {
  readonly size: number;
  /** The text's number; a new one for a new text. */
  add(text: string): number;
  /** @returns -1 for an unknown text */
  find(text: string): number;
  text(number: number): string;
}

export function createDictionary(): Dictionary {
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  return {
    get size() {
      return texts.length;
    },
    add(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, texts.length);
      return texts.push(text) - 1;
    },
    find: (text) => numbers.get(text) ?? -1,
    text: (number) => texts[number] ?? '',
  };
}
