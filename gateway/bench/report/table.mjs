/** A Markdown table. */
export const table = (heads, rows) =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

export const median = (values) =>
  [...values].sort((left, right) => left - right)[Math.floor((values.length - 1) / 2)];

/** The median of one figure over a row's samples. */
export const figure = (row, name) => median(row.samples.map((sample) => sample[name]));
