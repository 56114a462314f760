import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { ReplicaStatus } from '@reroot/shared/api';
import { monotonicClock } from '@reroot/shared/clock';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import type { Lifecycle } from '@reroot/shared/lifecycle';
import { keyringOf } from '@reroot/shared/protocol';
import { createForward, createHandOverDoor } from './api/index.ts';
import { createElector, type Elector, type LeaseLock, type ReplicasConfig, replicasOf, tenureOf } from './leadership/index.ts';
import { openApi } from './open-api.ts';
import { type Ground, type MgmtOptions, type OpenStore, openGround } from './open-ground.ts';
import { loadIdentities } from './open-link.ts';
import { createReplicaStages } from './replica-stages.ts';
import { createStages, type Stages } from './stage.ts';

/** What replicas share. */
export interface SharedByReplicas {
  readonly openStore: OpenStore;
  /** Opens what they contend for. */
  readonly openLock: (lifecycle: Lifecycle) => Promise<LeaseLock>;
}

/** What of the configuration says how a replica is known, and reached. */
type Reached = Pick<ReplicasConfig, 'identity' | 'advertise'>;

/**
 * Starts one of several replicas. It stands by at once, and contends for the lease for as long as it runs.
 * @returns the URL under which the API answers
 */
export async function startReplica(options: MgmtOptions, shared: SharedByReplicas, lifecycle: Lifecycle): Promise<string> {
  const replicas = replicasOf(options.config);
  const me = nameReplica(replicas, process.env);
  const running: { elector?: Elector } = {};
  const stages = createStages();
  const ground = await openGround(options, shared.openStore, lifecycle);
  const door = createHandOverDoor(await ownKeys(ground), ground.clock);
  const tenure = (): string | undefined => (leads(running.elector, me) ? tenureOf(running.elector?.leader()) : undefined);
  const api = openApi(ground, stages, (header, { method, url, headers }) =>
    door.open(header, { method, url, headers }, tenure()),
  );
  const stage = createReplicaStages(
    {
      ...ground,
      countLive: () => api.countLive(),
      describeReplica: () => describe(running.elector, stages, me),
      isCutOff: () => running.elector?.isCutOff() === true,
    },
    stages,
    await openForward(ground, stages, { me, leader: () => running.elector?.leader() }),
  );
  await stage.standBy();
  const lock = await shared.openLock(lifecycle);
  const url = await api.listen(lifecycle);
  const elector = createElector({
    ...{ lock, identity: me, address: addressOf(replicas, url, process.env), timings: replicas.lease },
    ...{ clock: monotonicClock, wallNow: () => ground.clock.now(), random: ground.random, log: ground.log },
    lead: (tenure) => {
      ground.registry.count('reroot_leases_taken_total', {});
      return stage.lead(tenure);
    },
  });
  running.elector = elector;
  contend(elector, stage, lifecycle);
  return url;
}

/** Until mgmt stops. The lease is given back before the API closes, so that another one leads by then. */
function contend(elector: Elector, stage: ReturnType<typeof createReplicaStages>, lifecycle: Lifecycle): void {
  const ending = new AbortController();
  const contending = elector.run(ending.signal);
  lifecycle.add('stage', () => stage.close());
  lifecycle.add('lease', async () => {
    stage.end();
    ending.abort(new Error('mgmt stops'));
    await contending;
  });
}

/** A process that comes after another is another replica: it must not take the lease of one that may still run for its own. */
function nameReplica({ identity }: Reached, { POD_NAME }: NodeJS.ProcessEnv): string {
  return `${identity ?? POD_NAME ?? hostname()}_${randomBytes(4).toString('hex')}`;
}

/** Where the other replicas reach this one. @param url where it listens */
function addressOf({ advertise }: Reached, url: string, { POD_IP }: NodeJS.ProcessEnv): string {
  if (advertise !== undefined) return advertise;
  const { protocol, port } = new URL(url);
  if (POD_IP === undefined || POD_IP === '') return url;
  return `${protocol}//${POD_IP.includes(':') ? `[${POD_IP}]` : POD_IP}:${port}`;
}

async function ownKeys({ config }: Ground): Promise<ReturnType<typeof keyringOf>> {
  const { current, next } = await loadIdentities(config.identity);
  return keyringOf([current, ...(next === undefined ? [] : [next])].map(({ publicKeyPem }) => publicKeyPem));
}

/** Whoever asks is held for as long as it takes that somebody leads again. */
async function openForward(
  ground: Ground,
  stages: Stages,
  { me, leader }: { readonly me: string; readonly leader: Elector['leader'] },
): Promise<ReturnType<typeof createForward>> {
  const { config, identity, clock, signal, registry } = ground;
  const { caFile, serverName, lease } = replicasOf(config);
  return createForward({
    ...{ identity, me, clock, serverName, signal, caPem: caFile === undefined ? undefined : await readCa(caFile) },
    waitForLeaderMs: lease.durationMs + 2 * lease.retryMs + 1_000,
    leader: () => {
      if (isLeading(stages)) return 'here';
      const found = leader();
      const tenure = tenureOf(found);
      return found === undefined || tenure === undefined || found.holder === me ? undefined : { tenure, address: found.address };
    },
    onForwarded: (outcome) => registry.count('reroot_forwarded_requests_total', { outcome }),
  });
}

async function readCa(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const place = 'replicas.caFile';
    throw new RerootError('RR_CONFIG_UNREADABLE', `cannot read the CA of the replicas: ${errorMessage(cause)}`, { place, cause });
  }
}

/** What is handed over by nobody is answered here. */
function isLeading(stages: Stages): boolean {
  return stages.current().api.forward === undefined;
}

function leads(elector: Elector | undefined, me: string): boolean {
  return elector?.leader()?.holder === me;
}

/** It leads once its stage is entered: until then it only holds the lease. */
function describe(elector: Elector | undefined, stages: Stages, me: string): ReplicaStatus {
  const leader = elector?.leader();
  return {
    ...{ name: me, role: leader?.holder === me && isLeading(stages) ? 'leader' : 'standby' },
    ...(leader === undefined
      ? {}
      : { leader: { name: leader.holder, since: leader.acquiredAt, transitions: leader.transitions } }),
  };
}
