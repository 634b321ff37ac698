// Compares an object with the Kubernetes API's own description of it: unknown fields, which a server drops in silence,
// and wrong types.
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** A function that lists what is wrong with an object of the API. */
export async function loadApiTypes(folder) {
  const models = await import(pathToFileURL(path.join(folder, 'all.js')).href);

  const checkValue = (value, type, where) => {
    const array = /^Array<(.+)>$/.exec(type);
    if (array) {
      if (!Array.isArray(value)) return [`${where} must be a list`];
      return value.flatMap((item, index) => checkValue(item, array[1], `${where}[${index}]`));
    }
    const map = /^\{ \[key: string\]: (.+); \}$/.exec(type);
    if (map) {
      if (typeof value !== 'object' || value === null) return [`${where} must be a map`];
      return Object.entries(value).flatMap(([key, item]) => checkValue(item, map[1], `${where}.${key}`));
    }
    if (type === 'any' || type === 'object') return [];
    if (type === 'IntOrString') {
      return ['number', 'string'].includes(typeof value) ? [] : [`${where} must be a number or a text`];
    }
    if (['string', 'number', 'boolean'].includes(type)) {
      return typeof value === type ? [] : [`${where} must be a ${type}, not ${JSON.stringify(value)}`];
    }
    const model = models[type];
    if (!model) return [`${where} has the type ${type}, which this check does not know`];
    if (typeof value !== 'object' || value === null) return [`${where} must be an object`];
    const fields = new Map(model.getAttributeTypeMap().map((field) => [field.baseName, field.type]));
    return Object.entries(value).flatMap(([key, item]) =>
      fields.has(key)
        ? checkValue(item, fields.get(key), `${where}.${key}`)
        : [`${where} has no field ${key}`],
    );
  };

  return (object) => {
    const version = object.apiVersion.split('/').at(-1);
    const type = `${version[0].toUpperCase()}${version.slice(1)}${object.kind}`;
    return checkValue(object, type, `${object.kind} ${object.metadata?.name}`);
  };
}
