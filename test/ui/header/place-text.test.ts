import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { type Place, placeText } from '../../../src/ui/header/place-text.ts';

const prod: Place = { region: 'eu-west-1', profile: 'prod', account: '123456789012' };
const long: Place = { ...prod, profile: 'AdministratorAccess-123456789012' };

describe('the place', () => {
  it.each<[string, Place, number, number, string]>([
    ['is whole where there is room', prod, 31, 31, 'eu-west-1 · prod · 123456789012'],
    ['loses the profile first', prod, 30, 30, 'eu-west-1 · 123456789012'],
    ['shortens a long profile', long, 40, 40, 'eu-west-1 · Administrato… · 123456789012'],
    ['shortens it to no less than tells something', long, 31, 31, 'eu-west-1 · Adm… · 123456789012'],
    ['and then leaves it out', long, 30, 30, 'eu-west-1 · 123456789012'],
    ['loses the region next', prod, 23, 23, '123456789012'],
    ['keeps the account though the title takes the rest', prod, 0, 12, '123456789012'],
    ['shows no half of an account', prod, 11, 11, ''],
    ['is without an account', { ...prod, account: null }, 16, 16, 'eu-west-1 · prod'],
    ['is without a profile', { ...prod, profile: null }, 24, 24, 'eu-west-1 · 123456789012'],
    ['is the region alone', { region: 'eu-west-1', profile: null, account: null }, 9, 9, 'eu-west-1'],
    ['shows no half of a region', { region: 'eu-west-1', profile: null, account: null }, 8, 8, ''],
    ['keeps a short profile', { ...prod, profile: 'p' }, 28, 28, 'eu-west-1 · p · 123456789012'],
  ])('%s', (_, place, room, accountRoom, text) => expect(placeText(place, room, accountRoom)).toBe(text));

  it('is never wider than its room', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.option(fc.string({ unit: 'grapheme' })),
        fc.option(fc.string({ unit: 'grapheme' })),
        fc.integer({ min: -20, max: 60 }),
        (region, profile, account, room) => {
          const text = placeText({ region, profile, account }, room, room);
          expect(stringWidth(text)).toBeLessThanOrEqual(Math.max(0, room));
        },
      ),
    ));
});
