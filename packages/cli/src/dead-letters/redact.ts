/** Texts under these names say what an event is about and nothing about a person. */
const HARMLESS = /^(type|status|state|currency|reason|code|carrier|source|at|version)$|(Id|Ids|At)$/;
const HIDDEN = '[hidden]';
const MOST_OF_A_LIST = 5;

/**
 * A payload as it may be shown to an operator: numbers, ids and states stay, every other text (names, addresses,
 * e-mails, tokens) is hidden, long lists are cut.
 */
export function redact(value: unknown, name = ''): unknown {
  if (typeof value === 'string')
    return HARMLESS.test(name) && !value.includes('@') ? value.slice(0, 80) : HIDDEN;
  if (Array.isArray(value)) {
    const shown = value.slice(0, MOST_OF_A_LIST).map((item) => redact(item, name));
    return value.length > MOST_OF_A_LIST ? [...shown, `and ${value.length - MOST_OF_A_LIST} more`] : shown;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, redact(field, key)]));
}

/** An error message without e-mail addresses and what looks like a token, in one line of at most 200 characters. */
export const redactText = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[^\s"'<>()]+@[^\s"'<>()]+/g, HIDDEN)
    .replaceAll(/\btok_\w+|\b[\w-]{32,}\b/g, (found) => (/^[0-9a-f-]{36}$/.test(found) ? found : HIDDEN))
    .slice(0, 200);
