import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/ui/keys/actions.ts';
import { initialState, type ScreenState } from '../../src/ui/state.ts';
import { afterActions } from '../helpers/ui-fixtures.ts';

const output = afterActions(['lineDown', 'open', 'nextPlugin', 'pageDown', 'wrap', 'follow']);
const pressed = (...actions: Action[]) => afterActions(actions, { state: output });
const ofInvocation = { kind: 'fields', of: 'invocation', top: 0, showsParameters: false, under: output.mode };

describe('the fields', () => {
  it('of the invocation come first, then those of the command, then the output as it was', () => {
    expect(pressed('fields')).toEqual({ ...output, mode: ofInvocation });
    expect(pressed('fields', 'fields')).toEqual({ ...output, mode: { ...ofInvocation, of: 'command' } });
    expect(pressed('fields', 'fields', 'fields')).toEqual(output);
  });

  it.each<[string, Action[]]>([
    ['of the invocation', ['fields']],
    ['of the command', ['fields', 'fields']],
    ['of the command, and their parameters', ['fields', 'fields', 'parameters']],
  ])('%s are left for the output as it was', (_, actions) => {
    expect(pressed(...actions, 'back')).toEqual(output);
    expect(pressed(...actions, 'back', 'back').mode).toEqual({ kind: 'list' });
  });

  it('scroll from their top, each for themselves', () => {
    expect(pressed('fields', 'pageDown', 'lineDown').mode).toMatchObject({ of: 'invocation', top: 21 });
    expect(pressed('fields', 'bottom').mode).toMatchObject({ top: 80 });
    expect(pressed('fields', 'bottom', 'fields').mode).toMatchObject({ of: 'command', top: 0 });
    expect(pressed('fields', 'bottom', 'back').mode).toEqual(output.mode);
  });

  it('are still there below the help', () => {
    const fields = pressed('fields', 'fields', 'parameters', 'lineDown');
    expect(afterActions(['help', 'bottom', 'back'], { state: fields })).toEqual(fields);
  });

  it.each<[string, ScreenState]>([
    ['list', initialState()],
    ['groups', afterActions(['nextOverview'])],
    ['help', afterActions(['open', 'help'])],
  ])('do not open in the %s', (_, state) => expect(afterActions(['fields'], { state })).toEqual(state));
});

describe('the parameters', () => {
  it('are hidden until they are asked for, and when they are asked for again', () => {
    const command = pressed('fields', 'fields', 'pageDown');
    expect(command.mode).toMatchObject({ showsParameters: false });
    const shown = afterActions(['parameters'], { state: command });
    expect(shown.mode).toMatchObject({ showsParameters: true, top: 0 });
    expect(afterActions(['parameters'], { state: shown }).mode).toMatchObject({ showsParameters: false });
  });

  it.each<[string, Action[]]>([
    ['a', ['fields', 'fields', 'fields']],
    ['Esc', ['back', 'fields', 'fields']],
  ])('are hidden again when one has left the pane by %s', (_, actions) => {
    const shown = pressed('fields', 'fields', 'parameters');
    expect(afterActions(actions, { state: shown }).mode).toMatchObject({
      kind: 'fields',
      showsParameters: false,
    });
  });

  it('are not asked for anywhere else', () => {
    expect(pressed('parameters')).toEqual(output);
    expect(pressed('fields', 'parameters')).toEqual(pressed('fields'));
    expect(afterActions(['parameters'])).toEqual(initialState());
  });
});
