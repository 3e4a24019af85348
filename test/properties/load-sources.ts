// load-sources.ts — Loads the sources anew, beside those the tests use: another copy of the simulator, or a patched one.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const HERE: string = dirname(fileURLToPath(import.meta.url));

const conditions = ['@dmsim/source'];

/** For `createViteServer`; plain data, so that another process can be given it. */
export const SERVER_OPTIONS = {
  configFile: false,
  root: HERE,
  logLevel: 'silent',
  server: { middlewareMode: true, watch: null, ws: false },
  optimizeDeps: { noDiscovery: true },
  resolve: { conditions },
  // The modules of rxjs import each other without extensions, which node does not take.
  ssr: { noExternal: ['rxjs'], resolve: { conditions, externalConditions: conditions } },
} as const;
