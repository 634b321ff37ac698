import { type GraphQLOutputType, type GraphQLSchema, isListType, isNonNullType } from 'graphql';
import type { Escapes } from '../escapes.js';
import { below } from './fetch-fields.js';
import { generate, own, readCode } from './generate.js';
import type { JsonObject } from './json.js';
import { NOT_PLAIN, type WriteLeaf, writeLeaf } from './leaf.js';
import { concreteTypes, type FieldShape, type ObjectShape } from './shape.js';

/** Writes the answer's data as JSON text; `escapes` tells what its strings may hold. @throws NOT_PLAIN if something in it is not as the schema says */
export type WriteData = (data: JsonObject, escapes: Escapes) => string;

/** V8 joins texts lazily. To read one as a number, which fails at its first character, puts it in one piece. */
const flat: (joined: string) => void = Number;

/** Past this many functions the generated source costs more than it saves. */
const MAX_FUNCTIONS = 2_000;

const text = (value: string): string => JSON.stringify(value);

/**
 * Generates one function for each shape of object and each kind of list. It projects, checks and serialises in one
 * pass, and knows only one way to deal with the unexpected: to give up.
 *
 * @param isJoined tells of a place (response keys with dots between) whether equal entities are one object there: such
 *   an object's text is made once, however often it is written. @default () => false
 * @returns undefined if the answer can only be written with care: introspection, or far too many types
 */
export function compileWriter(
  schema: GraphQLSchema,
  root: ObjectShape,
  isJoined: (place: string) => boolean = () => false,
): WriteData | undefined {
  const functions: string[] = [];
  const names = new Map<ObjectShape, string>();
  const lists = new Map<string, string>();
  const memos: string[] = [];
  const leaves: Record<string, WriteLeaf> = {};
  let isTooMuch = false;

  const leafName = (type: Parameters<typeof writeLeaf>[0]): string => {
    const name = `leaf_${type.name}`;
    leaves[name] ??= writeLeaf(type);
    return name;
  };

  /** Source of an expression that writes `value`, which is of `type`. */
  const valueCode = (type: GraphQLOutputType, value: string, field: FieldShape, place: string): string => {
    if (isNonNullType(type)) return `some(${valueCode(type.ofType, value, field, place)})`;
    if (isListType(type)) return `${listFunction(type.ofType, field, place)}(${value})`;
    if (field.kind === 'object') {
      const name = objectFunction(field.object, place);
      return `${isJoined(place) ? onceFunction(name) : name}(${value})`;
    }
    return `${leafName(type)}(${value},escapes)`;
  };

  const listFunction = (item: GraphQLOutputType, field: FieldShape, place: string): string => {
    const itemCode = valueCode(item, 'list[i]', field, place);
    const hit = lists.get(itemCode);
    if (hit) return hit;
    const name = `list_${lists.size}`;
    lists.set(itemCode, name);
    functions.push(
      `function ${name}(list){if(list===null||list===undefined)return'null';if(!Array.isArray(list))throw NOT_PLAIN;` +
        `const n=list.length;if(n===0)return'[]';let s='[';for(let i=0;i<n;i++){if(i>0)s+=',';s+=${itemCode};}return s+']';}`,
    );
    return name;
  };

  /**
   * Writes each object once, and remembers its text for the other places where it stands: in one piece, or all the
   * pieces that it was joined from would be copied again at each place. A map for each answer: one that is emptied and
   * filled again keeps alive all it ever held, until a full garbage collection.
   */
  const onceFunction = (name: string): string => {
    const texts = `texts_of_${name}`;
    const once = `once_${name}`;
    if (memos.includes(texts)) return once;
    memos.push(texts);
    functions.push(
      `let ${texts};function ${once}(o){let s=${texts}.get(o);` +
        `if(s===undefined){s=${name}(o);flat(s);${texts}.set(o,s);}return s;}`,
    );
    return once;
  };

  const objectFunction = (shape: ObjectShape, place: string): string => {
    const hit = names.get(shape);
    if (hit) return hit;
    const name = `object_${names.size}`;
    names.set(shape, name);
    if (names.size > MAX_FUNCTIONS) isTooMuch = true;
    if (isTooMuch) return name;
    const types = concreteTypes(schema, shape.declared);
    const isOne = types.length === 1 && types[0] === shape.declared.name;
    const body = isOne
      ? `const t=o.__typename;if(t!==undefined&&t!==${text(shape.declared.name)})throw NOT_PLAIN;${fieldsCode(shape, shape.declared.name, place)}`
      : `switch(o.__typename){${types.map((type) => `case ${text(type)}:${fieldsCode(shape, type, place)}`).join('')}}throw NOT_PLAIN;`;
    functions.push(
      `function ${name}(o){if(o===null||o===undefined)return'null';if(typeof o!=='object'||Array.isArray(o))throw NOT_PLAIN;${body}}`,
    );
    return name;
  };

  const fieldsCode = (shape: ObjectShape, typename: string, place: string): string => {
    const parts = (shape.fieldsOf(typename) ?? []).map((field, index) => {
      const start = `${index === 0 ? '{' : ','}${text(field.key)}:`;
      if (field.kind === 'typename') return text(start + text(typename));
      if (field.kind === 'introspection') {
        isTooMuch = true;
        return "''";
      }
      if (field.isDenied) return isNonNullType(field.type) ? `some('null')` : text(`${start}null`);
      return `${text(start)}+${valueCode(field.type, readCode('o', field.key), field, below(place, field.key))}`;
    });
    return parts.length === 0 ? `return'{}';` : `return ${parts.join('+')}+'}';`;
  };

  const start = objectFunction(root, '');
  if (isTooMuch) return undefined;
  const some = (written: string): string => {
    if (written === 'null') throw NOT_PLAIN;
    return written;
  };
  return generate<WriteData>(
    { ...leaves, own, some, flat, NOT_PLAIN },
    `let escapes;${functions.join('\n')}\nreturn function(data,found){escapes=found;${memos.map((texts) => `${texts}=new Map();`).join('')}` +
      `try{return ${start}(data);}finally{${memos.map((texts) => `${texts}=undefined;`).join('')}}}`,
  );
}
