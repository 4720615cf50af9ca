import { describe, expect, it } from 'vitest';
import { RemoteError } from '../../src/domain/problem.ts';
import { everything } from '../../src/domain/rows.ts';
import { ScreenController } from '../../src/ui/controller.ts';
import { invocation, plugin } from '../helpers/fixtures.ts';
import { FakeServices } from '../helpers/ui-fixtures.ts';

const cut = plugin({ status: 'Failed', output: 'listed\n---Output truncated---' });
const denied = new RemoteError({ kind: 'access-denied', message: 'denied', needsAction: true });

function setUp() {
  const services = new FakeServices();
  services.store.pageRead([invocation({ status: 'Failed', plugins: [cut, plugin({ name: 'next' })] })]);
  const controller = new ScreenController(services, everything);
  return { services, controller, reads: () => services.calls.filter((call) => call.startsWith('read ')) };
}

describe('an output that the list cuts', () => {
  it('is read when it is looked at, and after a failure not at every key', async () => {
    const { services, controller, reads } = setUp();
    services.more = Promise.reject(denied);
    controller.press('enter');
    await expect.poll(() => [...services.outputs.getSnapshot().values()][0]?.kind).toBe('failed');
    for (const key of ['j', 'G', 'w', 'k', 'tab']) controller.press(key);
    expect(reads()).toHaveLength(1);
    controller.press('shift-tab');
    expect(reads()).toHaveLength(2);
  });

  it('is copied whole once it is read', async () => {
    const { services, controller } = setUp();
    services.more = Promise.resolve({
      stdout: 'all of it\n',
      stderr: 'oops\u001b[2J',
      stdoutTruncated: false,
      stderrTruncated: false,
    });
    controller.press('enter');
    await expect.poll(() => [...services.outputs.getSnapshot().values()][0]?.kind).toBe('read');
    controller.press('y');
    expect(services.calls).toContain('copy all of it\n\noops[2J');
  });
});
