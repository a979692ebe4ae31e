import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const compressible = /\.(?:js|css|html|svg|json)$/u;
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

/** Writes what a browser accepts beside each file, so that serving the page costs no compression. */
const compressed = (): Plugin => ({
  name: 'orderline-compressed',
  apply: 'build',
  async writeBundle({ dir }) {
    const files = dir === undefined ? [] : await readdir(dir, { recursive: true, withFileTypes: true });
    const texts = files.filter((file) => file.isFile() && compressible.test(file.name));
    await Promise.all(texts.map((file) => compress(join(file.parentPath, file.name))));
  },
});

const compress = async (path: string): Promise<void> => {
  const bytes = await readFile(path);
  await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }));
  await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, quality));
};

/** Whoever builds it, a test too, gets React as it is for use: another NODE_ENV gives the one for development. */
const forUse = (command: string): void => {
  if (command === 'build') process.env.NODE_ENV = 'production';
};

/**
 * The console's page: web/ becomes dist-web/, which the console serves. While it is worked on,
 * `vite --config apps/console/vite.config.ts` serves it at port 5173 and passes /api on to a console that runs.
 */
export default defineConfig(({ command }) => {
  forUse(command);
  return {
    root: join(import.meta.dirname, 'web'),
    plugins: [react(), compressed()],
    server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:3010' } },
    build: {
      outDir: join(import.meta.dirname, 'dist-web'),
      emptyOutDir: true,
      target: 'es2022',
      // A strict content policy refuses data: URLs and inline scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: { checks: { bundlerTimings: false } },
    },
  };
});
