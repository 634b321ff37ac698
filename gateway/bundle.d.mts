export const PLANNING_THREAD: string;
export function bundle(entry: string): Promise<string>;
