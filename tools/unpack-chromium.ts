import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** Unpacks the Chromium of the npm package `@sparticuz/chromium`: `node tools/unpack-chromium.ts FROM TO` makes `TO/chromium`. */

const [from = '', to = ''] = process.argv.slice(2);

const unpacked = (name: string): Buffer => brotliDecompressSync(readFileSync(join(from, name)));

mkdirSync(join(to, 'parts'), { recursive: true });
writeFileSync(join(to, 'parts/chromium'), unpacked('chromium.br'), { mode: 0o755 });
for (const archive of ['al2023', 'swiftshader', 'fonts']) {
  execFileSync('tar', ['-x', '-C', join(to, 'parts')], { input: unpacked(`${archive}.tar.br`) });
}

/** With the libraries that come along, and with its fonts where the machine has none. The folder may be moved. */
const starter = `#!/bin/sh
here=$(cd -P "$(dirname "$0")" && pwd)/parts
export LD_LIBRARY_PATH=$here/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
if ! [ -e /etc/fonts/fonts.conf ]; then
  printf '<fontconfig><dir>%s</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>' "$here/fonts" >"$here/fonts.conf"
  export FONTCONFIG_FILE=$here/fonts.conf
fi
exec "$here/chromium" "$@"
`;
writeFileSync(join(to, 'chromium'), starter);
chmodSync(join(to, 'chromium'), 0o755);
