import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npm run dashboard:dev` finds the API: what `npm start` starts beside it. */
/** Its own Host is left to a request: the API compares it with where the page is from. */
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
    chunkSizeWarningLimit: 1_600,
    rolldownOptions: { output: { codeSplitting: { groups: [shared] } } },
  },
  server: { proxy: { '/v1': api, '/readyz': api, '/docs': api, '/openapi.json': api } },
});
