import { defineConfig } from 'tsdown';
import { requireBuiltIns } from './build/built-in-modules.ts';
import { patchModules, substituteModules, substitutesOfGlobals } from './build/replaced-modules.ts';

export default defineConfig({
  entry: { cli: 'src/cli.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node22',
  fixedExtension: false,
  minify: true,
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
  outputOptions: {
    codeSplitting: {
      // What is shared by the SDK's clients is most of what each of them takes: one file is read sooner than twenty.
      groups: [{ name: 'aws', test: /node_modules[\\/]@(aws-sdk|smithy)[\\/]/, minShareCount: 2 }],
    },
  },
  plugins: [substituteModules(), patchModules(), requireBuiltIns()],
  inputOptions: {
    // The SDK as ES modules, of which the unused parts can be left out; for node it names CommonJS.
    resolve: { mainFields: ['module', 'main'], conditionNames: ['module', 'import', 'node'] },
    transform: { inject: substitutesOfGlobals },
  },
  define: { 'process.env.NODE_ENV': '"production"' },
});
