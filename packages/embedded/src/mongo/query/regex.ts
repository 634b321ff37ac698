import { badValue, refused } from '../errors.js';

/**
 * MongoDB's regular expressions are PCRE. Most of them mean something slightly else in JavaScript (`$` before a last
 * newline, `.` and `\s` over Unicode), so a pattern is read piece by piece and written anew with the PCRE meaning;
 * a piece that is not known here is refused.
 */
export function compilePattern(pattern: string, options: string): RegExp {
  for (const option of options) {
    if (!'ims'.includes(option) || option === 'm') throw refused(`regular expression option '${option}'`);
  }
  const source = translate(pattern, options.includes('s'));
  try {
    return new RegExp(source, options.includes('i') ? 'iu' : 'u');
  } catch {
    throw badValue(`Regular expression is invalid: /${pattern}/`);
  }
}

const classes: Readonly<Record<string, string>> = {
  d: '0-9',
  w: 'A-Za-z0-9_',
  s: '\\t\\n\\v\\f\\r ',
};
const controls = 'nrtf';
const syntax = /[\\^$.*+?()[\]{}|/]/;

function translate(pattern: string, dotAll: boolean): string {
  let out = '';
  let at = 0;
  while (at < pattern.length) {
    const char = String.fromCodePoint(pattern.codePointAt(at) ?? 0);
    if (char === '\\') {
      out += escape(pattern[at + 1]);
      at += 2;
    } else if (char === '[') {
      const end = classEnd(pattern, at);
      out += characterClass(pattern.slice(at + 1, end));
      at = end + 1;
    } else if (char === '(') {
      const opening = /^\((?!\?|\*)|^\(\?[:=!]/.exec(pattern.slice(at))?.[0];
      if (opening === undefined) throw refused(`the group at position ${at} of /${pattern}/`);
      out += opening;
      at += opening.length;
    } else if ('*+?'.includes(char) || char === '{') {
      const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(pattern.slice(at))?.[0];
      if (quantifier === undefined || pattern[at + quantifier.length] === '+') {
        throw refused(`the quantifier at position ${at} of /${pattern}/`);
      }
      out += quantifier;
      at += quantifier.length;
    } else {
      out += plain(char, dotAll);
      at += char.length;
    }
  }
  return out;
}

function plain(char: string, dotAll: boolean): string {
  if (char === '.') return dotAll ? '[\\s\\S]' : '[^\\n]';
  if (char === '$') return '(?=\\n?(?![\\s\\S]))';
  if (char === '^' || char === ')' || char === '|') return char;
  return syntax.test(char) ? `\\${char}` : char;
}

function escape(char: string | undefined): string {
  if (char === undefined) throw badValue('Regular expression is invalid: \\ at end of pattern');
  if (controls.includes(char)) return `\\${char}`;
  const members = classes[char.toLowerCase()];
  if (members !== undefined) return char === char.toLowerCase() ? `[${members}]` : `[^${members}]`;
  // without PCRE's UCP option a word is ASCII; JavaScript's i and u together would add two letters, hence no \b
  if (char === 'b' || char === 'B') {
    const word = `[${classes['w'] ?? ''}]`;
    const boundary = `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
    return char === 'b' ? boundary : `(?!${boundary})`;
  }
  if (/[A-Za-z0-9]/.test(char)) throw refused(`the escape \\${char} in a regular expression`);
  return syntax.test(char) ? `\\${char}` : char;
}

/** Where the class that opens at `start` closes; a `]` directly behind the opening is a member in PCRE, and refused. */
function classEnd(pattern: string, start: number): number {
  let at = pattern[start + 1] === '^' ? start + 2 : start + 1;
  if (pattern[at] === ']') throw refused("a regular expression class that begins with ']'");
  for (; at < pattern.length; at += 1) {
    if (pattern[at] === '\\') at += 1;
    else if (pattern[at] === '[') throw refused("'[' inside a regular expression class (write \\[)");
    else if (pattern[at] === ']') return at;
  }
  throw badValue(`Regular expression is invalid: missing terminating ] in /${pattern}/`);
}

function characterClass(members: string): string {
  const body = members.replace(/\\([\s\S])/g, (_all, char: string) => {
    if (controls.includes(char)) return `\\${char}`;
    const known = classes[char];
    if (known !== undefined) return known;
    if (/[A-Za-z0-9]/.test(char)) throw refused(`the escape \\${char} in a regular expression class`);
    return /[\\^\]-]/.test(char) || syntax.test(char) ? `\\${char}` : char;
  });
  return `[${body}]`;
}
