import { systemClock } from '@reroot/shared/clock';
import { createSequence, identityFromPem, keyringOf, openMessage, sealMessage, subjects } from '@reroot/shared/protocol';
import { connect, type NatsConnection } from 'nats';
import { laggingReport } from './lagging-report.ts';

/** What an agent of these tests is told on its command line, as JSON. */
export interface VoiceOptions {
  readonly natsUrl: string;
  readonly mesh: string;
  readonly cluster: string;
  readonly privateKeyPem: string;
  readonly mgmtPublicKeyPem: string;
}

/** An agent that says reports, and hears what it shall hold: on a connection without any of the guards of ours. */
export interface AgentVoice {
  readonly connection: NatsConnection;
  readonly subject: string;
  /** A report of so many groups of workloads by the agent's key, newer than every one before it. */
  seal(groups: number): Uint8Array;
  /** Says a report, and resolves when mgmt answers, with the milliseconds that took; undefined after `timeoutMs`. */
  ask(timeoutMs: number): Promise<number | undefined>;
}

/** mgmt hastens an agent that lags behind no more often. */
export const hastenMs = 1_000;

/** As many as a small cluster has. */
export const fewGroups = 4;

/** Connects, and waits until mgmt has told it what its cluster shall hold. */
export async function openVoice({ natsUrl, mesh, cluster, privateKeyPem, mgmtPublicKeyPem }: VoiceOptions): Promise<AgentVoice> {
  const connection = await connect({ servers: natsUrl.replace('nats://', ''), maxReconnectAttempts: 0 });
  const identity = identityFromPem(privateKeyPem);
  const keyring = keyringOf([mgmtPublicKeyPem]);
  const nextSequence = createSequence(systemClock).next;
  const subject = subjects.report(mesh, cluster);
  let rootDer: Uint8Array | undefined;
  let onTrust = (): void => undefined;
  connection.subscribe(subjects.trust(mesh, cluster), {
    callback: (error, message) => {
      if (error !== null) throw error;
      const opened = openMessage({ subject: message.subject, payload: message.data, keyring, expect: 'desired-trust' });
      rootDer = opened.message.body.roots[0];
      onTrust();
    },
  });
  await connection.flush();
  const seal = (groups: number): Uint8Array => {
    const message = { kind: 'report', body: laggingReport(rootDer, groups, systemClock.now()) } as const;
    const address = { mesh, cluster, term: 0, generation: 0 };
    return sealMessage({ subject, address, message, identity, sequence: nextSequence(), sentAtMs: systemClock.now() });
  };
  const ask = async (timeoutMs: number): Promise<number | undefined> => {
    const answered = Promise.withResolvers<number | undefined>();
    const payload = seal(fewGroups);
    const startedMs = performance.now();
    onTrust = () => answered.resolve(performance.now() - startedMs);
    const timer = setTimeout(() => answered.resolve(undefined), timeoutMs);
    connection.publish(subject, payload);
    try {
      return await answered.promise;
    } finally {
      clearTimeout(timer);
      onTrust = () => undefined;
    }
  };
  // mgmt answers nobody twice within a second, and has told everybody when the mesh was made.
  while ((await ask(hastenMs)) === undefined);
  return { connection, subject, seal, ask };
}
