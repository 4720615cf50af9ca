import { expect, it } from 'vitest';
import { everything } from '../../src/domain/rows.ts';
import { ScreenController } from '../../src/ui/controller.ts';
import { invocation } from '../helpers/fixtures.ts';
import { FakeServices } from '../helpers/ui-fixtures.ts';

const ids = Array.from({ length: 40 }, (_, index) => `i-${index + 100}`);

/** Presses keys on a screen with room for 10 rows, and gives what is looked at then. */
function inSightAfter(...keys: string[]): readonly string[] {
  const services = new FakeServices();
  services.store.pageRead(ids.map((instanceId) => invocation({ instanceId })));
  const controller = new ScreenController(services, everything);
  controller.resize({ columns: 80, rows: 15 });
  controller.readInSight();
  for (const key of keys) controller.press(key);
  return services.inSight;
}

it.each<[string, string[], readonly string[]]>([
  ['the visible rows', [], ids.slice(0, 10)],
  ['the visible rows further down', ['G'], ids.slice(30)],
  ['the one that is open', ['j', 'enter'], ids.slice(1, 2)],
  ['the one under the cursor of the map', ['v', 'v'], ids.slice(0, 1)],
])('%s are what is looked at', (_, keys, expected) => expect(inSightAfter(...keys)).toEqual(expected));
