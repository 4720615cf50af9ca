import { isBuiltin } from 'node:module';
import type { Rolldown } from 'tsdown';

type Statement = ReturnType<Rolldown.PluginContext['parse']>['body'][number];
type ImportDeclaration = Extract<Statement, { type: 'ImportDeclaration' }>;

/** What `require` is called in the chunks. */
const take = 'takeBuiltIn';

/**
 * Requires node's own modules where the bundle would import them. For an import node reads all properties of such a
 * module, since each could be imported by its name, and so loads what waits for its first use: with `node:process` it
 * opens stdin and stdout, with `node:fs` it loads streams and promises, with `node:http` a second HTTP client.
 */
export function requireBuiltIns(): Rolldown.Plugin {
  return {
    name: 'require-built-ins',
    // Chunks and not modules: they import only what something uses.
    renderChunk(code) {
      let changed = '';
      let from = 0;
      for (const statement of this.parse(code).body) {
        if (statement.type !== 'ImportDeclaration' || !isBuiltin(statement.source.value)) continue;
        changed += code.slice(from, statement.start) + requiringDeclarations(statement);
        from = statement.end;
      }
      changed = requireDynamically(changed + code.slice(from));
      if (changed === code) return null;
      return `import { createRequire as ${take}Of } from 'node:module';\nconst ${take} = ${take}Of(import.meta.url);\n${changed}`;
    },
  };
}

function requiringDeclarations({ source, specifiers }: ImportDeclaration): string {
  return specifiers
    .map((specifier) => {
      const imported = specifier.type === 'ImportSpecifier' ? specifier.imported : null;
      const isNamed = imported?.type === 'Identifier' && imported.name !== 'default';
      const { name } = specifier.local;
      return `const ${isNamed ? `{ ${imported.name}: ${name} }` : name} = ${take}('${source.value}');`;
    })
    .join('\n');
}

/** What comes of an import has its properties and itself as `default`; they are looked up when they are used. */
function requireDynamically(code: string): string {
  return code.replaceAll(/\bimport\("([\w:/]+)"\)/g, (dynamicImport, name: string) =>
    isBuiltin(name)
      ? `Promise.resolve(${take}('${name}')).then((module) => Object.create(module, { default: { value: module } }))`
      : dynamicImport,
  );
}
