import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verbsOf } from './examples.ts';
import { createWholeProgram } from './program.ts';
import { startMeshServer } from './testing/mesh-server.ts';
import { makePkiFiles, writeFiles } from './testing/pki-files.ts';
import { runCaptured, shellInto } from './testing/run-captured.ts';

const docs = join(import.meta.dirname, '../../../docs');
const page = await readFile(join(docs, 'cli.md'), 'utf8');
const section = /\n## What `-o json` gives\n(.*?)\n## /s.exec(page)?.[1] ?? '';
const codeIn = (text: string): readonly string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
/** What each verb of the table is said to give. */
const documented = new Map(
  [...section.matchAll(/^\| (`.+) \| (.+) \|$/gm)].flatMap(([, verbs = '', gives = '']) =>
    codeIn(verbs).map((verb) => [verb, codeIn(gives)] as const),
  ),
);

let dir: string;
/** What the verbs work on. */
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-documents-'));
  const { ca, rootA } = await makePkiFiles();
  await writeFiles(dir, { 'ca.pem': ca.pem, 'root.pem': rootA.pem });
  await documentOf('nats init --out DIR/nats --host a.example.com --leaf b.example.com');
  await documentOf('context add prod --server http://127.0.0.1:1 --mesh shop');
});
afterAll(() => rm(dir, { recursive: true }));

async function documentOf(line: string, ...more: readonly string[]): Promise<string> {
  const args = line.split(' ').map((word) => word.replace('DIR', dir));
  const run = await runCaptured([...args, '-o', 'json', ...more], { env: { REROOT_CONFIG: join(dir, 'config.yaml') } });
  expect(run.message).toBeUndefined();
  return run.stdout;
}

describe('what -o json gives', () => {
  it('is said of every verb', async () => {
    const program = await createWholeProgram(shellInto([], []));
    const said = codeIn(section);
    const unsaid = verbsOf(program).filter(({ path }) => !said.includes(path));
    expect(unsaid.map(({ path }) => path)).toEqual([]);
  });

  it('names schemas that the document of the API has', async () => {
    const { components } = JSON.parse(await readFile(join(docs, 'openapi.json'), 'utf8')) as {
      readonly components: { readonly schemas: object };
    };
    const named = codeIn(section).filter((code) => /^[A-Z]\w+$/.test(code) && code !== 'ID');
    expect(named.length).toBeGreaterThan(7);
    expect(named.filter((name) => !(name in components.schemas))).toEqual([]);
  });

  it.each([
    'explain RR_FILE_EXISTS',
    'version --client',
    'context list',
    'context show prod',
    'keygen --out DIR/agent.key',
    'token new --name ci --role viewer --days 1',
    'nats init --out DIR/more --host a.example.com',
    'nats renew-certificates --dir DIR/nats',
    'nats renew-credentials --dir DIR/nats',
    'pki inspect DIR/ca.pem',
    'pki check DIR/root.pem',
  ])('is one document with the keys that the page has: %s', async (line) => {
    expectDocumented(line, JSON.parse(await documentOf(line)) as object);
  });

  it.each([
    ['history', { conditions: [] }],
    ['proofs', { proofs: [] }],
    ['notifications list', { webhooks: [] }],
    ['audit list', { entries: [], heads: [], total: 0 }],
  ])('is so of what mgmt answers: %s', async (line, body) => {
    const server = await startMeshServer(() => ({ status: 200, body }));
    const text = await documentOf(line, '--server', server.url, '--mesh', 'demo').finally(() => server.stop());
    expectDocumented(line, JSON.parse(text) as object);
  });
});

function expectDocumented(line: string, document: object): void {
  const [, keys = []] = [...documented].find(([verb]) => line === verb || line.startsWith(`${verb} `)) ?? [];
  const found = Object.keys(document);
  expect(found).not.toEqual([]);
  expect(found.filter((key) => !keys.includes(key))).toEqual([]);
}
