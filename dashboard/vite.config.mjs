import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * Where `npm run dashboard:dev` finds the API: what `npm start` starts beside it. A request keeps its own Host,
 * which the API compares with where the page is from.
 */
const api = { target: 'http://localhost:3000', changeOrigin: false };

/** What most pages need is one file: dozens of small ones compress far worse. */
const shared = { name: 'library', test: /node_modules/, minShareCount: 6 };

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // elkjs is one large file, loaded with the page that draws.
  build: {
    manifest: true,
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Browsers that know `light-dark()`: what is put in its place for older ones loses the scheme that people choose.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    chunkSizeWarningLimit: 1_600,
    rolldownOptions: { output: { codeSplitting: { groups: [shared] } } },
  },
  server: { proxy: { '/v1': api, '/readyz': api, '/docs': api, '/openapi.json': api } },
});
