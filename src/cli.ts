import { readFileSync } from 'node:fs';
import { exitCodes } from './domain/conclusion.ts';
import { parseArguments, type Request, UsageError } from './options.ts';

process.exitCode = exitCodes.broken;
process.setUncaughtExceptionCaptureCallback((error) => {
  void tell(error).then(() => process.exit(exitCodes.broken));
});
const exitCode = await main(process.argv.slice(2));
process.exitCode = exitCode;
// What is written is flushed first; then nothing that is still open (a socket, a timer) holds the exit up.
process.stdout.write('', () => process.exit(exitCode));

async function main(args: readonly string[]): Promise<number> {
  try {
    return await run(parseArguments(args, version(), (text) => process.stdout.write(text)));
  } catch (error) {
    await tell(error);
    return error instanceof UsageError ? exitCodes.usage : exitCodes.broken;
  }
}

/** One line on stderr. What makes it safe to print takes longer to load than all else, and is seldom needed. */
async function tell(error: unknown): Promise<void> {
  const { brokenMessage } = await import('./commands/conclude.ts');
  const { sanitiseLine } = await import('./domain/sanitise.ts');
  const usage = error instanceof UsageError;
  const message = usage ? `${error.message} (see ssm-watch --help)` : brokenMessage(error);
  process.stderr.write(`ssm-watch: ${sanitiseLine(message)}\n`);
}

/** Each request loads only the code that it needs: `--help` and `--version` neither the SDK nor the screen. */
async function run(request: Request): Promise<number> {
  switch (request.kind) {
    case 'nothing':
      return exitCodes.success;
    case 'watch': {
      const { watchAws } = await import('./commands/watch-aws.ts');
      return watchAws(request.commandId, request.options);
    }
    case 'demo': {
      const { watchDemo } = await import('./commands/demo.ts');
      return watchDemo(request.options, request.simulator);
    }
    case 'simulate': {
      const { simulate } = await import('./commands/simulate.ts');
      return simulate(request.port, request.simulator);
    }
  }
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '';
}
