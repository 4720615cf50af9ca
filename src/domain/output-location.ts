/** An object of S3. */
export interface ObjectLocation {
  readonly bucket: string;
  readonly key: string;
  /** Where the URL says that the bucket is; null where it does not. */
  readonly region: string | null;
}

/** A log stream of CloudWatch Logs. */
export interface LogStreamLocation {
  readonly group: string;
  readonly stream: string;
}

/** Bytes of an object: some from an offset on, or the last ones. */
export type ByteRange = { readonly from: number; readonly length: number } | { readonly last: number };

/** A part of an object, where it begins, and how many bytes the object has in all. */
export interface ObjectPart {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly total: number;
}

/** Where in a log stream to read: from its first or its last event, or on from a page that was read, by its token. */
export type EventPlace = 'head' | 'tail' | { readonly before: string } | { readonly after: string };

/** Some events of a log stream, oldest first, and the tokens that lead on from them in both directions. */
export interface EventPage {
  readonly messages: readonly string[];
  readonly before: string;
  readonly after: string;
}

export type StreamName = 'stdout' | 'stderr';

/** `s3.eu-west-1`, `s3-eu-west-1`, `s3.dualstack.eu-west-1` or `s3`, alone or behind the bucket's name. */
const s3Host =
  /^(?:(?<bucket>[a-z0-9][a-z0-9.-]*[a-z0-9])\.)?s3(?:[.-](?:dualstack\.|fips[.-])*(?<region>[a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com(?:\.cn)?$/;

/**
 * What a StandardOutputUrl or StandardErrorUrl names, in either of the forms that S3 has for URLs; null when it is no
 * URL of an object in S3. The URL itself is never fetched: the bucket is read with the user's own permissions.
 */
export function parseObjectUrl(text: string): ObjectLocation | null {
  const url = URL.parse(text);
  const host = url?.protocol === 'https:' ? s3Host.exec(url.hostname)?.groups : undefined;
  if (!url || !host) return null;
  const path = url.pathname.slice(1);
  const slash = path.indexOf('/');
  const [bucket, rest] =
    host.bucket === undefined
      ? [path.slice(0, Math.max(0, slash)), path.slice(slash + 1)]
      : [host.bucket, path];
  const key = decoded(rest);
  if (bucket === '' || !key) return null;
  return { bucket, key, region: host.region ?? null };
}

/** The log stream that the agent writes one stream of a plugin to. */
export function logStreamOf(
  group: string,
  { commandId, instanceId }: { readonly commandId: string; readonly instanceId: string },
  plugin: string,
  stream: StreamName,
): LogStreamLocation {
  return { group, stream: `${commandId}/${instanceId}/${plugin.replaceAll(':', '-')}/${stream}` };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
