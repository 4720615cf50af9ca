import { describe, expect, it, vi } from 'vitest';
import type { Invocation } from '../../src/domain/invocation.ts';
import { everything } from '../../src/domain/rows.ts';
import { contextOf, promptText, ScreenController } from '../../src/ui/controller.ts';
import { cursorIndex, initialState, outputTop } from '../../src/ui/state.ts';
import { invocation, plugin } from '../helpers/fixtures.ts';
import { FakeServices } from '../helpers/ui-fixtures.ts';

const row = (id: string, change: Partial<Invocation> = {}) =>
  invocation({ instanceId: `i-${id}`, instanceName: `web-${id}`, ...change });
const numbers = Array.from({ length: 60 }, (_, index) => `line ${index}`);
const failed = row('1', {
  status: 'Failed',
  plugins: [
    plugin({ status: 'Failed', output: numbers.join('\n') }),
    plugin({ output: 'second\u001b[2J\n' }),
  ],
});

function setUp({ rows = [failed, row('2'), row('3')], filter = everything } = {}) {
  const services = new FakeServices();
  services.store.pageRead(rows);
  const controller = new ScreenController(services, filter);
  const size = { columns: 80, rows: 24 };
  controller.resize(size);
  const view = () => controller.frame(size).view;
  return {
    services,
    controller,
    press: (...keys: string[]) => {
      for (const key of keys) controller.press(key);
    },
    state: () => controller.getState(),
    view,
    /** Instance under the cursor. */
    cursor: () => view().invocations[cursorIndex(controller.getState(), view().rowKeys)]?.instanceId,
    top: () => view().output.firstLine(outputTop(controller.getState())),
  };
}

const finish = ({ store }: FakeServices) => store.activityChanged({ kind: 'finished' });

describe('several keys in one event', () => {
  it('each meet the state that the one before left', () => {
    const { press, state, cursor } = setUp();
    press('j', 'j');
    expect(cursor()).toBe('i-3');
    press('/', 'w', 'e', 'b', '-', '2', 'enter');
    expect(state().filter.text).toBe('web-2');
    expect(state().mode.kind).toBe('list');
    expect(cursor()).toBe('i-2');
    press('enter', '?', 'q');
    expect(state().mode.kind).toBe('detail');
    press('q', 'esc');
    expect(state()).toMatchObject({ mode: { kind: 'list' }, filter: everything });
  });

  it('Enter in a prompt accepts it, and opens nothing', () => {
    const { press, state } = setUp();
    press('/', '2', 'enter');
    expect(state()).toMatchObject({ prompt: null, mode: { kind: 'list' }, filter: { text: '2' } });
    press('enter');
    expect(state().mode.kind).toBe('detail');
  });

  it('keys of the list are text in a prompt', () => {
    const { press, state, services } = setUp();
    press('/', 'q', 'p', 'r', 'y', 'space', '?', '>', 'backspace');
    expect(state().filter.text).toBe('qpry ?');
    expect(services.calls).toEqual([]);
    press('ctrl-u');
    expect(state().filter.text).toBe('');
    press('up', 'tab', 'ctrl-s');
    expect(state()).toMatchObject({ filter: everything, prompt: { purpose: 'filter' } });
  });
});

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

describe('copying', () => {
  it('copies the ID of the instance under the cursor from the list', () => {
    const { press, services, state } = setUp();
    press('j', 'y');
    expect(services.calls).toEqual(['copy i-2']);
    expect(state().notice).toContain('copied i-2');
  });

  it('copies no ID that does anything by itself when it is pasted', () => {
    const { press, services } = setUp({ rows: [row('1\u001b[201~\r\u0003')] });
    press('y');
    expect(services.calls).toEqual(['copy i-1[201~']);
  });

  it('copies the output of the chosen plugin from the detail pane, without controls', () => {
    const { press, services, state } = setUp();
    press('enter', 'y', 'tab', 'y');
    expect(services.calls).toEqual([`copy ${numbers.join('\n')}`, 'copy second[2J']);
    expect(state().notice).toContain('copied the output');
  });

  it('has nothing to copy in an empty list', () => {
    const { press, services, state } = setUp({ rows: [] });
    press('y', 'enter', 'y');
    expect(services.calls).toEqual([]);
    expect(state().notice).toBeNull();
  });

  it('says so until the next key', () => {
    const { press, state } = setUp();
    press('y');
    expect(state().notice).not.toBeNull();
    press('j');
    expect(state().notice).toBeNull();
  });
});

describe('saving', () => {
  it('saves the outputs of the open instance, and says where', async () => {
    const { press, services, state } = setUp();
    press('enter', 'ctrl-s');
    expect(services.calls).toEqual(['save i-1']);
    await expect.poll(() => state().notice).toBe('saved 2 files in /tmp/x');
  });

  it('saves the outputs of all rows that are shown, in the list', () => {
    const { press, services } = setUp();
    press('ctrl-s', '/', '2', 'enter', 'ctrl-s');
    expect(services.calls).toEqual(['save i-1 i-2 i-3', 'save i-2']);
  });

  it('has nothing to save where nothing is shown', () => {
    const { press, services } = setUp();
    press('/', 'x', 'x', 'enter', 'ctrl-s');
    expect(services.calls).toEqual([]);
  });

  it('says how far it is', async () => {
    const { press, services, state } = setUp();
    const told: (string | null)[] = [];
    services.progress = ['saving: 1 of 3 instances', 'saving: 2 of 3 instances'];
    services.onProgress = () => told.push(state().notice);
    press('ctrl-s');
    await expect.poll(() => state().notice).toBe('saved 2 files in /tmp/x');
    expect(told).toEqual(services.progress);
  });
});

describe('searching in the output', () => {
  it('goes to the first match while the text is typed, then n and N', () => {
    const { press, top, state } = setUp();
    // Above the lines stands a heading.
    press('enter', '/', 'l', 'i', 'n', 'e', 'space', '1');
    expect(top()).toBe(2);
    press('2');
    expect(top()).toBe(13);
    press('backspace', 'enter', 'n', 'n');
    expect(top()).toBe(12);
    press('N');
    expect(top()).toBe(11);
    expect(state()).toMatchObject({ prompt: null, search: 'line 1', filter: everything });
  });

  it('stays where nothing matches', () => {
    const { press, top, view } = setUp();
    press('enter', 'space', '/', 'x', 'x', 'enter', 'n');
    expect(view().output.matches.lines).toEqual([]);
    expect(top()).toBe(view().output.height);
  });
});

describe('pasting', () => {
  it('adds to the line of input', () => {
    const { controller, press, state } = setUp();
    press('/', 'w');
    controller.paste('eb-2');
    expect(state().filter.text).toBe('web-2');
  });

  it('is nothing where there is no line of input', () => {
    const { controller, state } = setUp();
    controller.paste('q');
    expect(state()).toEqual(initialState());
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

describe('contextOf and promptText', () => {
  it.each([
    ['list', [], ''],
    ['detail', ['enter'], ''],
    ['help', ['?'], ''],
    ['help', ['enter', '?'], ''],
    ['prompt', ['/', 'a'], 'a'],
    ['prompt', ['/', 'a', 'enter', 'esc', 'enter', '/', 'b'], 'b'],
  ])('%s after %j, with %j to edit', (context, keys, text) => {
    const { press, state } = setUp();
    press(...keys);
    expect(contextOf(state())).toBe(context);
    expect(promptText(state())).toBe(text);
  });
});
