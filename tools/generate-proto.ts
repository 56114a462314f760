import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repository, settleGenerated } from './generated-files.ts';

const protoFiles = ['agent', 'ca_options', 'virtual_mesh'].map((name) => `proto/reroot/v1/${name}.proto`);
const target = join(repository, 'packages/shared/src/protocol/generated');
const header = '// Generated from proto/ by tools/generate-proto.ts: do not edit.\n';

/** Only what a codec needs: create, encode, decode. Validation is ours, in one place, when a message is opened. */
const pbjsOptions = [
  ...['--target', 'static-module', '--wrap', 'esm', '--dts', '--root', 'reroot', '--path', 'proto'],
  ...['--dependency', 'protobufjs/minimal.js', '--force-number'],
  ...['--no-verify', '--no-convert', '--no-delimited', '--no-typeurl', '--no-service'],
];

// pbjs's --force-number reaches the types alone: the runtime still answers with Long objects while it finds `long`.
const numbersForLongs = `
// 64-bit integers are numbers here, as the types say.
$protobuf.util.Long = null;
$protobuf.configure();
`;

/** Runs pbjs into a scratch folder. Gives the module and its types as text. */
async function runPbjs(): Promise<{ module: string; types: string }> {
  const scratch = await mkdtemp(join(tmpdir(), 'reroot-proto-'));
  try {
    const out = join(scratch, 'reroot.js');
    const pbjs = createRequire(import.meta.url).resolve('protobufjs-cli/bin/pbjs');
    await promisify(execFile)(process.execPath, [pbjs, ...pbjsOptions, '--out', out, ...protoFiles], { cwd: repository });
    return { module: await readFile(out, 'utf8'), types: await readFile(join(scratch, 'reroot.d.ts'), 'utf8') };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Drops the JSDoc that pbjs needs to derive types, and the blank lines it leaves behind. */
function withoutComments(source: string): string {
  return source.replaceAll(/^[ \t]*\/\*\*?[\s\S]*?\*\/\n/gm, '').replaceAll(/\n{3,}/g, '\n\n');
}

function finishModule(source: string): string {
  const importLine = /^import \$protobuf from .*\n/m;
  return header + withoutComments(source).replace(importLine, (line) => line + numbersForLongs);
}

function finishTypes(source: string): string {
  return header + source.replace(/^import Long = require\("long"\);\n/m, '');
}

const { module, types } = await runPbjs();
await settleGenerated([
  { path: join(target, 'reroot.js'), content: finishModule(module) },
  { path: join(target, 'reroot.d.ts'), content: finishTypes(types) },
]);
