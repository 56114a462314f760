import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { CorpusCase } from '@reroot/shared/testing';
import { z } from 'zod';
import { goEnvironment } from '../servers/build-go-server.ts';
import { runCommand } from '../servers/run-command.ts';

/** The program uses the standard library only: what is not in Go's build cache is compiled in a minute. */
const buildTimeoutMs = 5 * 60_000;
const verifyTimeoutMs = 60_000;

const verdictsSchema = z.array(z.strictObject({ server: z.string(), any: z.string() }));

/** What crypto/x509 says of a chain; an empty text holds it for good. */
export type GoVerdict = z.infer<typeof verdictsSchema>[number];

/**
 * Has Go's crypto/x509 verify chains: for servers, which is its default and how istiod loads a CA, and for any purpose.
 * @throws Error with go's last words when the program cannot be built or run
 */
export async function askGo(cases: readonly CorpusCase[], signal: AbortSignal): Promise<readonly GoVerdict[]> {
  const folder = await mkdtemp(join(tmpdir(), 'reroot-go-x509-'));
  try {
    const program = join(folder, 'go-x509');
    const options = { cwd: import.meta.dirname, env: goEnvironment(process.env), signal, timeoutMs: buildTimeoutMs };
    await runCommand('go', ['build', '-trimpath', '-o', program, '.'], options);
    return verdictsSchema.parse(JSON.parse(await answer(program, JSON.stringify({ cases: cases.map(toQuestion) }), signal)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function toQuestion({ chain, roots, atMs }: CorpusCase): unknown {
  const [base64Chain, base64Roots] = [chain, roots].map((ders) => ders.map((der) => der.toString('base64')));
  return { chain: base64Chain, roots: base64Roots, atSeconds: atMs / 1000 };
}

async function answer(program: string, question: string, signal: AbortSignal): Promise<string> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(verifyTimeoutMs)]);
  const child = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'], signal: deadline });
  // A program that ends early closes the pipe; its exit code says more than that does.
  child.stdin.on('error', () => undefined);
  child.stdin.end(question);
  const exit = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  const [output, code] = await Promise.all([text(child.stdout), exit]);
  if (code !== 0) throw new Error(`${program} ended with exit code ${code ?? 'unknown'}`);
  return output;
}
