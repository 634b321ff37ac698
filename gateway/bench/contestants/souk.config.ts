import { defineConfig } from '@souk/gateway/config';

// The defaults, and header rules both ways: a gateway in front of other people's subgraphs has some.
export default defineConfig({
  headers: {
    request: [{ propagate: 'accept-language' }, { propagate: '/^x-tenant-/' }],
    response: [{ propagate: 'x-debug-id' }],
  },
});
