import { createWriteStream } from 'node:fs';

/** Where everything that the shop prints goes. */
export interface ShopLog {
  readonly write: (line: string) => void;
  readonly close: () => Promise<void>;
}

/** @example const log = openShopLog(path.join(folder, 'shop.log')); log.write('orders is listening'); */
export function openShopLog(file: string): ShopLog {
  const stream = createWriteStream(file);
  return {
    write: (line) => void stream.write(`${new Date().toISOString()} ${line}\n`),
    close: () => new Promise((resolve) => stream.end(resolve)),
  };
}
