// Made up, and small: what the subgraphs know. Review bodies are as long as people write them.
const range = (length) => Array.from({ length }, (_, index) => index);

const SENTENCES = [
  'It came a day early, in a box that did not rattle, and everything in it was where the leaflet said it would be.',
  'Smaller than the picture suggests, so measure your shelf before you order.',
  'The lid closes with a sound that is hard to describe, somewhere between a sigh and a click.',
  'After three months of daily use there is one scratch, and that was my own fault.',
  'My daughter took it to her room on the first evening and I have not seen it since.',
  'One screw was missing; support sent another within the week without asking for a photograph.',
  'I compared it with two cheaper ones, and the difference is in the hinges and in how it feels when it is cold.',
  'It is heavier than it looks, which I have come to like, above all in the wind.',
  'The colour is closer to moss than to the green on the page, at least by daylight.',
  'Would buy it again "any day", as my neighbour puts it.',
  'The manual is one sheet, and one sheet is enough for something this plain.',
  'It survived a move, a dog, two winters and a rather lively birthday.',
  'If you have small hands, try it in a shop first, because the grip was made for larger ones.',
];
/** Four sentences each, never the same four. */
const bodyOf = (index) =>
  range(4)
    .map((step) => SENTENCES[(index * 5 + step * 3) % SENTENCES.length])
    .join(' ');

const PEOPLE = ['Ada Holm', 'Bruno Keller', 'Carla Diaz', 'Dario Novak', 'Elin Strand', 'Femi Adeyemi'];
export const users = PEOPLE.map((name, index) => ({
  id: `u${index}`,
  name,
  handle: name.toLowerCase().replace(' ', '.'),
}));

const THINGS = ['Lamp', 'Kettle', 'Chair', 'Bookend', 'Rucksack', 'Clock', 'Étagère', 'Schlüsselbrett'];
/** The first few are the top ones; all of them make the wide list, which is not all ASCII. */
export const products = range(1000).map((index) => ({
  id: `p${index}`,
  name: index < 6 ? THINGS[index] : `${THINGS[index % THINGS.length]} ${index}`,
  price: 900 + index * 35,
  weight: 100 + (index % 50) * 20,
}));

/** Two by each user; four of each of the first three products. */
export const reviews = range(12).map((index) => ({
  id: `r${index}`,
  body: bodyOf(index),
  author: `u${index % users.length}`,
  product: `p${index % 3}`,
}));
