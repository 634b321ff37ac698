import { defineConfig } from 'prisma/config';

// Only `prisma generate`, `validate` and `format` are used: migrations are applied by `@souk/kit/postgres`.
export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' } });
