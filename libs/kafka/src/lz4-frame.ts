const FRAME_MAGIC = 0x184d2204;
const MIN_MATCH = 4;
const LENGTH_CONTINUES = 15;
const STORED_BLOCK = 0x80000000;
const knownBlockSizes = new Set([4, 5, 6, 7]);

type Cursor = { readonly source: Buffer; at: number; readonly end: number };
type Output = { bytes: Buffer; length: number };

const broken = (why: string): Error => new Error(`Not a readable LZ4 frame: ${why}.`);

const reserve = (output: Output, more: number): void => {
  if (output.length + more <= output.bytes.length) return;
  const larger = Buffer.allocUnsafe(Math.max(output.bytes.length * 2, output.length + more));
  output.bytes.copy(larger, 0, 0, output.length);
  output.bytes = larger;
};

const nextByte = (cursor: Cursor): number => {
  const byte = cursor.at < cursor.end ? cursor.source[cursor.at] : undefined;
  if (byte === undefined) throw broken('it ends early');
  cursor.at += 1;
  return byte;
};

const nextLength = (cursor: Cursor, nibble: number): number => {
  let length = nibble;
  if (nibble !== LENGTH_CONTINUES) return length;
  for (;;) {
    const byte = nextByte(cursor);
    length += byte;
    if (byte !== 255) return length;
  }
};

const copyLiterals = (cursor: Cursor, output: Output, length: number): void => {
  if (cursor.at + length > cursor.end) throw broken('it ends early');
  reserve(output, length);
  cursor.source.copy(output.bytes, output.length, cursor.at, cursor.at + length);
  cursor.at += length;
  output.length += length;
};

/** A match may overlap what it writes (offset 1 repeats one byte), so it is copied in steps of at most `back`. */
const copyMatch = (output: Output, back: number, length: number): void => {
  if (back === 0 || back > output.length) throw broken('a match points before the beginning');
  reserve(output, length);
  const from = output.length - back;
  for (let done = 0; done < length;) {
    const step = Math.min(length - done, back + done);
    output.bytes.copyWithin(output.length + done, from, from + step);
    done += step;
  }
  output.length += length;
};

const decodeBlock = (cursor: Cursor, output: Output): void => {
  while (cursor.at < cursor.end) {
    const token = nextByte(cursor);
    copyLiterals(cursor, output, nextLength(cursor, token >>> 4));
    if (cursor.at === cursor.end) return;
    const back = nextByte(cursor) | (nextByte(cursor) << 8);
    copyMatch(output, back, nextLength(cursor, token & 15) + MIN_MATCH);
  }
};

type FrameHeader = { blocksAt: number; blockChecksums: boolean; contentChecksum: boolean };

const readHeader = (source: Buffer, at: number): FrameHeader => {
  if (at + 7 > source.length || source.readUInt32LE(at) !== FRAME_MAGIC) throw broken('its magic number is missing');
  const flags = source.readUInt8(at + 4);
  const blockSize = (source.readUInt8(at + 5) >>> 4) & 7;
  if (flags >>> 6 !== 1 || !knownBlockSizes.has(blockSize)) throw broken('its version is unknown');
  if ((flags & 1) !== 0) throw broken('it needs a dictionary');
  const contentSize = (flags & 8) === 0 ? 0 : 8;
  return {
    blocksAt: at + 7 + contentSize,
    blockChecksums: (flags & 16) !== 0,
    contentChecksum: (flags & 4) !== 0,
  };
};

const decodeFrame = (source: Buffer, start: number, output: Output): number => {
  const header = readHeader(source, start);
  let at = header.blocksAt;
  for (;;) {
    if (at + 4 > source.length) throw broken('it ends early');
    const size = source.readUInt32LE(at);
    at += 4;
    if (size === 0) return at + (header.contentChecksum ? 4 : 0);
    const stored = size >= STORED_BLOCK;
    const end = at + (stored ? size - STORED_BLOCK : size);
    if (end > source.length) throw broken('it ends early');
    const cursor: Cursor = { source, at, end };
    if (stored) copyLiterals(cursor, output, end - at);
    else decodeBlock(cursor, output);
    at = end + (header.blockChecksums ? 4 : 0);
  }
};

/**
 * Decodes LZ4 frames (format 1.6, one after the other, blocks linked or not) as Kafka's clients write them. Pure
 * JavaScript: the packages at hand need a compiler, or check no bounds. Checksums are skipped, since the record batch
 * has its own. Throws on anything cut short or malformed.
 */
export const decodeLz4 = (source: Buffer): Buffer => {
  const output: Output = { bytes: Buffer.allocUnsafe(Math.max(64 * 1024, source.length * 4)), length: 0 };
  for (let at = 0; at < source.length;) at = decodeFrame(source, at, output);
  return output.bytes.subarray(0, output.length);
};
