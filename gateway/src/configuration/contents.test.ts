import { readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import config from '../../gateway.config.js';
import { checkOptions } from './check-options.js';
import { optionsSchema } from './options-schema.js';

const root = path.join(import.meta.dirname, '../..');

/** The options as they are written down: what the types say, and the comments beside them. */
let checker: ts.TypeChecker;
let sections: readonly ts.Symbol[];
beforeAll(() => {
  const file = path.join(root, 'src/gateway-options.ts');
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    noEmit: true,
    types: [],
  });
  checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const exported = source && checker.getSymbolAtLocation(source);
  const options = exported?.exports?.get(ts.escapeLeadingUnderscores('GatewayOptions'));
  sections = options ? checker.getDeclaredTypeOfSymbol(options).getProperties() : [];
}, 300_000);

const namesOf = (symbols: readonly ts.Symbol[]) => symbols.map((symbol) => symbol.getName());

describe('the sections', () => {
  it('are all named in gateway.config.ts, in the order of the types, and its values are valid', () => {
    expect(sections.length).toBeGreaterThan(20);
    expect(Object.keys(config)).toEqual(namesOf(sections));
    expect(checkOptions(config)).toEqual(config);
  });

  it('are all checked when they come from a file or the environment', () => {
    expect(Object.keys(optionsSchema.shape).sort()).toEqual(namesOf(sections).sort());
  });

  it('have each a row in the README, in the same order', async () => {
    const readme = await readFile(path.join(root, 'README.md'), 'utf8');
    const named = [...readme.matchAll(/^\| [^|]+ \| `([a-zA-Z]+)` +\| [^|]+ \|$/gm)].map(([, name]) => name);
    expect(named).toEqual(namesOf(sections));
  });

  it('say what they are', () => {
    expect(namesOf(sections.filter((section) => !isExplained(section)))).toEqual([]);
  });
});

describe('the options in them', () => {
  it('say what they are and what their default is, down to the last', () => {
    const options = sections.flatMap((section) => optionsBelow(section, section.getName()));
    expect(options.length).toBeGreaterThan(100);
    expect(options.filter(({ symbol }) => !isExplained(symbol)).map(({ place }) => place)).toEqual([]);
    const silent = options.filter(
      ({ symbol, isWhole }) => isOptional(symbol) && isWhole && !hasDefault(symbol),
    );
    expect(silent.map(({ place }) => place)).toEqual([]);
  });
});

interface Option {
  readonly symbol: ts.Symbol;
  readonly place: string;
  /** False for a group of options, whose members have the defaults. */
  readonly isWhole: boolean;
}

function optionsBelow(group: ts.Symbol, place: string, seen: readonly ts.Type[] = []): Option[] {
  return groupsIn(checker.getTypeOfSymbol(group)).flatMap((type) =>
    seen.includes(type)
      ? []
      : type.getProperties().flatMap((symbol) => {
          const at = `${place}.${symbol.getName()}`;
          const below = optionsBelow(symbol, at, [...seen, type]);
          return [{ symbol, place: at, isWhole: below.length === 0 }, ...below];
        }),
  );
}

/** Our own interfaces in a type, looking through `| false`, lists and records. */
function groupsIn(type: ts.Type): readonly ts.Type[] {
  if (type.isUnion()) return type.types.flatMap(groupsIn);
  const item = type.getNumberIndexType() ?? type.getStringIndexType();
  if (item && !isText(type)) return groupsIn(item);
  const declared = (type.aliasSymbol ?? type.getSymbol())?.declarations ?? [];
  const isOurs = declared.some((declaration) => {
    const { fileName } = declaration.getSourceFile();
    return fileName.includes('/gateway/src/') && ts.isInterfaceDeclaration(declaration);
  });
  return isOurs ? [type] : [];
}

const isText = (type: ts.Type): boolean => (type.flags & ts.TypeFlags.StringLike) !== 0;
const isOptional = (symbol: ts.Symbol): boolean => (symbol.flags & ts.SymbolFlags.Optional) !== 0;
const hasDefault = (symbol: ts.Symbol): boolean =>
  symbol.getJsDocTags(checker).some(({ name }) => name === 'default');
const isExplained = (symbol: ts.Symbol): boolean =>
  symbol.getDocumentationComment(checker).length > 0 || hasDefault(symbol);
