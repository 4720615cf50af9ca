import { describe, expect, it } from 'vitest';
import { RemoteError } from '../../src/domain/problem.ts';
import { isolateAwsEnvironment } from '../helpers/aws-environment.ts';
import { command, invocation } from '../helpers/fixtures.ts';
import { readerOf, watchVirtually } from '../helpers/virtual-watch.ts';
import { openWatch, type SimulatedWatch } from '../helpers/watch-simulator.ts';

isolateAwsEnvironment();

describe('what troubled all calls', () => {
  it('is over for ListCommands, however long that still backs off, when the lists are answered', async () => {
    const failure = new RemoteError({ kind: 'service', message: 'AWS failed', needsAction: false });
    const running = invocation({ status: 'InProgress' });
    let lists = 0;
    let listedAt = 0;
    const stop = new AbortController();
    const watch = watchVirtually(
      readerOf({
        command: () => {
          if (listedAt === 0) throw failure;
          stop.abort('asked');
          return command({ status: 'InProgress' });
        },
        pages: () => {
          lists += 1;
          if (lists <= 4) throw failure;
          listedAt ||= watch.elapsed();
          return [[running]];
        },
      }),
      // The longest back-off there is.
      { random: () => 1 },
    );
    await expect(watch.run(stop.signal)).rejects.toBe('asked');
    expect(listedAt).toBeGreaterThan(0);
    expect(watch.elapsed() - listedAt).toBe(2_000);
  });

  it('is tried again by all at once when somebody asks for it', async () => {
    let asked = 0;
    let problemAt = 0;
    const commands = () =>
      watch.simulator.requests.filter(({ operation }) => operation === 'ListCommands').length;
    const watch: SimulatedWatch = await openWatch({
      scenario: 'slow',
      random: () => 1,
      faults: [{ kind: 'access-denied', operation: 'ListCommands' }],
      onDelay: () => {
        if (asked > 0 || !watch.store.commandDenied) return;
        asked = commands();
        watch.poller.refresh();
      },
    });
    await using _ = watch;
    const stop = new AbortController();
    watch.store.subscribe(() => {
      if (asked > 0 && commands() > asked) stop.abort('asked');
    });
    watch.store.onEvent(({ type }) => {
      if (type === 'problem') problemAt = watch.elapsed();
    });
    await expect(watch.run(stop.signal)).rejects.toBe('asked');
    // The back-off is 2 s at this point.
    expect(watch.elapsed() - problemAt).toBeLessThan(2_000);
  });
});
