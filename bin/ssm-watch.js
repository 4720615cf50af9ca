#!/usr/bin/env node
import { existsSync } from 'node:fs';
import module from 'node:module';
import { tmpdir } from 'node:os';

const leastNode = 22;

if (Number.parseInt(process.versions.node, 10) < leastNode) {
  process.stderr.write(`ssm-watch: node ${leastNode} or newer is needed; this is ${process.version}\n`);
  process.exitCode = 2;
} else {
  // 70: ssm-watch itself broke. It stands until there is something better to say.
  process.exitCode = 70;
  // node makes the folder with all that lead to it, and tries for ever where none can be made, as below /proc.
  if (existsSync(tmpdir())) module.enableCompileCache?.();
  // A watch can last for hours, and those that are started meanwhile need what this one has compiled.
  setTimeout(() => module.flushCompileCache?.(), 2_000).unref();
  try {
    await import('../dist/cli.js');
  } catch (error) {
    process.stderr.write(`ssm-watch: the program cannot be loaded (${String(error).split('\n', 1)[0]})\n`);
  }
}
