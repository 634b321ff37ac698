/**
 * How many typing errors lie between two words: a letter too many, one missing, a wrong one, or two neighbours that
 * changed places. Takes as many steps as the product of both lengths.
 *
 * @example editsBetween('bycicle', 'bicycle'); // 2
 */
export function editsBetween(typed: string, meant: string): number {
  const [from, to] = [[...typed], [...meant]];
  let twoAbove: number[] = [];
  let above = [0, ...to.map((_, column) => column + 1)];
  from.forEach((letter, line) => {
    const row = [line + 1];
    to.forEach((other, column) => {
      const edits = [
        (above[column] ?? 0) + (letter === other ? 0 : 1),
        (above[column + 1] ?? 0) + 1,
        (row[column] ?? 0) + 1,
      ];
      const isSwap = line > 0 && column > 0 && letter === to[column - 1] && from[line - 1] === other;
      if (isSwap) edits.push((twoAbove[column - 1] ?? 0) + 1);
      row.push(Math.min(...edits));
    });
    [twoAbove, above] = [above, row];
  });
  return above.at(-1) ?? 0;
}
