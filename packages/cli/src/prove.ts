import { type ApiClient, type ProofStatus, renderProof } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { type Command, Option } from 'commander';
import { byOption } from './act-options.ts';
import { type CommonOptions, chooseMesh, connect } from './connection.ts';
import { printData, say } from './print.ts';
import type { Shell } from './shell.ts';
import { readWait } from './span.ts';

interface ProveOptions extends CommonOptions {
  readonly check: readonly string[];
  readonly by?: string;
  readonly wait: boolean;
  readonly timeout: number;
}

const pollMs = 500;

/** `reroot prove`: has a mesh proven now, and shows what has come of it. */
export function defineProve(verb: Command, shell: Shell): void {
  verb
    .description('have a mesh proven now by every check of automatic verification; changes nothing')
    .option('--check <name>', 'this check alone; may be given several times', collect, [])
    .addOption(byOption())
    .option('--no-wait', 'begin it only')
    .option('--wait', 'wait for it', true)
    .addOption(
      new Option('--timeout <span>', 'how long to wait for it; it goes on by itself afterwards')
        .argParser(readWait)
        .default(readWait('3m'), '3m'),
    )
    .action((_, command: Command) => runProve(command.optsWithGlobals(), shell));
}

async function runProve(options: ProveOptions, shell: Shell): Promise<void> {
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  const { by = shell.user, check: checks } = options;
  const begun = await client.prove(mesh, { by, ...(checks.length === 0 ? {} : { checks }) }, shell.signal);
  say(shell, `proof ${begun.id} of mesh ${mesh} has begun`);
  const proof = options.wait ? await waitFor(client, mesh, begun, options.timeout, shell) : begun;
  await printProof(shell, options, proof);
  if (proof.outcome === 'passed' || proof.outcome === 'running') return;
  throw new RerootError('RR_PROOF_FAILED', `mesh ${mesh} is not proven: ${proof.message}`);
}

/** A proof on stdout, in the format asked for. */
export async function printProof(shell: Shell, { output }: CommonOptions, proof: ProofStatus): Promise<void> {
  await printData(shell, { output }, proof, () => renderProof(proof, shell.out.paint));
}

async function waitFor(
  client: ApiClient,
  mesh: string,
  begun: ProofStatus,
  timeoutMs: number,
  { clock, signal, err }: Shell,
): Promise<ProofStatus> {
  const deadlineMs = clock.now() + timeoutMs;
  let said = '';
  for (let proof = begun; ; proof = await client.readProof(mesh, begun.id, signal)) {
    if (proof.outcome !== 'running') return proof;
    if (proof.message !== said) err.write(`${proof.message}\n`);
    said = proof.message;
    if (clock.now() >= deadlineMs) {
      throw new RerootError('RR_PROOF_TIMEOUT', `after ${timeoutMs / 1_000} s proof ${begun.id} is not made: ${proof.message}`);
    }
    await clock.sleep(pollMs, signal);
  }
}

function collect(name: string, before: readonly string[]): readonly string[] {
  return [...before, name];
}
