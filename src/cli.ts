import manifest from '../package.json' with { type: 'json' };
import { exitCodes } from './domain/conclusion.ts';
import { parseArguments, type Request, UsageError } from './options.ts';

process.exitCode = exitCodes.broken;
process.setUncaughtExceptionCaptureCallback((error) => {
  // Nobody reads any more what is written, which is nothing to complain about.
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE')
    process.exit(exitCodes.closedOutput);
  void tell(error).then(() => process.exit(exitCodes.broken));
});
const exitCode = await main(process.argv.slice(2));
process.exitCode = exitCode;
// What is written is flushed first; then nothing that is still open (a socket, a timer) holds the exit up.
process.stdout.write('', () => process.exit(exitCode));

async function main(args: readonly string[]): Promise<number> {
  try {
    return await run(parseArguments(args, manifest.version, (text) => process.stdout.write(text)));
  } catch (error) {
    await tell(error);
    return error instanceof UsageError ? exitCodes.usage : exitCodes.broken;
  }
}

/** What makes an error safe to print takes longer to load than all else, and is seldom needed. */
async function tell(error: unknown): Promise<void> {
  const { errorLine } = await import('./commands/error-line.ts');
  process.stderr.on('error', () => {});
  process.stderr.write(`${errorLine(error)}\n`);
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
