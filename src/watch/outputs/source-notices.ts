import type { StreamName } from '../../domain/output-location.ts';
import type { OutputPlace, OutputSource } from '../../domain/output-reading.ts';
import type { Problem } from '../../domain/problem.ts';

/** Why a source cannot be read, for a line that begins with its name: some are calls, and their problems do so, too. */
export function reasonAt(source: OutputSource, { message }: Problem): string {
  const name = `${source}: `;
  return message.startsWith(name) ? message.slice(name.length) : message;
}

/** One line on a source that has nothing yet. */
export function absenceText(place: OutputPlace, stream: StreamName): string {
  switch (place.source) {
    case 'S3':
      return `S3 has no object of ${stream} yet: ${place.location.bucket}/${place.location.key}`;
    case 'CloudWatch Logs':
      return `CloudWatch Logs has nothing of ${stream} yet; the agent uploads every 30 s`;
    default:
      return `${place.source} has nothing of ${stream} yet`;
  }
}
