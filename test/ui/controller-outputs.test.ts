import { describe, expect, it, vi } from 'vitest';
import type { ByteRange } from '../../src/domain/output-location.ts';
import { RemoteError } from '../../src/domain/problem.ts';
import { everything } from '../../src/domain/rows.ts';
import { textOf } from '../../src/domain/text-region.ts';
import { ScreenController } from '../../src/ui/controller.ts';
import { outputTop } from '../../src/ui/state.ts';
import { invocation, plugin } from '../helpers/fixtures.ts';
import { inBucket } from '../helpers/output-sources.ts';
import { FakeServices } from '../helpers/ui-fixtures.ts';

const cut = plugin({ status: 'Failed', output: 'listed\n---Output truncated---' });
const inS3 = plugin({
  status: 'Failed',
  output: 'listed',
  outputLocation: { ...inBucket, stderrUrl: '' },
});
const denied = new RemoteError({ kind: 'access-denied', message: 'denied', needsAction: true });

function setUp(first = cut) {
  const services = new FakeServices();
  const row = invocation({ status: 'Failed', plugins: [first, plugin({ name: 'next' })] });
  services.store.pageRead([row]);
  const controller = new ScreenController(services, everything);
  const size = { columns: 80, rows: 30 };
  controller.resize(size);
  // The screen looks again after each change.
  services.outputs.subscribe(() => controller.readInSight());
  return {
    services,
    controller,
    reading: () => services.outputs.reading(row, 0),
    view: () => controller.frame(size).view,
    reads: () => services.calls.filter((call) => call.startsWith('read ')),
  };
}

/** S3 with one object, and the ranges that were asked for of it. */
function objectOf(text: string) {
  const bytes = new TextEncoder().encode(text);
  const ranges: ByteRange[] = [];
  return {
    ranges,
    read: async (_: unknown, range: ByteRange) => {
      ranges.push(range);
      const from = 'last' in range ? Math.max(0, bytes.length - range.last) : range.from;
      const to = 'last' in range ? bytes.length : from + range.length;
      return { bytes: bytes.subarray(from, to), from, total: bytes.length };
    },
  };
}

/** Lines of 1,000 bytes each. */
const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => `${index} `.padEnd(999, 'x')).join('\n');

describe('an output that the list cuts', () => {
  it('is read when it is looked at, and after a failure not at every key', async () => {
    const { services, controller, reading, reads } = setUp();
    services.more = Promise.reject(denied);
    controller.press('enter');
    await expect.poll(() => reading()?.notices).toEqual(['GetCommandInvocation could not be read: denied']);
    for (const key of ['j', 'G', 'g', 'w', 'k', 'tab']) controller.press(key);
    expect(reads()).toHaveLength(1);
    controller.press('shift-tab');
    expect(reads()).toHaveLength(2);
  });

  it('is copied whole once it is read', async () => {
    const { services, controller, reading } = setUp();
    services.more = Promise.resolve({
      stdout: 'all of it\n',
      stderr: 'oops\u001b[2J',
      stdoutTruncated: false,
      stderrTruncated: false,
    });
    controller.press('enter');
    await expect.poll(() => reading()?.busy).toBe(false);
    controller.press('y');
    expect(services.calls).toContain('copy all of it\noops[2J');
  });
});

it('an output that lies below another screen is not looked at, and again when it is drawn again', () => {
  const { services, controller } = setUp();
  const leave = controller.subscribe(() => {});
  controller.press('enter');
  const lookAway = vi.spyOn(services.outputs, 'lookAway');
  leave();
  expect(lookAway).toHaveBeenCalledOnce();
  const look = vi.spyOn(services.outputs, 'look');
  controller.subscribe(() => {});
  controller.readInSight();
  expect(look).toHaveBeenCalledOnce();
});

describe('a large output in S3', () => {
  async function open(text: string) {
    const screen = setUp(inS3);
    const object = objectOf(text);
    screen.services.readObject = object.read;
    screen.controller.press('enter');
    await expect.poll(() => screen.reading()?.stdout.source).toBe('S3');
    return { ...screen, ...object };
  }
  const top = ({ controller, view }: Awaited<ReturnType<typeof open>>) => {
    const { output } = view();
    return output.document.lineAt(output.firstLine(outputTop(controller.frame().state)))?.text.split(' ')[0];
  };

  it('is not copied, and Ctrl-S is named', async () => {
    const { services, controller } = await open(lines(76));
    controller.press('y');
    expect(services.calls.filter((call) => call.startsWith('copy'))).toEqual([]);
    expect(controller.frame().state.notice).toMatch(/not copied.*76 kB.*75 kB.*Ctrl-S/);
  });

  it('is copied as long as a clipboard takes it', async () => {
    const { services, controller } = await open(lines(75));
    controller.press('y');
    expect(services.calls).toContain(`copy ${lines(75)}`);
  });

  it('is read on only when one comes near to what was read', async () => {
    const screen = await open(lines(2_000));
    const { controller, ranges, reading } = screen;
    expect(ranges).toHaveLength(1);
    for (let page = 0; page < 10; page += 1) controller.press('space');
    expect(ranges).toHaveLength(1);
    for (let page = 0; page < 20; page += 1) controller.press('space');
    await expect.poll(() => reading()?.stdout.region.pieces.length).toBe(2);
    expect(ranges).toEqual([
      { from: 0, length: 512 * 1024 },
      { from: 524 * 1_000, length: 512 * 1024 },
    ]);
  });

  it('is read from its end by G, and backwards, while what is shown stays', async () => {
    const screen = await open(lines(2_000));
    const { controller, ranges, reading } = screen;
    controller.press('G');
    await expect.poll(() => reading()?.stdout.moreBefore).toBe(true);
    expect(ranges.at(-1)).toEqual({ last: 512 * 1024 });
    for (let page = 0; page < 60 && ranges.length === 2; page += 1) controller.press('b');
    const shown = top(screen);
    expect(reading()?.stdout.region.pieces).toHaveLength(1);
    await expect.poll(() => reading()?.stdout.region.pieces.length).toBe(2);
    expect(top(screen)).toBe(shown);
    controller.press('k');
    expect(top(screen)).toBe(String(Number(shown) - 1));
  });

  it('is read from its beginning again by g', async () => {
    const screen = await open(lines(2_000));
    const { controller, ranges, reading } = screen;
    controller.press('G');
    await expect.poll(() => reading()?.stdout.moreBefore).toBe(true);
    controller.press('g');
    await expect.poll(() => reading()?.stdout.moreAfter).toBe(true);
    expect(ranges.at(-1)).toEqual({ from: 0, length: 512 * 1024 });
  });

  it('is read as far as it is kept while one searches', async () => {
    const { controller, reading } = await open(lines(2_000));
    for (const key of ['/', '1', '9', '9', '9', 'enter']) controller.press(key);
    await expect.poll(() => reading()?.stdout.moreAfter).toBe(false);
    const region = reading()?.stdout.region;
    expect(region && textOf(region)).toBe(lines(2_000));
  });

  /** More than is kept of it, with a match far from both ends of what is read first. */
  const large = lines(12_000).replace('11000 x', '11000 needle').replace('500 x', '500 needle');
  const search = (controller: ScreenController) => {
    for (const key of ['/', ...'needle', 'enter']) controller.press(key);
  };

  const isVisible = ({ controller, view }: Awaited<ReturnType<typeof open>>, line: string) => {
    const rows = view().output.rows(outputTop(controller.frame().state));
    return rows.some(({ spans }) => spans.some(({ text }) => text.startsWith(`${line} needle`)));
  };

  it('is searched on by n, beyond what is kept of it', async () => {
    const screen = await open(large);
    search(screen.controller);
    expect(top(screen)).toBe('500');
    screen.controller.press('n');
    expect(screen.controller.frame().state.notice).toMatch(/^searching what is not read yet/);
    await expect.poll(() => isVisible(screen, '11000')).toBe(true);
    expect(screen.controller.frame().state.notice).toBeNull();
    screen.controller.press('n');
    await expect.poll(() => screen.controller.frame().state.notice).toBe('no more match in that direction');
  });

  it('is searched on backwards by N, from its end', async () => {
    const screen = await open(large);
    screen.controller.press('G');
    await expect.poll(() => screen.reading()?.stdout.moreBefore).toBe(true);
    search(screen.controller);
    for (const line of ['11000', '500']) {
      screen.controller.press('N');
      await expect.poll(() => isVisible(screen, line)).toBe(true);
    }
  });

  it('stays as it is where there is no match, and is asked for each range once', async () => {
    const screen = await open(large);
    for (const key of ['/', ...'nosuch', 'enter']) screen.controller.press(key);
    await expect.poll(() => screen.reading()?.busy).toBe(false);
    await expect.poll(() => screen.ranges.length).toBe(13);
    const shown = top(screen);
    screen.controller.press('n');
    await expect.poll(() => screen.controller.frame().state.notice).toBe('no more match in that direction');
    expect(top(screen)).toBe(shown);
    expect(screen.ranges).toHaveLength(23);
    expect(new Set(screen.ranges.map((range) => JSON.stringify(range))).size).toBe(23);
  });

  it('says why it was searched no further', async () => {
    const screen = await open(large);
    search(screen.controller);
    await expect.poll(() => screen.reading()?.busy).toBe(false);
    await expect.poll(() => screen.ranges.length).toBe(13);
    screen.services.readObject = async () => {
      throw denied;
    };
    screen.controller.press('n');
    await expect.poll(() => screen.controller.frame().state.notice).toBe('searched no further: denied');
    expect(top(screen)).toBe('500');
  });

  it('is not searched on any more after another key', async () => {
    const screen = await open(large);
    search(screen.controller);
    screen.controller.press('n');
    screen.controller.press('j');
    await expect.poll(() => screen.reading()?.stdout.region.pieces.length).toBeGreaterThan(10);
    expect(top(screen)).toBe('501');
  });

  it('is not asked for again and again when it cannot be read on', async () => {
    const { services, controller, reading } = await open(lines(2_000));
    let asked = 0;
    services.readObject = async () => {
      asked += 1;
      throw denied;
    };
    for (const key of ['/', 'x', 'enter', 'j', 'k']) controller.press(key);
    await expect.poll(() => reading()?.notices).toEqual(['denied']);
    for (const key of ['j', 'k', 'n']) controller.press(key);
    expect(asked).toBe(1);
  });

  it('is not read on when one has gone back to the list', async () => {
    const { controller, ranges } = await open(lines(2_000));
    controller.press('esc');
    for (const key of ['j', 'k', 'G']) controller.press(key);
    expect(ranges).toHaveLength(1);
  });
});
