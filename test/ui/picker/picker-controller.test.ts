import { afterEach, describe, expect, it } from 'vitest';
import { PickerController } from '../../../src/ui/picker/picker-controller.ts';
import { cursorIndex } from '../../../src/ui/state.ts';
import { FakeAccount, idOf, summaries, summary } from '../../helpers/recent-commands.ts';
import { FakePickerServices } from '../test-picker.ts';

let opened: FakePickerServices | null = null;
afterEach(() => opened?.virtual.stop());

/** A picker of ten lines over an account that lists three commands a page. */
async function setUp(account: FakeAccount, prepare: (services: FakePickerServices) => void = () => {}) {
  const services = new FakePickerServices(account);
  opened = services;
  prepare(services);
  const controller = new PickerController(services);
  const size = { columns: 80, rows: 14 };
  await services.virtual.start();
  const redraw = async () => {
    controller.resize(size);
    controller.fillScreen();
    await services.virtual.settle();
  };
  await redraw();
  const view = () => controller.frame(size).view;
  return {
    services,
    controller,
    redraw,
    view,
    press: (...keys: string[]) => {
      for (const key of keys) controller.press(key);
    },
    /** Number of the command under the cursor. */
    cursor: () =>
      Number((view().rowKeys[cursorIndex(controller.frame().state, view().rowKeys)] ?? '').slice(-12)),
  };
}

describe('reading ahead', () => {
  it('fills the screen, and no more', async () => {
    const account = new FakeAccount(summaries(1, 90));
    const { redraw, view } = await setUp(account);
    for (let turn = 0; turn < 9; turn += 1) await redraw();
    expect(view().listHeight).toBe(10);
    expect(account.calls).toHaveLength(4);
  });

  it('goes on when the cursor comes near the end, not before', async () => {
    const account = new FakeAccount(summaries(1, 90), 30);
    const { press, services } = await setUp(account);
    press('space', 'j', 'j', 'k');
    await services.virtual.settle();
    expect(account.calls).toEqual(['first']);
    press('space');
    await services.virtual.settle();
    expect(account.calls).toEqual(['first', idOf(60)]);
    press('G');
    await services.virtual.settle();
    expect(account.calls).toHaveLength(3);
  });

  it('waits for a key where a filter leaves the screen empty', async () => {
    const account = new FakeAccount(summaries(1, 90), 30);
    const { press, redraw, services } = await setUp(account);
    press('/', 'x', 'x', 'enter');
    await redraw();
    expect(account.calls).toHaveLength(1);
    press('j');
    await services.virtual.settle();
    expect(account.calls).toHaveLength(2);
  });
});

describe('the cursor', () => {
  it('stays on its command as others are sent and as the filter changes', async () => {
    const account = new FakeAccount(summaries(1, 3));
    const { services, redraw, press, cursor } = await setUp(account);
    expect(cursor()).toBe(3);
    account.commands = summaries(1, 4);
    await services.virtual.pass(5_000);
    await redraw();
    expect(cursor()).toBe(3);
    press('j');
    expect(cursor()).toBe(2);
    press('/', '3', 'enter');
    expect(cursor()).toBe(3);
    press('esc');
    expect(cursor()).toBe(2);
  });
});

describe('what leads away', () => {
  it('is Enter on a command', async () => {
    const { press, services } = await setUp(new FakeAccount(summaries(1, 3)));
    press('j', 'enter');
    expect(services.calls).toEqual(['watch 2']);
  });

  it('is Enter on nothing not', async () => {
    const { press, services } = await setUp(new FakeAccount([]));
    press('enter', 'y');
    expect(services.calls).toEqual([]);
  });

  it('is Esc, when there is something below and nothing to clear', async () => {
    const { press, services, controller } = await setUp(new FakeAccount(summaries(1, 3)), (given) =>
      given.lieAbove(),
    );
    press('/', '2', 'enter', 'esc');
    expect(services.calls).toEqual([]);
    expect(controller.frame().state.text).toBe('');
    press('esc');
    expect(services.calls).toEqual(['back']);
  });

  it('is q, when there is something below, whatever the filter', async () => {
    const { press, services } = await setUp(new FakeAccount(summaries(1, 3)), (given) => given.lieAbove());
    press('?', 'q', '/', 'q', 'enter');
    expect(services.calls).toEqual([]);
    press('q', 'ctrl-c');
    expect(services.calls).toEqual(['back', 'leave']);
  });

  it('is Esc at the bottom not', async () => {
    const { press, services } = await setUp(new FakeAccount(summaries(1, 3)));
    press('esc', 'esc', 'q', 'ctrl-c');
    expect(services.calls).toEqual(['leave', 'leave']);
  });
});

it('copies the command ID, pauses, and asks at once', async () => {
  const account = new FakeAccount(summaries(1, 3));
  const { press, services, controller } = await setUp(account);
  press('y');
  expect(services.calls).toEqual([`copy ${idOf(3)}`]);
  expect(controller.frame().state.notice).toContain(idOf(3));
  press('p');
  await services.virtual.settle();
  expect([services.list.paused, controller.frame().state.notice]).toEqual([true, null]);
  press('r');
  await services.virtual.settle();
  expect(account.calls).toEqual(['first', 'first']);
  press('p');
  expect(services.list.paused).toBe(false);
});

it('edits and pastes into the line of input only', async () => {
  const { controller, press } = await setUp(new FakeAccount([summary(1)]));
  controller.paste('no');
  press('/', 'q', 'space', 'backspace');
  controller.paste('jr');
  expect(controller.frame().state.text).toBe('qjr');
});

it('does not list the command that is watched below', async () => {
  const { view } = await setUp(new FakeAccount(summaries(1, 3)), (given) => {
    given.except = idOf(2);
  });
  expect(view().rowKeys).toEqual([idOf(3), idOf(1)]);
  expect(view().listed).toHaveLength(2);
});
