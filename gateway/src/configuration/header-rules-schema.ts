import { z } from 'zod';
import { mayGoDown, mayGoUp, patternOf } from '../plugins/headers/header-names.js';
import type {
  InsertHeader,
  PropagateRequestHeader,
  PropagateResponseHeader,
  RemoveHeader,
} from '../plugins/headers/headers-options.js';

/** Every option of a rule must be listed, and nothing else is taken. */
const rule = <Rule extends object>(shape: Readonly<Record<keyof Required<Rule>, z.ZodType>>) =>
  z.strictObject(shape);

export const headerName = z
  .string()
  .regex(/^[a-z0-9!#$%&'*+.^_`|~-]+$/, 'must be a header name in lower case');

const names = z.array(z.string().min(1)).optional();
const value = z.string().regex(/^[\t\x20-\x7e]*$/, 'must be plain ASCII without line breaks');

/** A header that may pass in this direction. */
const passable = (mayPass: (name: string) => boolean) =>
  headerName.refine(mayPass, 'is a header of the connection or of the gateway itself, which never passes');

/** Such a header, or a pattern for names. */
const passableOrPattern = (mayPass: (name: string) => boolean) =>
  z.string().superRefine((name, context) => {
    try {
      if (patternOf(name)) return;
    } catch (error) {
      context.addIssue(error instanceof Error ? error.message : 'is no regular expression');
      return;
    }
    for (const { message } of passable(mayPass).safeParse(name).error?.issues ?? [])
      context.addIssue(message);
  });

/** Chooses the kind of a rule by the option that names it, so that its problems are told as those of that kind. */
const oneOf = (kinds: Readonly<Record<string, z.ZodType>>) =>
  z.looseObject({}).superRefine((given, context) => {
    const kind = Object.keys(kinds).find((key) => key in given);
    const schema = kind === undefined ? undefined : kinds[kind];
    if (!schema) {
      context.addIssue(`must have one of ${Object.keys(kinds).join(', ')}`);
      return;
    }
    for (const { path, message } of schema.safeParse(given).error?.issues ?? []) {
      context.addIssue({ code: 'custom', path, message });
    }
  });

const rules = (mayPass: (name: string) => boolean, propagate: z.ZodType) =>
  z
    .array(
      oneOf({
        propagate,
        insert: rule<InsertHeader>({ insert: passable(mayPass), value, subgraphs: names }),
        remove: rule<RemoveHeader>({ remove: passableOrPattern(mayPass), subgraphs: names }),
      }),
    )
    .optional();

/** A pattern stands for many names: none of them can be told to be another. */
const byName = 'needs a name in "propagate", not a pattern';
const isPattern = ({ propagate }: { readonly propagate?: unknown }): boolean =>
  typeof propagate === 'string' && propagate.startsWith('/');

export const requestRules = rules(
  mayGoUp,
  rule<PropagateRequestHeader>({
    propagate: passableOrPattern(mayGoUp),
    as: passable(mayGoUp).optional(),
    default: value.optional(),
    subgraphs: names,
  })
    .refine((given) => !(isPattern(given) && given.as !== undefined), { path: ['as'], error: byName })
    .refine((given) => !(isPattern(given) && given.default !== undefined), {
      path: ['default'],
      error: byName,
    }),
);

export const responseRules = rules(
  mayGoDown,
  rule<PropagateResponseHeader>({
    propagate: passableOrPattern(mayGoDown),
    as: passable(mayGoDown).optional(),
    merge: z.enum(['first', 'last', 'append']).optional(),
    subgraphs: names,
  }).refine((given) => !(isPattern(given) && given.as !== undefined), { path: ['as'], error: byName }),
);
