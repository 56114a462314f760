import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { meshName } from '../scenarios/mesh-fleet.ts';
import type { Canaries } from './canaries.ts';
import { joinSecrets } from './fleet-secrets.ts';
import { type Run, runProgram } from './run-program.ts';
import { type MisplacedFilesOptions, startEach, type WriteStart, writeSecretFile } from './start-each.ts';

interface JoinFileText {
  readonly nats: { readonly credentials: object };
  readonly enrolment: object;
}

/** Starts an agent once with each file that is wrong. @returns how each start ended */
export async function startAgentsWithMisplacedSecrets(options: MisplacedFilesOptions): Promise<ReadonlyMap<string, Run>> {
  const { dir, canaries } = options;
  const good = JSON.parse(await readFile(join(dir, 'cluster-1.join.json'), 'utf8')) as JoinFileText;
  const starts = {
    ...withWrongJoinFile(good, canaries),
    'with the join file of another user': withOtherUser(good, options),
    'with a private key as a public one': withPrivateKeyOfMgmt(canaries),
  };
  const place = ['--fleet-url', 'http://127.0.0.1:1', '--cluster', 'cluster-1', '--secrets-dir', dir];
  // Where NATS lets it in no more it would try for ever.
  const run = { ...options, until: 'the agent is not enrolled yet' };
  return startEach('agent', starts, dir, (file) => runProgram('agent', ['--config', file, ...place], run));
}

function withWrongJoinFile(good: JoinFileText, canaries: Canaries): Readonly<Record<string, WriteStart>> {
  return {
    'with a join file of wrong values': async (folder) => {
      const own = [joinFileIn(folder)];
      const enrolment = { ...good.enrolment, token: canaries.token(own), tokenId: canaries.phrase(own) };
      const credentials = { ...good.nats.credentials, seed: `${canaries.seed(own)}\n${canaries.key(own).repeat(2)}` };
      return writeStart(folder, JSON.stringify({ ...good, enrolment, nats: { ...good.nats, credentials } }));
    },
    'with a join file that is no YAML': async (folder) => {
      const own = [joinFileIn(folder)];
      const lines = ['kind: JoinFile', `token: "${canaries.phrase(own)}`, `seed: *${canaries.seed(own)}`, canaries.key(own)];
      return writeStart(folder, lines.join('\n'));
    },
  };
}

function withOtherUser(good: JoinFileText, { dir, canaries, ledger }: MisplacedFilesOptions): WriteStart {
  return async (folder) => {
    const file = joinFileIn(folder);
    const credentials = { ...good.nats.credentials, seed: canaries.seed([file]) };
    const text = await writeStart(folder, JSON.stringify({ ...good, nats: { ...good.nats, credentials } }));
    ledger.add(...(await joinSecrets(file, join(dir, 'data', 'reroot.db'))));
    return text;
  };
}

/** An agent that is told everything, and not rightly. */
function withPrivateKeyOfMgmt(canaries: Canaries): WriteStart {
  return async (folder, config) => {
    const keyFile = join(folder, 'agent.key');
    const privateKeyFile = await writeSecretFile(keyFile, canaries.key([keyFile]));
    const nats = { servers: ['nats://127.0.0.1:1'] };
    const told = { mesh: meshName, cluster: 'cluster-1', nats, identity: { privateKeyFile } };
    return JSON.stringify({ ...told, mgmt: { publicKeys: [canaries.key([config])] } });
  };
}

function joinFileIn(folder: string): string {
  return join(folder, 'join.yaml');
}

async function writeStart(folder: string, joinFile: string): Promise<string> {
  const file = await writeSecretFile(joinFileIn(folder), joinFile);
  return JSON.stringify({ join: { file, state: { dir: join(folder, 'link') } }, log: { level: 'debug' } });
}
