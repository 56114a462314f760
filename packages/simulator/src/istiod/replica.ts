import type { Replica } from '@reroot/agent';
import type { Clock } from '@reroot/shared/clock';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import { issueLeaf, parseCsr } from '@reroot/shared/pki';
import type { Random } from '../random/random.ts';
import { schedule } from '../schedule.ts';
import { judgeRootChange, type RootChangeOptions } from './root-change.ts';
import { type CaFiles, readSigningCa, type SigningCa } from './signing-ca.ts';

/** istiod's debounce of file events (`handleCACertsFileWatch`). */
const debounceMs = 100;
/** What istiod back-dates a leaf by, for clocks that differ. */
const backdateMs = 120_000;
/** How soon a volume follows once the kubelet was made to look. */
const refreshedMs = { min: 50, max: 300 } as const;
const restartMs = { min: 1_000, max: 3_000 } as const;

/** What a replica is made of. */
export interface ReplicaOptions {
  readonly name: string;
  readonly istio: RootChangeOptions;
  /** How long its volume takes to follow the Secret. */
  readonly volumeDelayMs: readonly [number, number];
  readonly leafTtlMs: number;
  /** The Secret as it is now; undefined while there is none. */
  readonly secret: () => CaFiles | undefined;
  /** The root that istiod has made itself, in `istio-ca-secret`; undefined where it waits for `cacerts`. */
  readonly selfMade?: CaFiles | undefined;
  /** Told when it has loaded another CA, has gone or has come back. */
  readonly onChange: () => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** One istiod: its view of the Secret's volume, the CA it has loaded, and what it signs. */
export interface SimulatedReplica {
  readonly name: string;
  describe(): Replica;
  /** The bundle it hands out, exact bytes; undefined while it does not serve. */
  bundle(): string | undefined;
  /** The Secret has changed: the volume follows after its delay. */
  followSecret(): void;
  /** The kubelet looks at once. */
  refreshVolume(): void;
  hold(): void;
  release(): void;
  restart(): void;
  /**
   * Signs a request as `IstioCertificateService/CreateCertificate` does: the leaf is for the caller's identity, whatever
   * names the request asks for.
   * @param identity SPIFFE ID of the caller
   * @returns leaf, the certificates of cert-chain.pem, the whole bundle
   * @throws RR_REPLICA_UNREACHABLE while it does not serve; RR_PKI_BAD_CSR
   */
  sign(csrPem: string, identity: string): Promise<readonly string[]>;
}

/** Starts a replica; it serves as soon as its volume holds a CA that it can use. */
export function createReplica(options: ReplicaOptions): SimulatedReplica {
  const { name, clock, random, log, signal, onChange } = options;
  let startedAtMs = clock.now();
  let process: 'running' | 'restarting' = 'running';
  let follows: 'follows' | 'held' = 'follows';
  let volume: CaFiles | undefined = options.secret();
  /** An istiod that finds no `cacerts` at its start goes by the CA of its own making, and watches none until its next start. */
  let watches: 'cacerts' | 'nothing' = 'cacerts';
  let loaded: SigningCa | undefined;

  const load = (): void => {
    const files = watches === 'cacerts' ? volume : loaded === undefined ? options.selfMade : undefined;
    if (process !== 'running' || files === undefined) return;
    const next = nextCa(loaded, files, options, clock.now(), log);
    if (next === undefined) return;
    loaded = next;
    onChange();
  };
  const begin = (): void => {
    watches = volume === undefined && options.selfMade !== undefined ? 'nothing' : 'cacerts';
    load();
  };
  const mountAfter = (afterMs: number): void => {
    schedule({ clock, afterMs, signal }, () => {
      const secret = options.secret();
      if (follows === 'held' || secret === undefined || sameFiles(volume, secret)) return;
      volume = secret;
      schedule({ clock, afterMs: debounceMs, signal }, load);
    });
  };
  const delay = ({ min, max }: { min: number; max: number }): number => random.between(min, max);
  // Whoever is told that it serves is there by then.
  schedule({ clock, afterMs: 0, signal }, () => {
    if (process === 'running' && loaded === undefined) begin();
  });

  return {
    name,
    describe: () => ({ name, startedAtMs, multiRoot: options.istio.multiRoot ? 'on' : 'off' }),
    bundle: () => loaded?.rootCert,
    followSecret: () => mountAfter(random.between(...options.volumeDelayMs)),
    refreshVolume: () => mountAfter(delay(refreshedMs)),
    hold: () => {
      follows = 'held';
    },
    release: () => {
      follows = 'follows';
      mountAfter(delay(refreshedMs));
    },
    restart: () => {
      process = 'restarting';
      loaded = undefined;
      onChange();
      schedule({ clock, afterMs: delay(restartMs), signal }, () => {
        process = 'running';
        startedAtMs = clock.now();
        // A new pod mounts the Secret as it is.
        if (follows === 'follows') volume = options.secret();
        begin();
      });
    },
    sign: async (csrPem, identity) => {
      if (loaded === undefined) throw new RerootError('RR_REPLICA_UNREACHABLE', `${name} does not serve certificates now`);
      return signLeaf(loaded, csrPem, identity, clock.now(), options.leafTtlMs);
    },
  };
}

/** The CA after a reload; undefined when the one in memory stays. */
function nextCa(
  loaded: SigningCa | undefined,
  files: CaFiles,
  { name, istio }: ReplicaOptions,
  nowMs: number,
  log: Log,
): SigningCa | undefined {
  const change = loaded === undefined ? undefined : judgeRootChange(loaded.rootCert, files.rootCert, istio);
  if (change?.kind === 'refused') {
    log.warn({ replica: name }, change.warning);
    return undefined;
  }
  const reading = readSigningCa(files, loaded === undefined ? 'start' : 'reload', nowMs);
  if (reading.kind === 'usable') return reading.ca;
  const failure = loaded === undefined ? 'failed to create CA' : 'Failed to update new Plug-in CA certs';
  log.error({ replica: name, problem: reading.why }, failure);
  return undefined;
}

async function signLeaf(
  ca: SigningCa,
  csrPem: string,
  identity: string,
  nowMs: number,
  ttlMs: number,
): Promise<readonly string[]> {
  const { publicKeySpki } = parseCsr(csrPem);
  const validity = { notBeforeMs: nowMs - backdateMs, notAfterMs: nowMs + ttlMs };
  try {
    const leaf = await issueLeaf({ publicKeySpki, uris: [identity], issuer: ca.certificate, issuerKey: ca.signer, ...validity });
    return [leaf.pem, ...ca.chain, ca.rootCert];
  } catch (cause) {
    throw new RerootError('RR_REPLICA_UNREACHABLE', `the replica cannot sign: ${errorMessage(cause)}`, { cause });
  }
}

function sameFiles(a: CaFiles | undefined, b: CaFiles): boolean {
  return a?.rootCert === b.rootCert && a.caCert === b.caCert && a.caKey === b.caKey && a.certChain === b.certChain;
}
