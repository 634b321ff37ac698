/** Longest label that is shown: a client can choose a name as long as its query. */
const LONGEST = 100;

/**
 * Clients choose the names of operations, and a metric keeps a series for each label: past the first few, new names
 * are counted together.
 *
 * @param most names that keep a label of their own @default 200
 */
export function boundedNames(most = 200): (name: string | undefined) => string {
  const names = new Set<string>();
  return (name = '(unnamed)') => {
    const label = name.length > LONGEST ? name.slice(0, LONGEST) : name;
    if (names.size < most) names.add(label);
    return names.has(label) ? label : '(other)';
  };
}
