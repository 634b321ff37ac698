export function categoryArt(slug: string, width = 1200): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 480" width="${width}"><title>${slug}</title></svg>`;
}
