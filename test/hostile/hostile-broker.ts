import { systemClock } from '@reroot/shared/clock';
import { parseSubject, subjects } from '@reroot/shared/protocol';
import type { Random } from '@reroot/simulator/random';
import { type ConnectionOptions, connect, type Msg, type NatsConnection } from 'nats';
import { type Deed, deeds, downward, type Passed, upward } from './deeds.ts';

/** How the broker treats what it is given: `hostile` in every way it can, or it only delays. */
export type Conduct = 'hostile' | 'delaying';

/** Stands between mgmt and the agents, which speak to two nats-servers that know nothing of each other. */
export interface HostileBroker {
  behave(conduct: Conduct): void;
  /** Messages that were delivered, as they were and otherwise, by what was done to them. */
  counts(): Readonly<Record<string, number>>;
  total(): number;
  stop(): Promise<void>;
}

/** What the broker works with. */
export interface HostileBrokerOptions {
  readonly mgmtSide: ConnectionOptions;
  readonly agentSide: ConnectionOptions;
  readonly mesh: string;
  readonly clusters: readonly string[];
  readonly random: Random;
  /** Hostile messages of its own each ten milliseconds. */
  readonly burst: number;
}

/** Enough to replay what belongs to earlier rows and terms. */
const maxLog = 4_000;
const burstEveryMs = 10;
const maxDelayMs = 400;
const dropShare = 0.15;
const repeatShare = 0.3;
const requestTimeoutMs = 5_000;

/** Starts passing messages on. */
export async function startHostileBroker(options: HostileBrokerOptions): Promise<HostileBroker> {
  const { random, burst, mesh, clusters } = options;
  const [mgmtSide, agentSide] = await Promise.all([connect(options.mgmtSide), connect(options.agentSide)]);
  const stopping = new AbortController();
  const counts = new Map<string, number>();
  const log: Passed[] = [];
  let conduct: Conduct = 'hostile';

  const deliver = (deed: string, { subject, payload }: Passed): void => {
    if (stopping.signal.aborted) return;
    counts.set(deed, (counts.get(deed) ?? 0) + 1);
    sideOf(subject, mgmtSide, agentSide).publish(subject, payload);
  };
  const later = (act: () => void): void => {
    void systemClock.sleep(random.next() * maxDelayMs, stopping.signal).then(act, () => undefined);
  };
  const passOn = (message: Msg): void => {
    const passed = { subject: message.subject, payload: message.data };
    log.push(passed);
    if (log.length > maxLog) log.splice(Math.floor(random.next() * maxLog), 1);
    if (conduct === 'hostile' && random.next() < dropShare) counts.set('drop', (counts.get('drop') ?? 0) + 1);
    else later(() => deliver('delay', passed));
    if (conduct === 'hostile' && random.next() < repeatShare) later(() => deliver('duplicate', passed));
  };
  const passRequestOn = async (message: Msg): Promise<void> => {
    log.push({ subject: message.subject, payload: message.data });
    if (conduct === 'hostile' && random.next() < dropShare) return;
    const answer = await mgmtSide.request(message.subject, message.data, { timeout: requestTimeoutMs });
    counts.set('request', (counts.get('request') ?? 0) + 1);
    const spoiled = conduct === 'hostile' && random.next() < dropShare ? spoil(answer.data, random) : answer.data;
    message.respond(spoiled);
  };

  for (const topic of downward) mgmtSide.subscribe(subjects.all(topic), { callback: (_, message) => passOn(message) });
  for (const topic of upward) agentSide.subscribe(subjects.all(topic), { callback: (_, message) => passOn(message) });
  for (const topic of ['issue', 'enrol', 'renew'] as const) {
    agentSide.subscribe(subjects.all(topic), {
      callback: (_, message) => void passRequestOn(message).catch(() => undefined),
    });
  }
  const storm = rage(async () => {
    if (conduct !== 'hostile') return;
    for (let count = 0; count < burst; count += 1) {
      const [name, deed] = random.pick(Object.entries(deeds)) ?? ([] as unknown as [string, Deed]);
      const evil = deed(random, { log, clusters, mesh });
      if (evil !== undefined) deliver(name, evil);
    }
  }, stopping.signal);

  return {
    behave: (next) => {
      conduct = next;
    },
    counts: () => Object.fromEntries([...counts].toSorted()),
    total: () => [...counts].reduce((sum, [deed, count]) => (deed === 'drop' ? sum : sum + count), 0),
    stop: async () => {
      stopping.abort();
      await storm;
      await Promise.all([mgmtSide.close(), agentSide.close()]);
    },
  };
}

/** What mgmt says goes to the agents, and the other way round; a lie about the direction goes where its subject says. */
function sideOf(subject: string, mgmtSide: NatsConnection, agentSide: NatsConnection): NatsConnection {
  return downward.includes(parseSubject(subject).topic) ? agentSide : mgmtSide;
}

function spoil(payload: Uint8Array, random: Random): Uint8Array {
  const spoiled = Buffer.from(payload);
  const at = Math.floor(random.next() * spoiled.length);
  spoiled[at] = (spoiled[at] ?? 0) ^ 1;
  return spoiled;
}

async function rage(act: () => Promise<void>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await act();
    await systemClock.sleep(burstEveryMs, signal).catch(() => undefined);
  }
}
