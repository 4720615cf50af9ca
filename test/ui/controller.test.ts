import { describe, expect, it, vi } from 'vitest';
import { everything } from '../../src/domain/rows.ts';
import type { FakeServices } from '../helpers/ui-fixtures.ts';
import { row, setUp } from './pressed-controller.ts';

const finish = ({ store }: FakeServices) => store.activityChanged({ kind: 'finished' });

describe('what leads to another screen', () => {
  it('is Esc in the list, once nothing is left to clear, where there is something below', () => {
    const { services, press, state } = setUp({
      filter: { ...everything, text: 'web', statuses: ['Failed'] },
    });
    services.back = () => void services.calls.push('back');
    press('f', 'esc', 'esc', 'esc');
    expect([services.calls, state().filter]).toEqual([[], everything]);
    press('esc');
    expect(services.calls).toEqual(['back']);
  });

  it('is Esc not where there is nothing below', () => {
    const { services, press } = setUp();
    press('esc', 'q');
    expect(services.calls).toEqual(['leave']);
  });

  it('is o in the output, which stays as it is', () => {
    const { services, press, state } = setUp();
    press('o');
    expect(services.calls).toEqual([]);
    press('enter', 'o');
    expect(services.calls).toEqual(['others i-1']);
    expect(state().mode.kind).toBe('detail');
  });
});

describe('the cursor', () => {
  it('follows its instance as rows are read and sorted anew', () => {
    const { services, press, cursor, view } = setUp({ rows: [row('1'), row('2'), row('3')] });
    press('j', 'j');
    services.store.pageRead([row('0', { status: 'Failed' }), row('9', { status: 'InProgress' })]);
    expect(view().invocations.map(({ instanceId }) => instanceId)).toEqual([
      'i-0',
      'i-9',
      'i-1',
      'i-2',
      'i-3',
    ]);
    expect(cursor()).toBe('i-3');
    press('k');
    expect(cursor()).toBe('i-2');
  });

  it('pages by the size of the screen', () => {
    const { controller, press, cursor } = setUp({ rows: [...'abcdefghij'].map((id) => row(id)) });
    controller.resize({ columns: 80, rows: 9 });
    press('space');
    expect(cursor()).toBe('i-e');
    controller.resize({ columns: 80, rows: 7 });
    press('ctrl-b');
    expect(cursor()).toBe('i-c');
  });
});

describe('leaving', () => {
  it.each([
    ['q in the list', ['q']],
    ['q in a filtered list', ['/', '2', 'enter', 'f', 'q']],
    ['Ctrl-C in the list', ['ctrl-c']],
    ['Ctrl-C in the detail pane', ['enter', 'ctrl-c']],
    ['Ctrl-C in the help', ['?', 'ctrl-c']],
    ['Ctrl-C in a prompt', ['/', 'x', 'ctrl-c']],
  ])('by %s', (_, keys) => {
    const { press, services } = setUp();
    press(...keys);
    expect(services.calls).toEqual(['leave']);
  });

  it('is not what q does in the detail pane and in the help, and Esc nowhere', () => {
    const { press, services, state } = setUp();
    press('enter', 'q', '?', 'q', 'esc', 'esc');
    expect(state().mode.kind).toBe('list');
    expect(services.calls).toEqual([]);
  });
});

describe('polling', () => {
  it('is paused and resumed by p', () => {
    const { press, services } = setUp();
    press('p');
    expect(services.calls).toEqual(['pause']);
    press('p', 'p');
    expect(services.calls).toEqual(['pause', 'resume', 'pause']);
  });

  it('is asked for by r, also while paused, and anywhere but in a prompt', () => {
    const { press, services } = setUp();
    press('r', 'p', 'r', 'enter', 'r', '?', 'r');
    expect(services.calls).toEqual(['refresh', 'pause', 'refresh', 'refresh', 'refresh']);
  });

  it.each(['p', 'r'])('is over when the rollout is, and %s only says so', (key) => {
    const { press, services, state } = setUp();
    finish(services);
    press(key);
    expect(services.calls).toEqual([]);
    expect(state().notice).toBe('the rollout is over; nothing is polled any more');
  });
});

describe('subscribers', () => {
  it('are told of changes only, until they leave', () => {
    const { controller, press } = setUp();
    const listener = vi.fn();
    const leave = controller.subscribe(listener);
    press('x', 'left');
    expect(listener).not.toHaveBeenCalled();
    press('f');
    expect(listener).toHaveBeenCalledTimes(1);
    leave();
    press('f');
    expect(listener).toHaveBeenCalledTimes(1);
  });
});

describe('the view', () => {
  it('is sorted anew only when rows, filter or order changed', () => {
    const { services, press, view } = setUp();
    const before = view().invocations;
    press('j', 'p', 'y');
    services.store.activityChanged({ kind: 'reading' });
    expect(view().invocations).toBe(before);
    press('I');
    const inverted = view().invocations;
    expect(inverted).not.toBe(before);
    press('f');
    expect(view().invocations).toHaveLength(1);
    services.store.pageRead([row('7', { status: 'Failed' })]);
    expect(view().invocations).toHaveLength(2);
  });

  it('begins with the filter of the command line', () => {
    const filter = { ...everything, text: 'web-2', statuses: ['Success'] };
    expect(setUp({ filter }).view().invocations).toHaveLength(1);
  });
});
