import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** Only what this plugin reads of schema/operations.json. */
interface Manifest {
  readonly operations: readonly { readonly name: string; readonly body: string }[];
}

const CALL = /\bgraphql\(\s*`([^`]*)`,?\s*\)/g;
const IMPORT = /import \{ graphql \} from '@\/__generated__\/gql\.js';/;
const NAME = /\b(?:query|mutation|subscription)\s+(\w+)/;
const PREFIX = 'virtual:operation/';

/**
 * Replaces every graphql(`query Name …`) by an import of that one operation from the manifest. Codegen's own run-time map
 * holds all operations, which would put the staff's into the shop's first load; and the text of a document is a
 * fifth of its syntax tree.
 *
 * @param manifestFile absolute path of schema/operations.json, made by `npm run codegen`
 */
export function operations(manifestFile: string): Plugin {
  const read = (): Manifest => JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest;
  return {
    name: 'souk:operations',
    enforce: 'pre',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined;
      const name = id.slice(PREFIX.length + 1);
      const operation = read().operations.find((candidate) => candidate.name === name);
      if (!operation) this.error(`Operation ${name} is not in the manifest. Run \`npm run codegen\`.`);
      this.addWatchFile(manifestFile);
      return `import { gql } from '@urql/core';\nexport default /* @__PURE__ */ gql(${JSON.stringify(compact(operation.body))});`;
    },
    transform(code, id) {
      if (!id.endsWith('.ts') || id.includes('__generated__') || !IMPORT.test(code)) return undefined;
      const names: string[] = [];
      const replaced = code.replace(CALL, (_call, text: string) => {
        const name = NAME.exec(text)?.[1];
        if (name === undefined) this.error('Give every operation a name.');
        names.push(name);
        return `__${name}`;
      });
      const imports = names.map((name) => `import __${name} from '${PREFIX}${name}';`).join(' ');
      return { code: replaced.replace(IMPORT, imports), map: null };
    },
  };
}

/** Insignificant white space away: it would only be downloaded. */
const compact = (body: string): string => body.replace(/\s+/g, ' ').replace(/ ?([{}:,()]) ?/g, '$1');
