/** How much one request may ask for. Raise a number for what your own clients send; `Infinity` lifts a limit. */
export interface LimitsOptions {
  /** Bytes of the document's text. @default 65536 */
  readonly maxQueryBytes?: number;
  /** Words, names, numbers and signs of the document's text. @default 1000 */
  readonly maxTokens?: number;
  /** Operations in one document; one of them runs. @default 5 */
  readonly maxOperations?: number;
  /** Named fragments in one document. @default 20 */
  readonly maxFragments?: number;
  /** Directives in one document. @default 100 */
  readonly maxDirectives?: number;
  /** Fields inside each other, fragments expanded. Tools ask for the schema 15 deep. @default 20 */
  readonly maxDepth?: number;
  /** Fields of one operation, fragments expanded: a fragment that is used twice counts twice. @default 1000 */
  readonly maxFields?: number;
  /** Fields under another name, fragments expanded. @default 30 */
  readonly maxAliases?: number;
  /** Fields that an operation begins with. @default 20 */
  readonly maxRootFields?: number;
  /** How often one name of the answer may stand in one place: validation compares each with each. @default 30 */
  readonly maxRepeats?: number;
  /** Lists inside each other: the answer grows with the product of their lengths. @default 5 */
  readonly maxNestedLists?: number;
  /** Value of the arguments that say how long a list may be (`slicingArguments` of `@listSize`). @default 1000 */
  readonly maxListSize?: number;
  /** Lists and objects inside each other in the variables. @default 20 */
  readonly maxVariableDepth?: number;
  /** Characters of all names, texts and numbers of the variables together. @default 262144 */
  readonly maxVariableSize?: number;
  /** Mistakes that one answer lists. Equal ones count as one. @default 5 */
  readonly maxErrors?: number;
}

export type Limits = Required<LimitsOptions>;

const DEFAULTS: Limits = {
  maxQueryBytes: 65_536,
  maxTokens: 1_000,
  maxOperations: 5,
  maxFragments: 20,
  maxDirectives: 100,
  maxDepth: 20,
  maxFields: 1_000,
  maxAliases: 30,
  maxRootFields: 20,
  maxRepeats: 30,
  maxNestedLists: 5,
  maxListSize: 1_000,
  maxVariableDepth: 20,
  maxVariableSize: 262_144,
  maxErrors: 5,
};

const OFF: Limits = {
  maxQueryBytes: Infinity,
  maxTokens: Infinity,
  maxOperations: Infinity,
  maxFragments: Infinity,
  maxDirectives: Infinity,
  maxDepth: Infinity,
  maxFields: Infinity,
  maxAliases: Infinity,
  maxRootFields: Infinity,
  maxRepeats: Infinity,
  maxNestedLists: Infinity,
  maxListSize: Infinity,
  maxVariableDepth: Infinity,
  maxVariableSize: Infinity,
  maxErrors: DEFAULTS.maxErrors,
};

/** Every limit, those that nobody chose at their default. `false` lifts all but the number of listed errors. */
export const limitsOf = (options: LimitsOptions | false = {}): Limits =>
  options === false ? OFF : { ...DEFAULTS, ...options };
