import { describe, test } from 'vitest';
import { until } from '../helpers/rollout.ts';
import { places, ways } from './ways-out.ts';

/** WAYS=all, as `npm run ways` sets it, tries every way in every place; else in two places, and in every fifth of the others. */
const all = process.env.WAYS === 'all';
const always = ['list', 'after the end'];

const cells = ways.flatMap((way, row) =>
  places
    .filter(
      (place, column) =>
        !way.except.includes(place.name) && (all || always.includes(place.name) || (row + column) % 5 === 0),
    )
    .map((place) => ({ way, place, name: `${way.name}, ${place.name}` })),
);

describe.concurrent('the terminal is given back', () => {
  test.for(cells)('$name', async ({ way, place }, { expect }) => {
    await using rollout = await place.rollout();
    using terminal = place.open(rollout, way.breaks);
    await place.reach(terminal, rollout);
    way.leave(terminal);
    await until(() => terminal.file('told') !== '' || terminal.hasEnded, 'it has ended');
    const isOver = place.name === 'after the end';
    expect(terminal.file('code')).toBe(String(isOver ? 1 : way.exitCode));
    if (way.name === 'terminal closed') return;
    await terminal.exit;
    expect(terminal.file('after')).toBe(terminal.file('before'));
    // What the terminal itself shows of Ctrl-C, before its keys were ours.
    const echo = terminal.scrollback().endsWith('^C') ? 2 : 0;
    expect({
      alternate: terminal.onAlternateScreen,
      cursor: terminal.cursorIsShown,
      modes: terminal.modesSet,
      column: terminal.cursorColumn,
    }).toEqual({ alternate: false, cursor: true, modes: [], column: echo });
    if (place.left === null) expect(terminal.scrollback()).not.toMatch(/exit|INSTANCE|AWS-/);
    else expect(terminal.scrollback()).toMatch(place.left);
    expect(terminal.file('errors')).toMatch(
      way.exitCode === 70 ? /^ssm-watch: it is ssm-watch itself that broke .*sabotage.*$/ : /^$/,
    );
  });
});
