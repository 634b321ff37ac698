export { silentLogger } from './silent-logger.js';
