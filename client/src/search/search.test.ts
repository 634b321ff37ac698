import { describe, expect, it } from 'vitest';
import { nextTick, ref } from 'vue';
import { markParts } from './mark-parts.js';
import { remember } from './recent-searches.js';
import { useListbox } from './use-listbox.js';

describe('markParts', () => {
  const marked = (text: string, query: string) =>
    markParts(text, query)
      .map(({ text, isMatch }) => (isMatch ? `[${text}]` : text))
      .join('');

  it.each([
    ['Bedside Lamp', 'la', 'Bedside [La]mp'],
    ['Bedside Lamp', 'lamp bed', '[Bed]side [Lamp]'],
    ['Flamingo', 'la', 'Flamingo'],
    ['Émile (Grand)', 'ém (g', '[Ém]ile [(G]rand)'],
    ['Anything', ' ', 'Anything'],
  ])('marks in %j what %j begins', (text, query, expected) => {
    expect(marked(text, query)).toBe(expected);
  });
});

describe('remember', () => {
  it('puts the latest first, each once, five at most', () => {
    expect(remember(['a', 'b', 'c', 'd', 'e'], 'C')).toEqual(['C', 'a', 'b', 'd', 'e']);
    expect(remember(['a', 'b', 'c', 'd', 'e'], 'f')).toEqual(['f', 'a', 'b', 'c', 'd']);
  });
});

describe('useListbox', () => {
  const press = (key: string) => new KeyboardEvent('keydown', { key, cancelable: true });
  const open = () => {
    const taken: (string | undefined)[] = [];
    const options = ref([{ id: 'one' }, { id: 'two' }]);
    return { taken, options, ...useListbox(options, (option) => taken.push(option?.id)) };
  };

  it('walks through the options and back into the input', () => {
    const box = open();
    const places = ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp'].map((key) => {
      box.onKeydown(press(key));
      return box.active.value?.id;
    });
    expect(places).toEqual(['one', 'two', undefined, 'two']);
  });

  it('takes the marked option, or the text when none is marked', () => {
    const box = open();
    box.onKeydown(press('Enter'));
    box.onKeydown(press('ArrowUp'));
    box.onKeydown(press('Enter'));
    expect(box.taken).toEqual([undefined, 'two']);
  });

  it('forgets the mark when other options come, and closes on Escape', async () => {
    const box = open();
    box.onKeydown(press('ArrowDown'));
    box.options.value = [{ id: 'three' }];
    await nextTick();
    expect(box.active.value).toBeUndefined();
    box.onKeydown(press('Escape'));
    expect(box.isOpen.value).toBe(false);
  });

  it('leaves other keys to the input', () => {
    const event = press('x');
    open().onKeydown(event);
    expect(event.defaultPrevented).toBe(false);
  });
});
