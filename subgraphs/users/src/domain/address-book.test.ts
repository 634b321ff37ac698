import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AddressEntry, checkAddress, decideDelete, decideSave } from './address-book.js';

const home = { name: 'Ada', line1: 'High St 1', line2: null, city: 'York', postalCode: 'YO1', country: 'GB' };

describe('an address', () => {
  it('comes out tidy', () => {
    const input = { ...home, name: ' Ada  L ', line2: '  ', country: 'gb' };
    expect(checkAddress(input)).toEqual({ ok: true, value: { ...home, name: 'Ada L' } });
  });
  it.each(['', 'X', 'XX', 'DEU', 'UK', 'ZZ'])('is not in the country %j', (country) => {
    const checked = checkAddress({ ...home, country });
    expect(!checked.ok && checked.errors.map(({ path }) => path)).toEqual([['country']]);
  });
});

it('whatever is saved and deleted: a book has exactly one default, an empty one none', () => {
  const step = fc.record({
    kind: fc.constantFrom('add', 'change', 'delete'),
    pick: fc.nat(),
    isDefault: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      let book: AddressEntry[] = [];
      steps.forEach(({ kind, pick, isDefault }, index) => {
        const savedAt = new Date(index);
        const target = book[pick % Math.max(1, book.length)]?.id ?? 'missing';
        if (kind === 'delete') {
          const decided = decideDelete(book, target);
          expect(decided.ok).toBe(book.length > 0);
          if (decided.ok)
            book = withDefault(
              book.filter(({ id }) => id !== target),
              decided.value.defaultId,
            );
          return;
        }
        const id = kind === 'change' ? target : undefined;
        const decided = decideSave(book, { id, newId: `a${index}`, isDefault });
        if (!decided.ok) {
          expect(kind === 'change' ? book.length === 0 : book.length === 50).toBe(true);
          return;
        }
        const saved = decided.value;
        const others = book.filter((entry) => entry.id !== saved.id);
        book = withDefault([...others, { id: saved.id, isDefault: false, savedAt }], saved.defaultId);
        if (isDefault) expect(saved.defaultId).toBe(saved.id);
      });
      expect(book.filter((entry) => entry.isDefault)).toHaveLength(Math.min(1, book.length));
    }),
  );
});

const withDefault = (book: AddressEntry[], defaultId: string | undefined): AddressEntry[] =>
  book.map((entry) => ({ ...entry, isDefault: entry.id === defaultId }));
