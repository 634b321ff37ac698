/** What a link does to the traffic that passes it. */
export type Weather =
  | { readonly kind: 'calm' }
  /** Connections are reset, new ones too. */
  | { readonly kind: 'cut' }
  /** Nothing passes, nothing is lost: all of it arrives when the weather clears up. */
  | { readonly kind: 'stalled' }
  /** Requests arrive, their answers are lost, and nobody is told: connections end only when the weather clears up. */
  | { readonly kind: 'half-open' }
  /** All of it arrives later, in milliseconds. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  | { readonly kind: 'throttled'; readonly bytesPerSecond: number };

export const CALM: Weather = { kind: 'calm' };

/** The weather in words, for a story. */
export function describeWeather(weather: Weather): string {
  switch (weather.kind) {
    case 'calm':
      return 'is whole';
    case 'cut':
      return 'is cut';
    case 'stalled':
      return 'stands still';
    case 'half-open':
      return 'loses every answer';
    case 'slow':
      return `is ${weather.delayMs} ms late`;
    case 'throttled':
      return `passes ${weather.bytesPerSecond} bytes a second`;
  }
}
