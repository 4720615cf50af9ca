import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';
import { sanitiseLine } from '../../domain/sanitise.ts';

/** Where the commands are, as far as it is known. */
export interface Place {
  readonly region: string;
  readonly profile: string | null;
  readonly account: string | null;
}

/** Of a profile that is shortened to less than this nothing could be told. Cells. */
const leastProfile = 4;

/**
 * As much of the place as fits. The profile is shortened and left out first, then the region; the account, which all
 * depends on, goes last. Half a region or account would be worse than none. `room` is in cells, and `accountRoom` is
 * what there is for the account alone.
 */
export function placeText(place: Place, room: number, accountRoom: number): string {
  const region = sanitiseLine(place.region);
  const profile = place.profile === null ? '' : sanitiseLine(place.profile);
  const account = place.account === null ? '' : sanitiseLine(place.account);
  const profileRoom = room - stringWidth(joined(region, account)) - stringWidth(separator);
  const shortProfile =
    profileRoom < Math.min(leastProfile, stringWidth(profile)) ? '' : cliTruncate(profile, profileRoom);
  const text = joined(region, shortProfile, account);
  if (stringWidth(text) <= room) return text;
  return stringWidth(account) <= accountRoom ? account : '';
}

const separator = ' · ';

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(separator);
}
