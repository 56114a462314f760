import { setTimeout as delay } from 'node:timers/promises';
import { openMgmtEnd } from '@reroot/mgmt/testing-end';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { generateIdentity } from '@reroot/shared/protocol';
import { type NatsServer, startNatsServer } from '@reroot/shared/testing-nats';
import { connectBus } from '@reroot/shared/transport';
import { connect as connectNats } from 'nats';
import { type BenchMesh, makeBenchMesh, mesh } from './crowd/bench-mesh.ts';
import { type BareWork, type Connect, nowMs } from './crowd/orders.ts';
import { type Arrival, mostProcesses, type StartedCrowd, startCrowd } from './crowd/start-crowd.ts';
import { type BenchRun, defineBench, measured, type Result } from './frame/bench.ts';
import { type Sample, sampleOf, scaled } from './frame/sample.ts';

const goal = { atMost: 1.5 };
const roundTimeoutMs = 60_000;

/** One way to tell everybody and to hear everybody. */
interface Side {
  /** How long it takes until the last one has it, and what this process takes for it. */
  tell(): Promise<Told>;
  /** How long it takes from when all are asked to speak until the last one was heard, and what this process takes. */
  hear(): Promise<Heard>;
}

interface Told {
  readonly lastMs: number;
  readonly cpuMs: number;
}

interface Heard {
  readonly lastMs: number;
  readonly cpuMs: number;
}

export default defineBench({
  about: 'tells every agent a new generation, until the last one has verified and holds it, and hears all of their reports',
  params: { links: [100, 1_000, 5_000], repeats: 7, processes: 2 },
  takes: { processes: { to: mostProcesses } },
  measure: async ({ links, repeats, processes }, run) => {
    const results: Result[] = [];
    for (const count of links) {
      run.progress(`${count} links`);
      results.push(...(await measureCount(count, repeats, processes, run)));
    }
    return results;
  },
});

async function measureCount(count: number, repeats: number, processes: number, run: BenchRun): Promise<readonly Result[]> {
  const undo: (() => Promise<unknown>)[] = [];
  try {
    const nats = await startNatsServer();
    undo.push(() => nats.kill());
    const benchMesh = await makeBenchMesh(count);
    const start = (kind: 'links' | 'bare'): StartedCrowd => {
      const crowd = startCrowd(kind, processes, run.signal);
      undo.push(() => crowd.stop());
      return crowd;
    };
    const [links, bare] = [start('links'), start('bare')];
    const ours = await openOurs(nats, benchMesh, links, run);
    undo.push(ours.close);
    const peer = await openBare(nats, benchMesh, bare, () => ours.bytes());
    undo.push(peer.close);
    run.progress(`${count} links and as many bare ones stand`);
    const rounds: Round[] = [];
    for (let round = 0; round <= repeats; round += 1) {
      const found = await takeRound(ours.side, peer.sideWith);
      if (round > 0) rounds.push(found);
    }
    return [...summarise(count, rounds), ...ours.figures()];
  } finally {
    for (const each of undo.toReversed()) await each();
  }
}

interface Round {
  readonly ours: Told & { readonly heard: Heard };
  readonly bare: Told & { readonly heard: Heard };
  readonly verifying: Told;
}

async function takeRound(ours: Side, peerWith: (work: BareWork) => Side): Promise<Round> {
  const [bare, verifying] = [peerWith('none'), peerWith('one-verification')];
  const told = await ours.tell();
  const heard = await ours.hear();
  return {
    ours: { ...told, heard },
    bare: { ...(await bare.tell()), heard: await bare.hear() },
    verifying: await verifying.tell(),
  };
}

function summarise(count: number, rounds: readonly Round[]): readonly Result[] {
  const of = (pick: (round: Round) => number): Sample => sampleOf(rounds.map(pick));
  const perLink = (sample: Sample): Sample => scaled(sample, 1_000 / count);
  const ms = (metric: string, value: Sample, peer: Sample, is = 'bare NATS', held: typeof goal | undefined = goal): Result => ({
    ...{ metric: `${count} links: ${metric}`, unit: 'ms', value, limit: measured(is, peer, held) },
  });
  const us = (metric: string, value: Sample, peer: Sample): Result => ({
    ...{ metric: `${count} links: ${metric}`, unit: 'µs', value: perLink(value), limit: measured('bare NATS', perLink(peer)) },
  });
  const told = of(({ ours }) => ours.lastMs);
  return [
    ms(
      'decision to the last agent that holds it',
      told,
      of(({ bare }) => bare.lastMs),
    ),
    ms(
      'the same beside subscribers that verify one signature each',
      told,
      of(({ verifying }) => verifying.lastMs),
      'bare NATS, verifying',
    ),
    ms(
      'asked to the last report taken in',
      of(({ ours }) => ours.heard.lastMs),
      of(({ bare }) => bare.heard.lastMs),
    ),
    us(
      'of a core of mgmt for each agent told',
      of(({ ours }) => ours.cpuMs),
      of(({ bare }) => bare.cpuMs),
    ),
    us(
      'of a core of mgmt for each report',
      of(({ ours }) => ours.heard.cpuMs),
      of(({ bare }) => bare.heard.cpuMs),
    ),
  ];
}

/** mgmt and the agents. */
async function openOurs(nats: NatsServer, benchMesh: BenchMesh, crowd: StartedCrowd, run: BenchRun) {
  const { members, report, roots } = benchMesh;
  const count = members.length;
  const mgmt = generateIdentity();
  const before = await crowd.usage();
  const agents = await crowd.connect({ ...connectTo(nats, benchMesh), agent: { mgmtPublicKey: mgmt.publicKeyPem, report } });
  const after = await crowd.usage();
  run.progress(`${count} links stand`);
  const bus = await connectBus({ servers: [nats.url], name: 'reroot-mgmt', log: silentLog, signal: run.signal });
  const bytes = { trust: 0, report: 0 };
  const counted = {
    ...bus,
    publish: (subject: string, payload: Uint8Array) => {
      bytes.trust = payload.length;
      bus.publish(subject, payload);
    },
  };
  const end = openMgmtEnd({ bus: counted, mesh, identity: mgmt.identity, agents, roots, clock: systemClock });
  await bus.flush();
  const side: Side = {
    tell: async () => {
      const arrival = await crowd.expect({ kind: 'generation', generation: end.nextGeneration() });
      return timeTelling(arrival, () => end.tellAll());
    },
    hear: async () => {
      const heard = countUpTo(count);
      end.onTaken((_, size) => {
        bytes.report = size;
        heard.note();
      });
      const describe = (): string => {
        const { incomingDropped, reconnects } = bus.stats();
        return `${heard.noted()} of ${count} heard, ${incomingDropped} dropped, ${reconnects} reconnections, refused: ${end.refused().join('; ')}`;
      };
      const found = await timeHearing(heard.all, () => crowd.speak(0), describe);
      const [refused] = end.refused();
      if (refused !== undefined) throw new Error(`mgmt has refused a report: ${refused}`);
      return found;
    },
  };
  return {
    side,
    bytes: () => bytes,
    figures: (): readonly Result[] => [
      { metric: `${count} links: memory of each`, unit: 'KiB', value: ((after.rssMiB - before.rssMiB) * 1_024) / count },
      { metric: `${count} links: desired trust, sealed`, unit: 'bytes', value: bytes.trust },
      { metric: `${count} links: report, sealed`, unit: 'bytes', value: bytes.report },
    ],
    close: async () => {
      end.close();
      await bus.close();
    },
  };
}

/** A publisher and subscribers that do nothing else. */
async function openBare(
  nats: NatsServer,
  benchMesh: BenchMesh,
  crowd: StartedCrowd,
  bytes: () => { readonly trust: number; readonly report: number },
) {
  const { members } = benchMesh;
  await crowd.connect(connectTo(nats, benchMesh));
  const connection = await connectNats({ servers: [nats.url], name: 'bare' });
  let heard = countUpTo(0);
  connection.subscribe(`bare.${mesh}.*.report`, { callback: () => heard.note() });
  await connection.flush();
  const sideWith = (work: BareWork): Side => ({
    tell: async () => {
      const payload = new Uint8Array(bytes().trust).fill(7);
      const arrival = await crowd.expect({ kind: 'message', work });
      const publish = (): void => {
        for (const { cluster } of members) connection.publish(`bare.${mesh}.${cluster}.trust`, payload);
      };
      return timeTelling(arrival, publish);
    },
    hear: async () => {
      heard = countUpTo(members.length);
      return timeHearing(heard.all, () => crowd.speak(bytes().report));
    },
  });
  return { sideWith, close: () => connection.close() };
}

function connectTo(nats: NatsServer, { members }: BenchMesh): Pick<Connect, 'url' | 'mesh' | 'links'> {
  return { url: nats.url, mesh, links: members };
}

async function timeTelling(arrival: Arrival, tell: () => void): Promise<Told> {
  const [cpuBefore, startedMs] = [process.cpuUsage(), nowMs()];
  tell();
  const moments = await within(arrival.arrived);
  return { lastMs: (moments.at(-1) ?? Number.NaN) - startedMs, cpuMs: cpuSince(cpuBefore) };
}

async function timeHearing(all: Promise<number>, ask: () => Promise<void>, describe?: () => string): Promise<Heard> {
  const [cpuBefore, startedMs] = [process.cpuUsage(), nowMs()];
  const [lastAtMs] = await Promise.all([within(all, describe), ask()]);
  return { lastMs: lastAtMs - startedMs, cpuMs: cpuSince(cpuBefore) };
}

/** Resolves with the moment of the last one. */
function countUpTo(count: number): { readonly all: Promise<number>; note(): void; noted(): number } {
  const { promise, resolve } = Promise.withResolvers<number>();
  let noted = 0;
  return {
    all: promise,
    note: () => {
      noted += 1;
      if (noted === count) resolve(nowMs());
    },
    noted: () => noted,
  };
}

/** The bus may lose a message, and then the last one never comes. */
async function within<T>(work: Promise<T>, describe: () => string = () => 'the broker has dropped some'): Promise<T> {
  const waiting = new AbortController();
  const late = delay(roundTimeoutMs, undefined, { signal: waiting.signal }).then(() => {
    throw new Error(`not all have come within ${roundTimeoutMs / 1_000} s: ${describe()}`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    waiting.abort();
    late.catch(() => undefined);
  }
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
