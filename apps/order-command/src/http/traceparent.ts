import { randomBytes } from 'node:crypto';

const version00 = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/u;
const laterVersion = /^(?!ff|00)[0-9a-f]{2}-((?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2})(-.*)?$/u;

/**
 * The trace a command belongs to, as W3C Trace Context writes it: the caller's, or a new one where there is none or it is
 * malformed (the specification has a receiver start anew then). A later version is carried on in the form of version 00.
 */
export const traceparentOf = (header: string | undefined): string => {
  if (header !== undefined && version00.test(header)) return header;
  const later = laterVersion.exec(header ?? '')?.[1];
  return later === undefined
    ? `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`
    : `00-${later}`;
};
