import { once } from 'node:events';
import { createLogger } from '@reroot/shared/log';
import type { DemoShell } from '../demo/demo.ts';
import { type Fleet, launchFleet } from '../demo/launch-fleet.ts';
import { makeMesh } from '../demo/make-mesh.ts';
import { meshDocument } from '../demo/mesh-document.ts';
import { createNarrator } from '../demo/narrator.ts';
import { type PlaygroundOptions, usualPort } from './options.ts';
import { startSwitchboard } from './switchboard.ts';

const mesh = 'demo';
const rootAlgorithm = 'KEY_ALGORITHM_ECDSA_P256';
const settleTimeoutMs = 60_000;

/**
 * Launches a fleet, makes its mesh, says what to type, and leaves all of it running until the person has seen enough.
 * @throws RR_ADDRESS_IN_USE where one of its ports is taken; RR_PROCESS_ENDED when a part of the fleet ends by itself;
 *   RR_DEMO_FAILED when the first root does not reach every cluster
 */
export async function runPlayground(options: PlaygroundOptions, shell: Omit<DemoShell, 'err'>): Promise<void> {
  const { clusters, rate, seed, port } = options;
  const { clock, signal } = shell;
  const narrator = createNarrator(shell.out, clock, 'handshakes');
  const onProgress = (line: string): void => {
    narrator.say(line);
  };
  const fleet = await launchFleet({
    ...{ clusters, ratePerSecond: rate, seed, mesh, apiPort: port, signal, onProgress },
    beforeAgents: (api, members) => api.applyMesh(mesh, meshDocument({ name: mesh, clusters: members, rootAlgorithm }), signal),
  });
  try {
    const untilBroken = AbortSignal.any([signal, fleet.broken]);
    const log = createLogger({ level: 'error', name: 'playground', stream: process.stderr });
    const switchboard = await startSwitchboard({ fleet, mesh, port: port + 1, clock, log, signal: untilBroken });
    try {
      const surroundings = { fleet, narrator, clock, signal: untilBroken };
      await makeMesh(surroundings, { name: mesh, rootAlgorithm, settleTimeoutMs });
      shell.out(welcome(fleet, port, switchboard.url));
      await once(untilBroken, 'abort');
      // A process that ends by itself is an error; an interrupt is how this ends.
      if (!signal.aborted) untilBroken.throwIfAborted();
    } finally {
      await switchboard.close();
    }
  } finally {
    await fleet.stop();
  }
}

function welcome({ api }: Fleet, port: number, switchboard: string): string {
  const server = port === usualPort ? '' : ` --server ${api.server}`;
  return `
The fleet is up, until Ctrl-C. docs/getting-started.md goes on from here, in another terminal:

  ./dev reroot${server} status

dashboard    ${api.server}/ui/
switchboard  ${switchboard}: takes a cluster offline and back
             curl -X POST ${switchboard}/clusters/cluster-2/offline
             curl -X POST ${switchboard}/clusters/cluster-2/online
`;
}
