import { describe, expect, it } from 'vitest';
import { everything } from '../../src/domain/rows.ts';
import { ScreenController } from '../../src/ui/controller.ts';
import { cursorIndex } from '../../src/ui/state.ts';
import { invocation } from '../helpers/fixtures.ts';
import { FakeServices } from '../helpers/ui-fixtures.ts';
import { watchedRow } from '../helpers/watched-row.ts';

/** A controller of a list of so many rows, and the IDs of the rows that are looked at. */
function setUp(count: number) {
  const looked = new Set<string>();
  const row = (id: number, status = 'Success') =>
    watchedRow(invocation({ instanceId: `i-${id}`, status }), looked);
  const services = new FakeServices();
  services.store.pageRead(Array.from({ length: count }, (_, index) => row(index + 1)));
  const controller = new ScreenController(services, everything);
  const size = { columns: 80, rows: 24 };
  controller.resize(size);
  const view = () => controller.frame(size).view;
  view();
  return {
    looked,
    row,
    store: services.store,
    view,
    controller,
    press: (...keys: string[]) => {
      for (const key of keys) controller.press(key);
    },
    /** Instance under the cursor. */
    cursor: () => view().invocations[cursorIndex(controller.frame().state, view().rowKeys)]?.instanceId,
  };
}

describe('among many rows', () => {
  it('a move of the cursor looks at none of them', () => {
    const { looked, press, cursor } = setUp(300);
    looked.clear();
    press('j', 'j', 'G', 'k');
    expect(cursor()).toBe('i-299');
    expect([...looked]).toEqual([]);
  });

  it('a page looks at those that it brings, and the cursor stays on its instance', () => {
    const { looked, row, store, press, view, cursor } = setUp(300);
    press('G');
    store.pageRead([row(1_000, 'Failed')]);
    looked.clear();
    expect(view().invocations[0]?.instanceId).toBe('i-1000');
    expect([...looked]).toEqual(['i-1000']);
    expect(cursor()).toBe('i-300');
  });
});

it('a key meets what is drawn, not what has come since', () => {
  const { row, store, press, view, controller } = setUp(3);
  const close = controller.subscribe(() => {});
  store.pageRead([row(1_000, 'Failed')]);
  press('enter');
  expect(view().opened?.instanceId).toBe('i-1');
  close();
  expect(view().invocations[0]?.instanceId).toBe('i-1000');
  expect(view().opened?.instanceId).toBe('i-1');
});
