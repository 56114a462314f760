import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { MeshStatus, VerificationAnswer } from '@reroot/shared/api';
import { assertNever, toRerootError } from '@reroot/shared/errors';
import { repository } from '../architecture/sources.ts';
import type { ChaosFleet } from './chaos-fleet.ts';
import type { ClusterName, OperatorAct } from './fault.ts';
import { judgeRepeat, type Violation } from './invariants.ts';
import { meshName } from './mesh.ts';

/** What an act came to. */
export interface ActOutcome {
  /** `done`, the code of a refusal, or why there was nothing to do. */
  readonly said: string;
  readonly violations: readonly Violation[];
}

/** What an operator sees as they act. */
export interface Sight {
  readonly status: MeshStatus;
  /** An earlier status of the same rotation, whose generation is over. */
  readonly former: MeshStatus | undefined;
}

const by = 'chaos';
const why = 'chance has it so';
const cliTimeoutMs = 20_000;

/** Acts as an operator does; a refusal is an answer, and no failure. */
export async function act(
  fleet: ChaosFleet,
  deed: OperatorAct,
  via: 'api' | 'cli',
  { status, former }: Sight,
  signal: AbortSignal,
): Promise<ActOutcome> {
  switch (deed) {
    case 'repeat':
      return repeat(fleet, status, signal);
    case 'stale':
      return answerStale(fleet, former, signal);
    case 'start':
    case 'continue':
    case 'roll-back':
    case 'retry':
    case 'abort':
      return via === 'cli' ? actByCli(fleet, deed, signal) : actByApi(fleet, deed, status, signal);
  }
  return assertNever(deed);
}

/** Excludes a cluster; `include` has it come back. */
export async function exclude(
  { api }: ChaosFleet,
  cluster: ClusterName,
  signal: AbortSignal,
): Promise<{ readonly outcome: ActOutcome; readonly include: () => Promise<ActOutcome> }> {
  const outcome = await outcomeOf(() => api.excludeCluster(meshName, cluster, { by, why }, signal));
  return { outcome, include: () => outcomeOf(() => api.includeCluster(meshName, cluster, { by, why }, signal)) };
}

type PlainAct = Exclude<OperatorAct, 'repeat' | 'stale'>;

async function actByApi({ api }: ChaosFleet, deed: PlainAct, status: MeshStatus, signal: AbortSignal): Promise<ActOutcome> {
  const { rotation } = status;
  const about = { rotationId: rotation?.id ?? '', by, why };
  if (deed !== 'start' && rotation === undefined) return { said: 'there is no rotation', violations: [] };
  return outcomeOf(() => {
    switch (deed) {
      case 'start':
        return api.startRotation(meshName, { by }, signal);
      case 'retry':
        return api.retryRotation(meshName, about, signal);
      case 'abort':
        return api.abortRotation(meshName, about, signal);
      case 'continue':
        return api.answerVerification(meshName, answerTo(status, 'CONTINUE'), signal);
      case 'roll-back':
        return api.answerVerification(meshName, answerTo(status, 'ROLLBACK'), signal);
    }
    return assertNever(deed);
  });
}

const cliWords: Readonly<Record<PlainAct, readonly string[]>> = {
  start: ['rotate', '--no-wait', '--yes'],
  retry: ['retry'],
  abort: ['abort'],
  continue: ['verify', '--continue'],
  'roll-back': ['verify', '--rollback'],
};

async function actByCli({ api, dir }: ChaosFleet, deed: PlainAct, signal: AbortSignal): Promise<ActOutcome> {
  const cli = join(repository, 'packages/cli/src/main.js');
  const args = [...cliWords[deed], '--mesh', meshName, '--server', api.server, '--by', by, '--why', why];
  const env = { ...process.env, XDG_CONFIG_HOME: join(dir, 'config') };
  try {
    await promisify(execFile)(process.execPath, [cli, ...args], { env, signal, timeout: cliTimeoutMs });
    return { said: 'done', violations: [] };
  } catch (thrown) {
    signal.throwIfAborted();
    const { stderr = '' } = thrown as { readonly stderr?: string };
    const code = /error (RR_\w+)/.exec(stderr)?.[1] ?? `no code: ${stderr.slice(0, 300)}`;
    return { said: code, violations: internal(code) };
  }
}

/** Twice with one key: the same answer must come. Once more with another key: what was taken is over, and must be refused. */
async function repeat(fleet: ChaosFleet, status: MeshStatus, signal: AbortSignal): Promise<ActOutcome> {
  if (status.rotation === undefined) return { said: 'there is no rotation', violations: [] };
  const body = JSON.stringify(answerTo(status, 'CONTINUE'));
  const key = `"chaos-${crypto.randomUUID()}"`;
  const send = async (idempotencyKey: string): Promise<string> => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': idempotencyKey };
    const url = `${fleet.api.server}/v1/meshes/${meshName}/verification`;
    try {
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(cliTimeoutMs)]);
      const answer = await fetch(url, { method: 'POST', headers, body, signal: deadline });
      return `${answer.status} ${await answer.text()}`;
    } catch {
      signal.throwIfAborted();
      return 'no answer';
    }
  };
  const answers = {
    first: await send(key),
    again: await send(key),
    withOtherKey: await send(`"chaos-${crypto.randomUUID()}"`),
  };
  const codes = Object.values(answers).map((each) => each.slice(0, 3));
  return { said: codes.join(', then '), violations: judgeRepeat(answers) };
}

/** An answer to a moment that is over must be refused: one that any state has a use for, so that nothing else refuses it. */
async function answerStale({ api }: ChaosFleet, former: MeshStatus | undefined, signal: AbortSignal): Promise<ActOutcome> {
  if (former === undefined) return { said: 'nothing is over yet', violations: [] };
  const outcome = await outcomeOf(() => api.answerVerification(meshName, answerTo(former, 'ROLLBACK'), signal));
  if (outcome.said !== 'done') return outcome;
  const message = `an answer to generation ${former.generation}, which is over, was taken`;
  return { said: 'done', violations: [{ invariant: 'stale-acts', message }] };
}

function answerTo({ rotation, step, generation }: MeshStatus, action: VerificationAnswer['action']) {
  return { rotationId: rotation?.id ?? '', step, generation, action, by, why };
}

async function outcomeOf(work: () => Promise<unknown>): Promise<ActOutcome> {
  try {
    await work();
    return { said: 'done', violations: [] };
  } catch (thrown) {
    const { code } = toRerootError(thrown);
    return { said: code, violations: internal(code) };
  }
}

/** Whatever goes wrong, an operator is told what it is. */
function internal(code: string): readonly Violation[] {
  return code === 'RR_INTERNAL' ? [{ invariant: 'processes', message: 'an act was answered with RR_INTERNAL' }] : [];
}
