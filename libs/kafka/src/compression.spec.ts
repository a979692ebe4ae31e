import { gzipSync } from 'node:zlib';
import kafkajs from 'kafkajs';
import { compress as snappyCompress } from 'snappyjs';
import { describe, expect, it } from 'vitest';
import { registerCodecs } from './compression.ts';
import { decodeLz4 } from './lz4-frame.ts';

type Codec = { compress(encoder: { buffer: Buffer }): Promise<Buffer>; decompress(source: Buffer): Promise<Buffer> };

const text = Array.from({ length: 40 }, (_, i) => `order ${i % 7} was confirmed; `).join('') + 'a'.repeat(300);
/** `text` as another implementation wrote it: linked matches, a long literal run and a match of offset 1. */
const lz4Frame = Buffer.from(
  'BCJNGEBw30sAAADyCG9yZGVyIDAgd2FzIGNvbmZpcm1lZDsgFwAfMRcAAx8yFwADHzMXAAMfNBcAAx81FwADHzYXAAMPoQD//+AfYQEA/xRQYWFhYWEAAAAA',
  'base64',
);
const lz4Header = [0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x00];

const codecOf = (type: number): Codec => {
  registerCodecs();
  return (kafkajs.CompressionCodecs as Record<number, () => Codec>)[type]!();
};
const { GZIP, LZ4, Snappy, ZSTD } = kafkajs.CompressionTypes;

describe('the codecs of a topic', () => {
  it('read zstd back as it was written', async () => {
    const packed = await codecOf(ZSTD).compress({ buffer: Buffer.from(text) });
    expect(packed.length).toBeLessThan(text.length);
    expect((await codecOf(ZSTD).decompress(packed)).toString()).toBe(text);
  });

  it('read gzip by what kafkajs brings along', async () => {
    expect((await codecOf(GZIP).decompress(gzipSync(text))).toString()).toBe(text);
  });

  it('read lz4 frames', async () => {
    expect((await codecOf(LZ4).decompress(lz4Frame)).toString()).toBe(text);
  });

  it('read snappy bare and in the chunks of Java clients', async () => {
    const half = Buffer.from(text).subarray(0, 500);
    const rest = Buffer.from(text).subarray(500);
    const chunk = (part: Buffer): Buffer => {
      const packed = snappyCompress(part);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(packed.length);
      return Buffer.concat([length, packed]);
    };
    const header = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
    const chunked = Buffer.concat([header, chunk(half), chunk(rest)]);
    expect((await codecOf(Snappy).decompress(chunked)).toString()).toBe(text);
    expect((await codecOf(Snappy).decompress(snappyCompress(Buffer.from(text)))).toString()).toBe(text);
  });

  it('say that lz4 and snappy are only read', async () => {
    await expect(codecOf(LZ4).compress({ buffer: Buffer.from(text) })).rejects.toThrow('lz4 is only read here');
    await expect(codecOf(Snappy).compress({ buffer: Buffer.from(text) })).rejects.toThrow('snappy is only read here');
  });
});

describe('decodeLz4', () => {
  const stored = [...lz4Header, 3, 0, 0, 0x80, 97, 98, 99];
  const end = [0, 0, 0, 0];

  it('reads stored blocks, several blocks and several frames', () => {
    const twoBlocks = [...stored, 3, 0, 0, 0x80, 100, 101, 102, ...end];
    expect(decodeLz4(Buffer.from([...twoBlocks, ...stored, ...end])).toString()).toBe('abcdefabc');
  });

  it('reads a match that reaches into the block before', () => {
    const linked = [4, 0, 0, 0, 0x10, 33, 4, 0];
    expect(decodeLz4(Buffer.from([...stored, ...linked, ...end])).toString()).toBe('abc!abc!');
  });

  it('passes over checksums and the content size', () => {
    const flags = [0x04, 0x22, 0x4d, 0x18, 0x7c, 0x40, 3, 0, 0, 0, 0, 0, 0, 0, 0x00];
    const block = [3, 0, 0, 0x80, 97, 98, 99, 9, 9, 9, 9];
    expect(decodeLz4(Buffer.from([...flags, ...block, ...end, 8, 8, 8, 8])).toString()).toBe('abc');
  });

  it('refuses every frame that is cut short', () => {
    for (let length = 1; length < lz4Frame.length; length += 1) {
      expect(() => decodeLz4(lz4Frame.subarray(0, length))).toThrow('Not a readable LZ4 frame');
    }
  });

  it('refuses a match before the beginning, an unknown version and a dictionary', () => {
    const early = [...lz4Header, 4, 0, 0, 0, 0x10, 33, 9, 0, ...end];
    expect(() => decodeLz4(Buffer.from(early))).toThrow('before the beginning');
    expect(() => decodeLz4(Buffer.from([...lz4Header.with(4, 0xa0), ...end]))).toThrow('version');
    expect(() => decodeLz4(Buffer.from([...lz4Header.with(4, 0x61), ...end]))).toThrow('dictionary');
    expect(() => decodeLz4(Buffer.from('no frame at all'))).toThrow('magic number');
  });
});
