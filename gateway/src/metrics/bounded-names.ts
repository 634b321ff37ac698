/**
 * Clients choose the names of operations, and a metric keeps a series for each label: past the first few, new names
 * are counted together.
 *
 * @param most names that keep a label of their own @default 200
 */
export function boundedNames(most = 200): (name: string | undefined) => string {
  const names = new Set<string>();
  return (name = '(unnamed)') => {
    if (names.size < most) names.add(name);
    return names.has(name) ? name : '(other)';
  };
}
