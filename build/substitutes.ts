import { fileURLToPath } from 'node:url';
import type { Rolldown } from 'tsdown';

/** Modules of ours that stand in the bundle for those of other packages, and may import what they stand for. */
const substitutes: ReadonlyMap<string, string> = new Map(
  ['restore-cursor', 'string-width'].map((name) => [name, fileOf(name)]),
);

/** And those that stand for what JavaScript has. */
export const substitutesOfGlobals = { 'Intl.Segmenter': fileOf('segmenter') };

export function substituteModules(): Rolldown.Plugin {
  return {
    name: 'substitute-modules',
    resolveId: (name, importer) => {
      const substitute = substitutes.get(name);
      return importer === substitute ? null : substitute;
    },
  };
}

function fileOf(name: string): string {
  return fileURLToPath(new URL(`../src/ui/${name}.ts`, import.meta.url));
}

const fetches = '"function"!=typeof fetch';

/**
 * Yoga, Ink's layout, has its WebAssembly as base64 and decodes that itself where there is no `fetch`. Where there is one
 * it fetches a data URL, and node loads its HTTP client.
 */
export function decodeYoga(): Rolldown.Plugin {
  return {
    name: 'decode-yoga',
    transform: {
      filter: { id: /[\\/]yoga-wasm-base64-esm\.js$/ },
      handler(code) {
        if (!code.includes(fetches)) this.error('Yoga is loaded in another way than it was');
        return code.replace(fetches, 'true');
      },
    },
  };
}
