// Loaded into a service before its own code: plants the bug that SOUK_PLANTED_BUG describes. Nothing in the shop knows it.
import { register } from 'node:module';

register('./edit-modules.mjs', import.meta.url, { data: JSON.parse(process.env.SOUK_PLANTED_BUG ?? '[]') });
