// Builds the service worker after the app and hands it the list of files to keep on the device.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'vite';

/** @param {string} folder @returns {string[]} */
const files_below = (folder) =>
  fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? files_below(file) : [file];
  });

/**
 * @param {{ source: string, include: RegExp, limit_kib: number }} options limit_kib: size of all kept files, uncompressed
 * @returns {import('vite').Plugin}
 */
export function service_worker({ source, include, limit_kib }) {
  /** @type {import('vite').ResolvedConfig} */
  let config;
  return {
    name: 'groundwork-service-worker',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    closeBundle: {
      sequential: true,
      order: 'post',
      async handler(error) {
        if (error) return;
        const out = path.resolve(config.root, config.build.outDir);
        const kept = files_below(out)
          .map((file) => path.relative(out, file).split(path.sep).join('/'))
          .filter((file) => include.test(file))
          .sort();
        const kib = kept.reduce((sum, file) => sum + fs.statSync(path.join(out, file)).size, 0) / 1024;
        if (kib > limit_kib)
          this.error(`The files kept on the device are ${kib.toFixed(0)} KiB, over ${limit_kib} KiB.`);
        const manifest = kept.map((file) => ({
          url: '/' + file,
          // Names in assets/ carry a hash of their content already.
          revision: file.startsWith('assets/') ? null : checksum(path.join(out, file)),
        }));
        await build({
          configFile: false,
          root: config.root,
          logLevel: 'warn',
          publicDir: false,
          define: {
            'self.__WB_MANIFEST': JSON.stringify(manifest),
            'process.env.NODE_ENV': '"production"',
          },
          build: {
            outDir: out,
            emptyOutDir: false,
            target: config.build.target,
            reportCompressedSize: false,
            rolldownOptions: { input: source, output: { format: 'iife', entryFileNames: 'sw.js' } },
          },
        });
        config.logger.info(`kept on the device: ${kept.length} files, ${kib.toFixed(0)} KiB`);
      },
    },
  };
}

const checksum = (file) => createHash('sha256').update(fs.readFileSync(file)).digest('hex').slice(0, 16);
