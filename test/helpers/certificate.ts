import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate with its key, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const tags = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  time: 0x17,
  sequence: 0x30,
  set: 0x31,
  dnsName: 0x82,
  ipAddress: 0x87,
  version: 0xa0,
  extensions: 0xa3,
} as const;

/** Object identifiers, encoded. */
const oids = {
  commonName: '550403',
  ecdsaWithSha256: '2a8648ce3d040302',
  subjectAltName: '551d11',
} as const;

/** A certificate for 127.0.0.1 and `ssm.test` that only itself vouches for, good in this year and the next. */
export function selfSigned(commonName: string): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der('sequence', oid('ecdsaWithSha256'));
  const year = new Date().getUTCFullYear() % 100;
  const name = der(
    'sequence',
    der('set', der('sequence', oid('commonName'), der('utf8', Buffer.from(commonName)))),
  );
  const names = der(
    'sequence',
    der('dnsName', Buffer.from('ssm.test')),
    der('ipAddress', Buffer.from([127, 0, 0, 1])),
  );
  const content = der(
    'sequence',
    der('version', der('integer', Buffer.from([2]))),
    der('integer', Buffer.from([1])),
    algorithm,
    name,
    der('sequence', time(year - 1), time(year + 2)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der('extensions', der('sequence', der('sequence', oid('subjectAltName'), der('octetString', names)))),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', content, privateKey)]);
  const certificate = der('sequence', content, algorithm, der('bitString', signature));
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function der(tag: keyof typeof tags, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length =
    body.length < 0x80 ? [body.length] : [0x82, Math.floor(body.length / 0x100), body.length % 0x100];
  return Buffer.concat([Buffer.from([tags[tag], ...length]), body]);
}

const oid = (name: keyof typeof oids) => der('oid', Buffer.from(oids[name], 'hex'));

/** The begin of a year of this century. */
const time = (year: number) => der('time', Buffer.from(`${year}0101000000Z`));
