import * as fc from 'fast-check';
import { sanitiseLine } from '../../../src/domain/sanitise.ts';
import { hostileText } from '../../helpers/fixtures.ts';

/** What can be in a cell, as wide, long and odd as it gets. */
export const anyCellText = fc.oneof(
  hostileText().map(sanitiseLine),
  fc.string({ unit: 'grapheme', maxLength: 300 }).map(sanitiseLine),
  fc.string({ unit: fc.constantFrom('日', 'ａ', '👩🏽‍🚀', 'x', 'e\u0301'), maxLength: 255 }),
);
