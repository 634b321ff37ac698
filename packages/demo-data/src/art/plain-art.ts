import { hashText } from '../random/hash.js';
import { hexOf, mix } from './colours.js';
import { createGround } from './ground.js';
import { createInk, inkDefinitions } from './ink.js';
import { brandMark } from './mark.js';
import { nested } from './nested.js';
import { paperFor } from './papers.js';
import { type ArtSubject, svgDocument } from './picture.js';
import { escapeText, path, rect, shade, shine, stroke } from './shapes.js';

/** A tied parcel with the product's initials: dignified for anything that has no picture of its own yet. */
export function plainArt(subject: ArtSubject, width = 640): string {
  const hash = hashText(subject.id);
  const main = hexOf(subject.colour, hash >>> 4);
  const ink = createInk(main, hash);
  const ground = createGround(main, paperFor(undefined, hash), hash >>> 5, false);
  const initials = subject.name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
  const parcel =
    path('M104 176 L200 146 L296 176 V296 L200 322 L104 296Z', ink.body) +
    path('M104 176 L200 204 V322 L104 296Z', shade(0.1)) +
    path('M104 176 L200 146 L296 176 L200 204Z', shine(0.3)) +
    stroke('M152 161 L248 190 V308 M248 161 L152 190 V308', ink.paper, 7) +
    path('M200 176 Q160 126 148 154 Q146 176 200 176 Q254 176 252 154 Q240 126 200 176Z', ink.accent) +
    rect(166, 222, 68, 62, 8, ink.paper);
  const initialsOn = `<text x="200" y="262" text-anchor="middle" font-family="Georgia,serif" font-size="26" font-weight="600" fill="${ink.deep}">${escapeText(initials)}</text>`;
  return svgDocument(
    `${subject.brand}: ${subject.name}`,
    width,
    nested(
      `p${hash.toString(36)}`,
      `<defs>${ground.definitions}${inkDefinitions(ink, parcel)}</defs>${ground.back}${parcel}`,
    ) +
      initialsOn +
      brandMark(subject.brand, mix(main, '#1c1626', 0.5), hashText(subject.brand)),
  );
}
