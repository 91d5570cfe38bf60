// Writes a .br and a .gz beside each text file of dist/, so that the server only has to choose.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

const compressible = /\.(html|js|css|svg|json|webmanifest)$/;
const best_brotli = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } };

function compress(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) compress(file);
    else if (compressible.test(entry.name)) {
      const content = fs.readFileSync(file);
      fs.writeFileSync(`${file}.br`, zlib.brotliCompressSync(content, best_brotli));
      fs.writeFileSync(`${file}.gz`, zlib.gzipSync(content, { level: 9 }));
    }
  }
}

compress('dist');
