import { brightness, mix } from './colours.js';

/** The paints of one picture: every drawing uses these and nothing else, so that all go together. */
export interface Ink {
  /** The product's colour as a soft gradient. */
  readonly body: string;
  readonly main: string;
  readonly light: string;
  readonly dark: string;
  readonly deep: string;
  /** Stands out from the product's colour. */
  readonly accent: string;
  readonly metal: string;
  readonly wood: string;
  readonly glass: string;
  readonly paper: string;
  readonly black: string;
}

const ACCENTS = ['#f2b544', '#ef7d63', '#5fb3a3', '#7b8fe0', '#e3a1b5'];

export function createInk(main: string, choice: number): Ink {
  const accent = ACCENTS.filter((colour) => Math.abs(brightness(colour) - brightness(main)) > 0.12);
  return {
    body: 'url(#m)',
    main,
    light: mix(main, '#ffffff', 0.32),
    dark: mix(main, '#14101e', 0.28),
    deep: mix(main, '#14101e', 0.52),
    accent: accent[choice % Math.max(1, accent.length)] ?? '#f2b544',
    metal: 'url(#s)',
    wood: 'url(#w)',
    glass: 'url(#g)',
    paper: '#f7f3ea',
    black: '#2a2a32',
  };
}

const gradient = (id: string, direction: string, stops: readonly string[]): string =>
  `<linearGradient id="${id}" ${direction}>${stops
    .map(
      (colour, index) =>
        `<stop offset="${Math.round((100 * index) / (stops.length - 1))}%" stop-color="${colour}"/>`,
    )
    .join('')}</linearGradient>`;

/**
 * The definitions of those gradients of an ink that a drawing uses.
 *
 * @param shapes what was drawn with the ink
 */
export const inkDefinitions = ({ main, light, dark }: Ink, shapes: string): string =>
  [
    gradient('m', 'x1="0" y1="0" x2="1" y2="1"', [mix(light, main, 0.35), main, mix(main, dark, 0.75)]),
    gradient('s', 'x1="0" y1="0" x2="1" y2="0"', ['#8d949d', '#dfe3e7', '#aeb5bd', '#7c838c']),
    gradient('w', 'x1="0" y1="0" x2="0" y2="1"', ['#d2a976', '#b88a57']),
    gradient('g', 'x1="0" y1="0" x2="1" y2="1"', ['#eef7fb', '#bcd6e2', '#93b6c8']),
    '<radialGradient id="h"><stop offset="0" stop-color="#fff2bd" stop-opacity=".95"/><stop offset="1" stop-color="#fff2bd" stop-opacity="0"/></radialGradient>',
  ]
    .filter((definition) => shapes.includes(`url(#${definition.charAt(definition.indexOf('id="') + 4)})`))
    .join('');
