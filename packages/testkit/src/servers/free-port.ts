export { freePort } from '@souk/embedded/ports';
