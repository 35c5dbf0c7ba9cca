// How the pages are built: one bundle from web/ into dist/web, everything from our own address.
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const here = import.meta.dirname;
const hub = 'http://127.0.0.1:8080';

/** Every browser of today reads woff2; without this the font's woff twins would be shipped too. */
function onlyWoff2(): Plugin {
  return {
    name: 'only-woff2',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('noto-sans-sc') || !id.endsWith('.css')) return null;
      return code.replace(/,\s*url\([^)]+\.woff\) format\('woff'\)/g, '');
    },
  };
}

export default defineConfig({
  root: join(here, 'web'),
  plugins: [react(), onlyWoff2()],
  build: {
    outDir: join(here, 'dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    // Inlined pictures and fonts would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: { '/sandbox': hub, '/console': hub, '/aps': hub, '/openapi.json': hub },
  },
});
