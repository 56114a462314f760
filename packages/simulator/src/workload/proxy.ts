import type { KeyObject } from 'node:crypto';
import type { Workload } from '@reroot/agent';
import type { Clock } from '@reroot/shared/clock';
import { errorMessage } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import { createCsr, csrToPem, generateKey, signerFromKey } from '@reroot/shared/pki';
import type { SimulatedReplica } from '../istiod/replica.ts';
import type { Random } from '../random/random.ts';
import { schedule, waited } from '../schedule.ts';
import { mergeBundles } from './merge-bundles.ts';

const retryMs = 250;
/** `SECRET_GRACE_PERIOD_RATIO`: a leaf is renewed when half of its life is over. */
const renewRatio = 0.5;

/** What a proxy is made of. */
export interface ProxyOptions {
  readonly namespace: string;
  readonly name: string;
  readonly trustDomain: string;
  /** PROXY_CONFIG_XDS_AGENT: whether it hears of changed bundles by itself. */
  readonly xdsAgent: boolean;
  readonly leafTtlMs: number;
  readonly replicas: readonly SimulatedReplica[];
  readonly onChange: () => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Key, certificates and trust that a proxy uses for the next handshake, always taken together. */
export interface Material {
  readonly key: KeyObject;
  /** Leaf and what stands above it without the root, PEM. */
  readonly certChain: string;
  /** `ROOTCA`, PEM. */
  readonly rootCert: string;
}

/** A workload's sidecar: holds a key, has it signed, hears of bundles. */
export interface SimulatedProxy {
  readonly spiffeId: string;
  describe(): Workload;
  /** Undefined until the first certificate has come. */
  material(): Material | undefined;
  /** The replicas have changed: what its own replica pushes may be new. */
  hear(): void;
}

/**
 * Starts a proxy. Its bundle comes (PCDS) from the one replica it is connected to, and each of its requests goes to any
 * replica, as through the Service. It asks for a new certificate when the pushed bytes change, when half of the
 * leaf's life is over, and at its start; never because a signer changed (security/pkg/nodeagent/cache/secretcache.go).
 */
export function createProxy(options: ProxyOptions): SimulatedProxy {
  const { namespace, name, clock, random, log, signal, replicas } = options;
  const spiffeId = `spiffe://${options.trustDomain}/ns/${namespace}/sa/${name}`;
  let connectedTo = random.pick(replicas);
  let pushed: string | undefined;
  let signed: { key: KeyObject; certChain: string; csrRoot: string } | undefined;
  let signing: 'idle' | 'signing' | 'again' = 'idle';

  const requestOnce = async (): Promise<void> => {
    const key = await generateKey({ kind: 'ecdsa', curve: 'P-256' });
    const csr = await createCsr({ key: signerFromKey(key), commonName: name, uris: [spiffeId] });
    const replica = random.pick(replicas.filter((each) => each.bundle() !== undefined));
    if (replica === undefined) throw new Error('no replica serves');
    const answer = await replica.sign(csrToPem(csr));
    signed = { key, certChain: answer.slice(0, -1).join(''), csrRoot: answer.at(-1) ?? '' };
  };
  const requestUntilSigned = async (): Promise<void> => {
    for (;;) {
      try {
        await requestOnce();
        return;
      } catch (error) {
        log.debug({ workload: name, reason: errorMessage(error) }, 'a request was not signed');
        if (!(await waited({ clock, afterMs: retryMs, signal }))) return;
      }
    }
  };
  const renew = async (): Promise<void> => {
    if (signing !== 'idle') {
      signing = 'again';
      return;
    }
    do {
      signing = 'signing';
      await requestUntilSigned();
      options.onChange();
      // A push may have come while the request was under way; its answer may be from before.
    } while (wantsAgain() && !signal.aborted);
    signing = 'idle';
    const mine = signed;
    schedule({ clock, afterMs: options.leafTtlMs * renewRatio, signal }, () => {
      if (signed === mine) void renew();
    });
  };
  const wantsAgain = (): boolean => signing === 'again';
  const rootCert = (): string => mergeBundles(options.xdsAgent ? pushed : undefined, signed?.csrRoot);

  return {
    spiffeId,
    describe: () => ({ namespace, name, certChain: signed?.certChain ?? '', rootCert: rootCert() }),
    material: () => (signed === undefined ? undefined : { key: signed.key, certChain: signed.certChain, rootCert: rootCert() }),
    hear: () => {
      if (connectedTo?.bundle() === undefined) connectedTo = random.pick(replicas.filter((each) => each.bundle() !== undefined));
      const bundle = connectedTo?.bundle();
      if (bundle === undefined) return;
      const first = signed === undefined && signing === 'idle';
      if (bundle === pushed && !first) return;
      pushed = bundle;
      if (first || options.xdsAgent) void renew();
      options.onChange();
    },
  };
}
