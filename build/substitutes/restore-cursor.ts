/**
 * Stands in the bundle for the module of this name that Ink brings (../replaced-modules.ts): that one writes an
 * escape sequence to stderr when the process ends, also into a file. Ink itself shows the cursor when it leaves the
 * screen.
 */
export default function restoreCursor(): void {}
