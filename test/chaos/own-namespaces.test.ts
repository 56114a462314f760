import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runWithOwnNamespaces } from './own-namespaces.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-namespaces-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function run(text: string): Promise<number> {
  const program = join(dir, 'program.mjs');
  await writeFile(program, text);
  return runWithOwnNamespaces(program, []);
}

describe('a program in namespaces of its own', () => {
  it.each([0, 1, 3])('gives its exit code %i', async (code) => {
    expect(await run(`process.exit(${code})`)).toBe(code);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGKILL', 137],
  ])('that %s ends, ends with %i, as in a shell, and not as one in which something did not hold', async (signal, code) => {
    expect(await run(`process.kill(process.pid, '${signal}'); setInterval(() => undefined, 1_000)`)).toBe(code);
  });

  it('is interrupted with the one that started it, even before it takes signals', async () => {
    const program = join(dir, 'program.mjs');
    await writeFile(program, "process.kill(process.ppid, 'SIGTERM'); setInterval(() => undefined, 1_000)");
    const starter = join(dir, 'starter.mjs');
    const source = pathToFileURL(join(import.meta.dirname, 'own-namespaces.ts')).href;
    await writeFile(
      starter,
      `import { runWithOwnNamespaces } from '${source}';\nprocess.exitCode = await runWithOwnNamespaces('${program}', []);`,
    );
    const [code] = (await once(spawn(process.execPath, [starter]), 'exit')) as [number | null];
    expect(code).toBe(130);
  });
});
