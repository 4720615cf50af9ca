import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: { cli: 'src/cli.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node22',
  fixedExtension: false,
  minify: false,
  dts: false,
  hash: false,
  failOnWarn: true,
  // One fast bundle: unbundled, the program takes twice as long to its first frame. Ink asks for
  // react-devtools-core only when DEV=true, and does without it.
  deps: {
    alwaysBundle: [/.*/],
    neverBundle: ['react-devtools-core'],
    onlyBundle: false,
    onlyImport: ['react-devtools-core'],
  },
  alias: { 'restore-cursor': fileURLToPath(new URL('./src/ui/restore-cursor.ts', import.meta.url)) },
  define: { 'process.env.NODE_ENV': '"production"' },
});
