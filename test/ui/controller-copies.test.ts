import { describe, expect, it } from 'vitest';
import { numbers, row, setUp } from './pressed-controller.ts';

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
