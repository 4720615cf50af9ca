#!/usr/bin/env node
import { existsSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';

const leastNode = 22;

if (Number.parseInt(process.versions.node, 10) < leastNode) {
  process.stderr.write(`ssm-watch: node ${leastNode} or newer is needed; this is ${process.version}\n`);
  process.exitCode = 2;
} else {
  // 70: ssm-watch itself broke. It stands until there is something better to say.
  process.exitCode = 70;
  const cache = compileCache();
  if (cache !== null) module.enableCompileCache?.(cache);
  // A watch can last for hours, and those that are started meanwhile need what this one has compiled.
  setTimeout(() => module.flushCompileCache?.(), 2_000).unref();
  try {
    await import('../dist/cli.js');
  } catch (error) {
    // What makes any text safe to print may be what cannot be loaded.
    const [why = ''] = String(error).split('\n', 1);
    process.stderr.write(`ssm-watch: the program cannot be loaded (${why.replaceAll(/[^ -~]/g, '?')})\n`);
  }
}

/**
 * Where node keeps what it has compiled of us; null for nowhere. It runs what it finds there, so that this is no place for
 * a folder in /tmp, node's own choice, which another user of the machine can make first.
 */
function compileCache() {
  const { NODE_COMPILE_CACHE, XDG_CACHE_HOME, HOME, LOCALAPPDATA } = process.env;
  if (NODE_COMPILE_CACHE) return NODE_COMPILE_CACHE;
  const ofUser =
    process.platform === 'win32' ? LOCALAPPDATA : XDG_CACHE_HOME || (HOME && path.join(HOME, '.cache'));
  // node makes the folder with all that lead to it, and tries for ever where none can be made, as below /proc.
  const isUsable = ofUser && path.isAbsolute(ofUser) && existsSync(path.dirname(ofUser));
  return isUsable ? path.join(ofUser, 'ssm-watch', 'compiled') : null;
}
