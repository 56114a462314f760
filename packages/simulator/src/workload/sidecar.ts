import type { KeyObject } from 'node:crypto';
import type { Clock } from '@reroot/shared/clock';
import { errorMessage } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import { createCsr, csrToPem, generateKey, signerFromKey } from '@reroot/shared/pki';
import type { SimulatedReplica } from '../istiod/replica.ts';
import type { Random } from '../random/random.ts';
import { schedule, waited } from '../schedule.ts';
import { mergeBundles } from './merge-bundles.ts';

const retryMs = 250;
/** `SECRET_GRACE_PERIOD_RATIO` and its jitter: a leaf is renewed when half of its life is over. */
const renewRatio = { min: 0.49, max: 0.51 } as const;

/** What a sidecar is made of. */
export interface SidecarOptions {
  readonly name: string;
  readonly spiffeId: string;
  /** Whether changed bundles reach it by themselves (PCDS) or only with its next certificate. */
  readonly pushes: 'heard' | 'unheard';
  readonly leafTtlMs: number;
  readonly replicas: readonly SimulatedReplica[];
  /** Told when it holds something else than before. */
  readonly onChange: () => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Key, certificates and trust that a sidecar uses for the next handshake, always taken together. */
export interface Material {
  readonly key: KeyObject;
  /** Leaf and what stands above it without the root, PEM. */
  readonly certChain: string;
  /** `ROOTCA`, PEM. */
  readonly rootCert: string;
}

/** One pilot-agent with its Envoy, from its start to its end. */
export interface Sidecar {
  /** Undefined until the first certificate has come; the same object until something changes. */
  material(): Material | undefined;
  /** `ROOTCA`, also while it holds no certificate. */
  rootCert(): string;
  /** The replicas have changed: what its own one pushes may be new. */
  hear(): void;
}

interface Signed {
  readonly key: KeyObject;
  readonly certChain: string;
  readonly csrRoot: string;
}

/**
 * Starts a sidecar. Its bundle comes from the one replica it is connected to, and each of its requests goes to any
 * replica that serves, as through the Service. It asks for a new certificate when the pushed bytes change (the first ones
 * too), when half of the leaf's life is over, and at its start; never because a signer changed
 * (security/pkg/nodeagent/cache/secretcache.go).
 */
export function startSidecar(options: SidecarOptions): Sidecar {
  const { clock, random, signal, replicas, onChange } = options;
  // Spread over all replicas, as the age limit of connections brings about, and not all at the one that serves first.
  let connectedTo = random.pick(replicas);
  let connection: 'awaited' | 'open' = 'awaited';
  let pushed: string | undefined;
  let signed: Signed | undefined;
  let asking: 'not' | 'once' | 'again' = 'not';
  let rootCert = '';
  let material: Material | undefined;

  const serve = (): void => {
    rootCert = mergeBundles(pushed, signed?.csrRoot);
    material = signed === undefined ? undefined : { key: signed.key, certChain: signed.certChain, rootCert };
    onChange();
  };

  const askedMeanwhile = (): boolean => asking === 'again';
  const renew = async (): Promise<void> => {
    if (asking !== 'not') {
      asking = 'again';
      return;
    }
    do {
      asking = 'once';
      const answer = await requestUntilSigned(options);
      if (answer === undefined) return;
      signed = answer;
      serve();
      // What was pushed while the request was under way may be newer than its answer.
    } while (askedMeanwhile());
    asking = 'not';
    const current = signed;
    schedule({ clock, afterMs: options.leafTtlMs * random.between(renewRatio.min, renewRatio.max), signal }, () => {
      if (signed === current) void renew();
    });
  };
  const hear = (): void => {
    if (signal.aborted) return;
    if (connectedTo?.bundle() !== undefined) connection = 'open';
    else if (connection === 'open') connectedTo = random.pick(serving(replicas));
    if (signed === undefined && asking === 'not' && serving(replicas).length > 0) void renew();
    const bundle = options.pushes === 'heard' ? connectedTo?.bundle() : undefined;
    if (bundle === undefined || bundle === pushed) return;
    pushed = bundle;
    serve();
    void renew();
  };
  hear();
  return { hear, rootCert: () => rootCert, material: () => material };
}

/** Undefined when the sidecar ended before. */
async function requestUntilSigned(options: SidecarOptions): Promise<Signed | undefined> {
  const { name, clock, log, signal } = options;
  while (!signal.aborted) {
    try {
      return await request(options);
    } catch (error) {
      log.debug({ workload: name, problem: errorMessage(error) }, 'a request was not signed');
      await waited({ clock, afterMs: retryMs, signal });
    }
  }
  return undefined;
}

/** Each request has a key of its own, as pilot-agent's. */
async function request({ name, spiffeId, random, replicas, signal }: SidecarOptions): Promise<Signed> {
  const key = await generateKey({ kind: 'ecdsa', curve: 'P-256' });
  const csr = await createCsr({ key: signerFromKey(key), commonName: name, uris: [spiffeId] });
  const replica = random.pick(serving(replicas));
  if (replica === undefined) throw new Error('no replica serves');
  const answer = await replica.sign(csrToPem(csr), spiffeId);
  signal.throwIfAborted();
  return { key, certChain: answer.slice(0, -1).join(''), csrRoot: answer.at(-1) ?? '' };
}

function serving(replicas: readonly SimulatedReplica[]): readonly SimulatedReplica[] {
  return replicas.filter((replica) => replica.bundle() !== undefined);
}
