import type { DocumentNode, OperationDefinitionNode, OperationTypeNode } from 'graphql';

/** An operation that was parsed and is valid against the API schema. */
export interface CheckedOperation {
  /** SHA-256 of the document's text, in hex. */
  readonly hash: string;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly name: string | undefined;
  readonly kind: `${OperationTypeNode}`;
}
