import { uncompress } from 'snappyjs';

/** Header of the chunked form that Java clients write: magic, then two version numbers. */
const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const XERIAL_HEADER_BYTES = 16;

/** Decodes Snappy as found in Kafka: the chunked form of Java clients, or one bare block. Throws when malformed. */
export const decodeSnappy = (source: Buffer): Buffer => {
  if (!source.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC)) return uncompress(source);
  const chunks: Buffer[] = [];
  for (let at = XERIAL_HEADER_BYTES; at < source.length;) {
    const end = at + 4 + source.readUInt32BE(at);
    if (end > source.length) throw new Error('Not a readable Snappy stream: it ends early.');
    chunks.push(uncompress(source.subarray(at + 4, end)));
    at = end;
  }
  return Buffer.concat(chunks);
};
