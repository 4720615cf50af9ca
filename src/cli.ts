import manifest from '../package.json' with { type: 'json' };
import { exitCodes } from './domain/conclusion.ts';
import { parseArguments, type Request, UsageError } from './options.ts';

process.exitCode = exitCodes.broken;
// Until a watch looks after them, see connectStops.
process.setUncaughtExceptionCaptureCallback((error) => {
  void tell(error).then(() => process.exit(exitCodes.broken));
});
process.stdout.on('error', (error) => {
  void tellUnwritable(error).then(() => process.exit(exitCodes.closedOutput));
});
// What was written is out by then; nothing that is still open (a socket, a timer) holds the exit up.
process.exit(await main(process.argv.slice(2)));

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
  const { charactersIn } = await import('./commands/characters.ts');
  process.stderr.on('error', () => {});
  process.stderr.write(`${errorLine(error, charactersIn(process.env))}\n`);
}

/** Says why stdout takes no more, where that is something to complain about. */
async function tellUnwritable(error: Error): Promise<void> {
  const { unwritableText } = await import('./commands/stop.ts');
  const message = unwritableText(error);
  if (message === null) return;
  const { messageLine } = await import('./commands/error-line.ts');
  const { charactersIn } = await import('./commands/characters.ts');
  process.stderr.on('error', () => {});
  process.stderr.write(`${messageLine(message, charactersIn(process.env))}\n`);
}

/** Comes to its end when all is written; when it cannot be, stdout's error ends the program. */
function printed(): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write('', (error) => {
      if (!error) resolve();
    });
  });
}

/** Each request loads only the code that it needs: `--help` and `--version` neither the SDK nor the screen. */
async function run(request: Request): Promise<number> {
  switch (request.kind) {
    case 'nothing':
      await printed();
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
      const exitCode = await simulate(request.port, request.simulator);
      await printed();
      return exitCode;
    }
  }
}
