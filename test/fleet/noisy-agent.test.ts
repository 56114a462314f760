import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Mgmt, mgmtConfigSchema, startMgmt } from '@reroot/mgmt';
import { createApiClient } from '@reroot/shared/api';
import { systemClock } from '@reroot/shared/clock';
import { createLogger } from '@reroot/shared/log';
import { generateIdentity, subjects } from '@reroot/shared/protocol';
import { settledMemoryBytes, startNatsServer } from '@reroot/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Flooded, FloodOrder } from './noisy/flood-main.ts';
import { thisThread, threadsOf } from './noisy/run-delay.ts';
import type { Answered, SteadyOptions } from './noisy/steady-main.ts';

const mesh = 'demo';
const noisy = 'noisy';
const steady = Array.from({ length: 19 }, (_, index) => `steady-${index}`);

/** Large reports are a quarter of a megabyte: so many fill what a network has. */
const perSecond = { garbage: 10_000, valid: 10_000, large: 200 } as const;
/** Of quiet, and then of flood: long enough that one answer of twenty is not the odd one of a busy machine. */
const seconds = 8;
/** What a busy machine adds by itself, to most answers and to one of twenty: below it, twice as long means nothing. */
const floorMs = { median: 20, p95: 40 };
const maxGrowthBytes = 8 * 2 ** 20;
const timeoutMs = 300_000;

let mgmt: Mgmt;
let lines: Record<string, unknown>[];
let agents: ChildProcess;
let flooder: ChildProcess;
const stops: (() => Promise<unknown>)[] = [];

/** mgmt has this process for itself: the agents run in others. */
beforeAll(async () => {
  const nats = await startNatsServer();
  stops.push(() => nats.stop());
  const dir = await mkdtemp(join(tmpdir(), 'reroot-noisy-'));
  stops.push(() => rm(dir, { recursive: true }));
  const writeSecret = async (name: string, content: string): Promise<string> => {
    await writeFile(join(dir, name), content);
    await chmod(join(dir, name), 0o600);
    return join(dir, name);
  };
  const mgmtKey = generateIdentity();
  const keys = new Map([noisy, ...steady].map((cluster) => [cluster, generateIdentity()]));
  const config = mgmtConfigSchema.parse({
    dataDir: join(dir, 'data'),
    nats: { servers: [nats.url] },
    api: { port: 0 },
    identity: { privateKeyFile: await writeSecret('mgmt.key', mgmtKey.privateKeyPem) },
    keyStore: { passphraseFile: await writeSecret('passphrase', 'correct horse battery staple\n') },
    clusters: Object.fromEntries([...keys].map(([cluster, { publicKeyPem }]) => [cluster, { publicKey: publicKeyPem }])),
    // Nothing but the answers to reports is said while these tests measure.
    timings: { resyncMs: 2_147_483_647, silentAfterMs: 3_600_000 },
  });
  lines = [];
  const stream = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  const outside = { clock: systemClock, random: Math.random, log: createLogger({ level: 'info', name: 'mgmt', stream }) };
  mgmt = await startMgmt({ config, ...outside, signal: new AbortController().signal, scryptCost: 2 ** 10 });
  stops.push(() => mgmt.stop());
  await createApiClient({ server: mgmt.apiUrl }).applyMesh(mesh, meshDocument(), new AbortController().signal);
  const voiceOf = (cluster: string) => {
    const { privateKeyPem } = keys.get(cluster)!;
    return { natsUrl: nats.url, mesh, cluster, privateKeyPem, mgmtPublicKeyPem: mgmtKey.publicKeyPem };
  };
  const others = [...thisThread(), ...threadsOf(nats.pid)];
  agents = await start('steady-main.ts', { agents: steady.map(voiceOf), others } satisfies SteadyOptions);
  flooder = await start('flood-main.ts', voiceOf(noisy));
});

afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
});

describe('one agent that sends 10,000 reports a second', () => {
  it(
    'is refused before anything is looked at, keeps no other agent waiting, and fills no memory',
    async () => {
      await floodWith('garbage');
      const heapBytes = settledMemoryBytes();
      for (const what of ['garbage', 'valid', 'large'] as const) {
        const { quiet, flooded } = await floodWith(what);
        const figures = JSON.stringify({ what, quiet, flooded });
        expect(flooded.medianMs, figures).toBeLessThanOrEqual(Math.max(2 * quiet.medianMs, floorMs.median));
        expect(flooded.p95Ms, figures).toBeLessThanOrEqual(Math.max(2 * quiet.p95Ms, floorMs.p95));
      }
      expect(settledMemoryBytes() - heapBytes).toBeLessThan(maxGrowthBytes);
      const subject = subjects.report(mesh, noisy);
      const refused = lines.filter((line) => line['subject'] === subject);
      expect(refused.map(({ code }) => code)).toContain('RR_RATE_LIMITED');
      // One line for each reason in each minute, however many there were.
      expect(refused.length).toBeLessThan(10);
    },
    timeoutMs,
  );
});

/** How long answers take. */
interface Waits {
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly answers: number;
}

/** How long mgmt takes to answer the steady agents for some seconds, and then in a flood that lasts as long. */
async function floodWith(what: FloodOrder['what']): Promise<{ quiet: Waits; flooded: Waits }> {
  flooder.send({ what, perSecond: perSecond[what], seconds } satisfies FloodOrder);
  await once(flooder, 'message');
  agents.send('start');
  await delay(seconds * 1_000);
  flooder.send('go');
  const [{ fromMs, toMs, sent }] = (await once(flooder, 'message')) as [Flooded];
  agents.send('stop');
  const [answered] = (await once(agents, 'message')) as [readonly Answered[]];
  // A machine that is busy with other things makes it less; half a core sends as many as were asked for.
  expect((sent / (toMs - fromMs)) * 1_000).toBeGreaterThan(perSecond[what] / 4);
  expect(answered.filter(({ tookMs }) => tookMs === null)).toEqual([]);
  return {
    quiet: waitsOf(answered.filter(({ askedAtMs, tookMs }) => askedAtMs + (tookMs ?? 0) < fromMs)),
    flooded: waitsOf(answered.filter(({ askedAtMs }) => fromMs <= askedAtMs && askedAtMs <= toMs)),
  };
}

/** Without the times at which those who took part had no processor: on machines of their own there are none. */
function waitsOf(answered: readonly Answered[]): Waits {
  const sorted = answered
    .map(({ tookMs, delayedMs }) => Math.max(0, (tookMs ?? Number.POSITIVE_INFINITY) - delayedMs))
    .toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.POSITIVE_INFINITY;
  return { medianMs: at(0.5), p95Ms: at(0.95), answers: sorted.length };
}

async function start(program: string, options: unknown): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, 'noisy', program), [JSON.stringify(options)], { execArgv: [] });
  stops.push(async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  });
  await once(child, 'message');
  return child;
}

function meshDocument(): string {
  return `
apiVersion: reroot.dev/v1
kind: VirtualMesh
metadata: { name: ${mesh} }
spec:
  clusters: [${[noisy, ...steady].join(', ')}]
  mtlsConfig:
    shared:
      rootCertificateAuthority: { generated: { keyAlgorithm: KEY_ALGORITHM_ECDSA_P256, orgName: reroot } }
      intermediateCertOptions: { keyAlgorithm: KEY_ALGORITHM_ECDSA_P256 }
      certificateRotation: { verification: { none: {} } }
`;
}
