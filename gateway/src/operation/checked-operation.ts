import type { Viewer } from '@souk/kit/auth';
import type {
  DocumentNode,
  FieldNode,
  GraphQLError,
  OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';

/** An operation that was parsed and is valid against the API schema. */
export interface CheckedOperation {
  /**
   * SHA-256 of the document's text, in hex; followed by what tells it apart where it was restricted, or fields moved.
   * Equal hash and name: equal plan.
   */
  readonly hash: string;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly name: string | undefined;
  readonly kind: `${OperationTypeNode}`;
  /** Labels of `@override` that are on for whoever asks; part of the hash. @default none */
  readonly labels?: readonly string[];
  /** Set if the viewer may have only a part of what was asked: the operation is that part. @default undefined */
  readonly restriction?: Restriction;
}

/** What was taken out of an operation before it is planned. The answer says null in its place. */
export interface Restriction {
  /** The operation as the client wrote it, which the answer has the shape of. */
  readonly asked: CheckedOperation;
  /** Whether a field of the asked document was taken out. */
  isDenied(field: FieldNode): boolean;
  /** True if nothing is left. */
  readonly isEmpty: boolean;
  /** Says what was taken out, and why. */
  errors(viewer: Viewer, variables: Readonly<Record<string, unknown>>): readonly GraphQLError[];
}
