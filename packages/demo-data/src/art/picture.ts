import { escapeText } from './shapes.js';

/** What a product's picture is made from. */
export interface ArtSubject {
  readonly id: string;
  readonly name: string;
  readonly brand: string;
  readonly categorySlug: string;
  /** The name of the main colour, for example `Navy`. @default one that suits the id */
  readonly colour?: string | undefined;
}

/** The frame around every square picture. */
export const svgDocument = (title: string, width: number, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="${width}" height="${width}" role="img"><title>${escapeText(title)}</title>${content}</svg>`;
