import dns from 'node:dns';
import { existsSync } from 'node:fs';

/**
 * Loaded into the program with `--import`: the name `ssm.test` is that of this machine, and not found while there is the
 * file that UNRESOLVED names.
 */
const { lookup } = dns;

function lookUp(hostname: string, ...rest: unknown[]): void {
  if (hostname !== 'ssm.test') {
    Reflect.apply(lookup, dns, [hostname, ...rest]);
  } else if (existsSync(process.env.UNRESOLVED ?? '')) {
    const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), {
      code: 'ENOTFOUND',
      syscall: 'getaddrinfo',
      hostname,
    });
    process.nextTick(rest.at(-1) as (error: Error) => void, error);
  } else {
    Reflect.apply(lookup, dns, ['127.0.0.1', ...rest]);
  }
}

Object.assign(dns, { lookup: lookUp });
