/** How variables that override an option begin. */
const PREFIX = 'GATEWAY__';

/**
 * Options given by the environment: `GATEWAY__LIMITS__MAX_DEPTH=12` is `{ limits: { maxDepth: 12 } }`. Two
 * underscores separate the levels, one stands for a capital letter. Values are JSON where they can be read as
 * JSON, and text where they cannot.
 *
 * @returns a tree of options that still has to be checked
 * @example environmentOverrides({ GATEWAY__CORS__ORIGINS: '["https://app.example"]' })
 */
export function environmentOverrides(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, unknown> {
  const tree: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith(PREFIX) || text === undefined || text === '') continue;
    const keys = name.slice(PREFIX.length).split('__').map(camelCase);
    const last = keys.pop() ?? '';
    let place = tree;
    for (const key of keys) place = branch(place, key);
    place[last] = valueOf(text);
  }
  return tree;
}

/** Lays one tree of options over another. Lists and values replace, sections are joined. */
export function mergeOptions(
  base: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isSection(value) && isSection(below) ? mergeOptions(below, value) : value;
  }
  return merged;
}

const camelCase = (name: string): string =>
  name.toLowerCase().replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function branch(place: Record<string, unknown>, key: string): Record<string, unknown> {
  const below = place[key];
  if (isSection(below)) return below;
  const made: Record<string, unknown> = {};
  place[key] = made;
  return made;
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const isSection = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
