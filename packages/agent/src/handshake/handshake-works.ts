import type { Clock } from '@reroot/shared/clock';
import type { Cluster } from '../cluster/cluster.ts';
import type { TaskWorks } from '../tasks/task-works.ts';
import { requireAllowed } from './allowed-address.ts';
import type { HandshakesConfig } from './config.ts';
import { createGroupCredentials } from './group-credentials.ts';
import { createHandshakeDesk } from './handshake-desk.ts';
import { probePath } from './probe-path.ts';

/** What taking part in handshakes works with. */
export interface HandshakeWorksOptions {
  readonly cluster: Pick<Cluster, 'probeReplica'>;
  readonly config: HandshakesConfig;
  readonly clock: Clock;
  /** Ends every handshake. */
  readonly signal: AbortSignal;
}

/** What the agent does when mgmt has it take part in a handshake: over the bus, or through an address. */
export function createHandshakeWorks(options: HandshakeWorksOptions): Pick<TaskWorks, 'handshake' | 'probePath'> {
  const { cluster, config, clock, signal: ended } = options;
  const credentials = createGroupCredentials(cluster, clock);
  const desk = createHandshakeDesk(credentials, clock, ended);
  return {
    handshake: (turn, signal) => desk.turn(turn, signal),
    probePath: async (probe, signal) => {
      const address = requireAllowed(probe.address, config.pathProbes.allow);
      const credential = await credentials.obtain(probe.group, probe.replica, signal);
      return probePath(address, credential, probe, clock, signal);
    },
  };
}
