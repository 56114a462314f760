import { statfs } from 'node:fs/promises';
import type { Clock } from '@reroot/shared/clock';
import { errorMessage, toRerootError } from '@reroot/shared/errors';
import { withDeadline } from '@reroot/shared/lifecycle';
import { type Fact, known, unknown } from '@reroot/shared/protocol';
import type { BusStats } from '@reroot/shared/transport';
import { type RootAuthority, withPresentAccess } from '../authorities/index.ts';
import type { HostFacts, RootKeyState } from '../preflight/index.ts';
import type { MeshMoment } from './mesh-loop.ts';
import { requireRoot } from './mesh-view.ts';

/** What looking at mgmt itself works with. */
export interface HostOptions {
  /** Empty where nothing is on a disk. */
  readonly dataDir: string;
  readonly busStats: () => BusStats;
  readonly authority: Pick<RootAuthority, 'probe'>;
  /** Bytes of the last report of each cluster of a mesh. */
  readonly reportBytes: (mesh: string) => ReadonlyMap<string, number>;
  readonly names: HostFacts['names'];
  readonly clock: Clock;
}

/**
 * A Vault that does not answer must not hold up whoever starts a rotation. A key file is slow to open as well where the machine is
 * busy: scrypt takes a third of a second of one that does nothing else.
 */
const keyTimeoutMs = 4_000;

/** Makes the function that preflight asks about mgmt. */
export function createLookAtHost(options: HostOptions): (moment: MeshMoment, signal: AbortSignal) => Promise<HostFacts> {
  const { dataDir, busStats, reportBytes, names } = options;
  return async (moment, signal) => {
    const [freeBytes, rootKey] = await Promise.all([readFree(dataDir), probeKey(moment, options, signal)]);
    const natsMaxBytes = busStats().maxPayloadBytes;
    return {
      freeBytes,
      natsMaxBytes: natsMaxBytes === undefined ? unknown('NATS has not said it') : known(natsMaxBytes),
      rootKey,
      reportBytes: reportBytes(moment.view.stored.spec.mesh),
      names,
    };
  };
}

async function readFree(dir: string): Promise<Fact<number>> {
  if (dir === '') return known(Number.POSITIVE_INFINITY);
  try {
    const { bavail, bsize } = await statfs(dir);
    return known(bavail * bsize);
  } catch (error) {
    return unknown(errorMessage(error));
  }
}

async function probeKey(
  { view }: MeshMoment,
  { authority, clock }: HostOptions,
  signal: AbortSignal,
): Promise<Fact<RootKeyState>> {
  const { spec, record } = view.stored;
  const { custody } = requireRoot(view, record.currentRoot);
  const deadline = { ms: keyTimeoutMs, clock, signal, code: 'RR_VAULT_UNREACHABLE', who: 'whoever keeps the key' } as const;
  let waiting: AbortSignal | undefined;
  try {
    await withDeadline(deadline, (inner) => {
      waiting = inner;
      return authority.probe(withPresentAccess(custody, spec.rootSource), inner);
    });
    return known({ kind: 'usable' });
  } catch (error) {
    signal.throwIfAborted();
    // Who is late may have the key all the same.
    if (waiting?.aborted === true) return unknown(`whoever keeps the key has not answered within ${keyTimeoutMs} ms`);
    const { code, message } = toRerootError(error);
    return known({ kind: 'unusable', why: `${code}: ${message}` });
  }
}
