import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig({
  // The page works from any folder of any server.
  base: './',
  resolve: { conditions: ['@dmsim/source', ...defaultClientConditions] },
  worker: { format: 'iife' },
  build: {
    outDir: 'dist/page',
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      // Packages of this project do nothing when they are imported.
      treeshake: {
        moduleSideEffects: (id) =>
          !/packages\/\w+\/src\/(?!main|engine\/worker)/.test(id) || id.endsWith('.css'),
      },
    },
  },
});
