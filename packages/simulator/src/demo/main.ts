import { launchFleet, type SimulatedFleet } from './launch-fleet.ts';
import { parseDemoOptions } from './options.ts';
import { runDemoProgram } from './program.ts';

await runDemoProgram(parseDemoOptions, ({ clusters, rate, seed }) => ({
  cast: `${clusters} simulated clusters`,
  handshakes: 'handshakes',
  settleTimeoutMs: 60_000,
  launch: (surroundings): Promise<SimulatedFleet> => launchFleet({ ...surroundings, clusters, ratePerSecond: rate, seed }),
}));
