import type { Session } from '../aws/session.ts';
import { shellWord } from '../domain/shell-word.ts';
import { withoutUserInfo } from '../domain/user-info.ts';

/** The options with which the AWS CLI reaches the same account, to be pasted into a shell; a password is not among them. */
export function cliOptions({ region, profile, endpointUrls }: Session): string {
  const options = ['--region', region];
  if (profile !== null) options.push('--profile', profile);
  if (endpointUrls.ssm !== null) options.push('--endpoint-url', withoutUserInfo(endpointUrls.ssm));
  return options.map(shellWord).join(' ');
}
