/**
 * Gives every definition of a piece of SVG, and every use of one, a name of its own: inks of several things, or
 * several pictures inlined on one page, do not take each other's paints.
 *
 * @param prefix starts with a letter
 * @param svg drawn shapes and definitions, without anybody's text
 */
export const nested = (prefix: string, svg: string): string => svg.replace(/(\sid="|url\(#)/g, `$1${prefix}`);
