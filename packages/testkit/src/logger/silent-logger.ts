import { createLogger, type Logger } from '@souk/kit/log';

/** A real logger that writes nothing. */
export const silentLogger: Logger = createLogger({ level: 'silent' });
