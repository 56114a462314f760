import { toRerootError } from '@reroot/shared/errors';
import type { PathProbeResult } from '@reroot/shared/protocol';
import type { Tasks } from '../tasks.ts';
import type { HandshakeEnd } from './outcome.ts';
import { newHandshakeId } from './party.ts';
import { runBounded } from './run-bounded.ts';

/** Which address is dialled from where. */
export interface PathToProbe {
  readonly from: HandshakeEnd;
  /** host:port, as the agent's own configuration allows it. */
  readonly address: string;
  /** To indicate; empty for none. */
  readonly serverName: string;
}

/** What came of it. */
export interface PathOutcome extends PathToProbe {
  readonly result:
    | ({ readonly kind: 'probed' } & PathProbeResult)
    | { readonly kind: 'unavailable'; readonly code: string; readonly message: string };
}

/** What probing works with. */
export interface ProbePathsOptions {
  readonly mesh: string;
  readonly trustDomain: string;
  readonly tasks: Pick<Tasks, 'ask'>;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** Fewer than an agent does at a time, for it may have handshakes to make besides. */
const bounds = { concurrency: 32, perKey: 4, keysOf: ({ from }: PathToProbe): readonly string[] => [from.cluster] };

/**
 * Has agents dial addresses, such as those of east-west gateways, with leaves of their replicas.
 * @throws the signal's reason
 */
export async function probePaths(paths: readonly PathToProbe[], options: ProbePathsOptions): Promise<readonly PathOutcome[]> {
  const group = newHandshakeId();
  return runBounded(paths, bounds, async (path) => ({ ...path, result: await probe(path, group, options) }));
}

async function probe(
  { from, address, serverName }: PathToProbe,
  group: string,
  { mesh, trustDomain, tasks, deadlineMs, signal }: ProbePathsOptions,
): Promise<PathOutcome['result']> {
  const asked = { address, serverName, group, replica: from.replica, trustDomain };
  try {
    const { result } = await tasks.ask(mesh, from.cluster, { kind: 'path-probe', probe: asked }, { deadlineMs, signal });
    return { kind: 'probed', ...result };
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = toRerootError(error);
    return { kind: 'unavailable', code, message };
  }
}
