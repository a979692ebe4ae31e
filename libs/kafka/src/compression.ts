import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import kafkajs from 'kafkajs';
import { decodeLz4 } from './lz4-frame.ts';
import { decodeSnappy } from './snappy-stream.ts';

type Encoder = { buffer: Buffer };
type Codec = { compress(encoder: Encoder): Promise<Buffer>; decompress(source: Buffer): Promise<Buffer> };

const compressZstd = promisify(zstdCompress);
const decompressZstd = promisify(zstdDecompress);

const zstd: Codec = {
  compress: ({ buffer }) => compressZstd(buffer),
  decompress: (source) => decompressZstd(source),
};

const readOnly = (name: string, decode: (source: Buffer) => Buffer): Codec => ({
  compress: () => Promise.reject(new Error(`${name} is only read here: produce with gzip, zstd or no compression.`)),
  decompress: (source) => Promise.resolve(decode(source)),
});

const lz4 = readOnly('lz4', decodeLz4);
const snappy = readOnly('snappy', decodeSnappy);

/** Without this a topic written with lz4, snappy or zstd crashes a kafkajs consumer; it brings only gzip along. */
export const registerCodecs = (): void => {
  const { CompressionCodecs, CompressionTypes } = kafkajs;
  CompressionCodecs[CompressionTypes.ZSTD] = () => zstd;
  CompressionCodecs[CompressionTypes.LZ4] = () => lz4;
  CompressionCodecs[CompressionTypes.Snappy] = () => snappy;
};
