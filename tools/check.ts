import { spawn } from 'node:child_process';
import { styleText } from 'node:util';
import { repository } from './generated-files.ts';

const bin = (name: string): string => `node_modules/.bin/${name}`;

/** Everything that must hold besides the tests, the longest first: as many run at once as the machine has cores to spare. */
const checks: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  [
    'lint',
    bin('eslint'),
    '--max-warnings=0',
    '--cache',
    '--cache-location=node_modules/.cache/eslint',
    '--cache-strategy=content',
    '.',
  ],
  ['types', bin('tsc'), '--project', '.'],
  ['types of the dashboard', bin('tsc'), '--project', 'packages/dashboard'],
  ['unused code', bin('knip'), '--no-config-hints'],
  ['generated protocol code', process.execPath, 'tools/generate-proto.ts', '--check'],
  ['generated error reference', process.execPath, 'tools/generate-error-docs.ts', '--check'],
  ['generated rules of pki check', process.execPath, 'tools/generate-pki-check-docs.ts', '--check'],
  ['generated preflight reference', process.execPath, 'tools/generate-preflight-docs.ts', '--check'],
  ['generated rotation reference', process.execPath, 'tools/generate-rotation-docs.ts', '--check'],
  ['generated document of the API', process.execPath, 'tools/generate-openapi.ts', '--check'],
  ['generated custom resource definitions', process.execPath, 'tools/generate-crds.ts', '--check'],
  ['generated metrics reference, dashboard and alerts', process.execPath, 'tools/generate-monitoring.ts', '--check'],
  ['generated keys of the log', process.execPath, 'tools/generate-log-docs.ts', '--check'],
  ['generated reasons of the command line', process.execPath, 'tools/generate-cli-reasons.ts', '--check'],
  ['generated reference of the command line', process.execPath, 'tools/generate-cli-docs.ts', '--check'],
  ['generated parts of the charts', process.execPath, 'tools/generate-charts.ts', '--check'],
  ['protocol style', bin('buf'), 'lint'],
  ['protocol compatibility', bin('buf'), 'breaking', '--against', 'proto/baseline.json'],
  ['OpenAPI by another judge', process.execPath, 'tools/validate-openapi.ts'],
  ['compatibility of the API', process.execPath, 'tools/check-openapi.ts'],
  ['format', bin('biome'), 'ci', '--error-on-warnings', '.'],
];

interface Outcome {
  readonly passed: boolean;
  readonly output: string;
}

async function run(command: string, args: readonly string[]): Promise<Outcome> {
  const child = spawn(command, args, { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return await new Promise((resolve) => {
    child.on('error', (error) => {
      resolve({ passed: false, output: error.message });
    });
    child.on('close', (code) => {
      resolve({ passed: code === 0, output });
    });
  });
}

const failed: string[] = [];
const waiting = [...checks];

async function worker(): Promise<void> {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
    const [name, command, ...args] = check;
    const startedMs = performance.now();
    const { passed, output } = await run(command, args);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    const verdict = passed
      ? styleText('green', 'ok', { stream: process.stderr })
      : styleText('red', 'failed', { stream: process.stderr });
    process.stderr.write(`» ${name}: ${verdict} (${seconds} s)\n${passed ? '' : `${output.trimEnd()}\n`}`);
    if (!passed) failed.push(name);
  }
}

await Promise.all([worker(), worker()]);
if (failed.length > 0) {
  process.stderr.write(`error: failed: ${failed.join(', ')}\n`);
  process.stderr.write('remedy: correct what is named above; ./dev format and ./dev generate do part of it\n');
  process.exitCode = 1;
}
