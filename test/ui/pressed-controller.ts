import type { Invocation } from '../../src/domain/invocation.ts';
import { everything } from '../../src/domain/rows.ts';
import { ScreenController } from '../../src/ui/controller.ts';
import { cursorIndex, outputTop } from '../../src/ui/state.ts';
import { invocation, plugin } from '../helpers/fixtures.ts';
import { FakeServices } from '../helpers/ui-fixtures.ts';

/** A row `i-<id>` that is called `web-<id>`. */
export const row = (id: string, change: Partial<Invocation> = {}) =>
  invocation({ instanceId: `i-${id}`, instanceName: `web-${id}`, ...change });

/** The output of the first row's first plugin. */
export const numbers = Array.from({ length: 60 }, (_, index) => `line ${index}`);

const failed = row('1', {
  status: 'Failed',
  plugins: [
    plugin({ status: 'Failed', output: numbers.join('\n') }),
    plugin({ output: 'second\u001b[2J\n' }),
  ],
});

/** A controller of three rows, or these, and what a test presses and looks at. */
export function setUp({ rows = [failed, row('2'), row('3')], filter = everything } = {}) {
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
    state: () => controller.frame().state,
    view,
    /** Instance under the cursor. */
    cursor: () => view().invocations[cursorIndex(controller.frame().state, view().rowKeys)]?.instanceId,
    top: () => view().output.firstLine(outputTop(controller.frame().state)),
  };
}
