export interface SeedOptions {
  readonly products: number;
  readonly seed: number;
}
export async function seed(): Promise<void> {}
