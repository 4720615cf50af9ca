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
  return fileURLToPath(new URL(`./substitutes/${name}.ts`, import.meta.url));
}

interface Patch {
  readonly module: RegExp;
  readonly from: string;
  readonly to: string;
}

const patches: readonly Patch[] = [
  // Yoga, Ink's layout, has its WebAssembly as base64 and decodes that itself where there is no `fetch`. Where there is
  // one it fetches a data URL, and node loads its HTTP client.
  { module: /[\\/]yoga-wasm-base64-esm\.js$/, from: '"function"!=typeof fetch', to: 'true' },
  // For subcommands that are programs of their own; ours are none.
  {
    module: /[\\/]commander[\\/]lib[\\/]command\.js$/,
    from: "import childProcess from 'node:child_process';",
    to: 'const childProcess = null;',
  },
  // A list of all emoji, made when the module is loaded, and again when it is first used.
  {
    module: /[\\/]string-width[\\/]index\.js$/,
    from: 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
    to: 'const rgiEmojiRegex = { test: (text) => /^\\p{RGI_Emoji}$/v.test(text) };',
  },
];

/** Makes other packages do when it is needed what they do when they are loaded. */
export function patchModules(): Rolldown.Plugin {
  return {
    name: 'patch-modules',
    transform: {
      filter: { id: patches.map(({ module }) => module) },
      handler(code, id) {
        const patch = patches.find(({ module }) => module.test(id));
        if (patch === undefined || !code.includes(patch.from))
          this.error(`${id} has changed: look at its patch`);
        return code.replace(patch.from, () => patch.to);
      },
    },
  };
}
