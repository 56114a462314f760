import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type AgentNetwork, outerAddresses, setUpAgentNetworks } from '../agent-networks.ts';
import { packetTroubles } from '../fault.ts';
import { bringUpLoopback } from '../own-namespaces.ts';

/** Run where mounts and network are its own: says as JSON what comes back from the broker's and the cluster's side in each trouble. */
const run = promisify(execFile);
const [command, ...words] = bringUpLoopback;
await run(command, words);
const dir = await mkdtemp(join(tmpdir(), 'reroot-networks-'));
const networks = await setUpAgentNetworks(dir);
const echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, '0.0.0.0');
await once(echo, 'listening');
const { port } = echo.address() as { port: number };

/** A call from within: whether all of it came back in time. */
const client = `
  const [host, port, ms] = process.argv.slice(1);
  const socket = require('net').connect(port, host, () => socket.write(Buffer.alloc(4000)));
  let bytes = 0;
  const end = (said) => { console.log(said); process.exit(); };
  socket.on('error', (error) => end(error.code));
  socket.on('data', (some) => { bytes += some.length; if (bytes === 4000) end('answered'); });
  setTimeout(() => end('nothing'), Number(ms));
`;
async function call(network: AgentNetwork, host: string, withinMs: number): Promise<string> {
  const [enter = '', ...before] = network.enter;
  const { stdout } = await run(enter, [...before, process.execPath, '-e', client, host, String(port), String(withinMs)]);
  return stdout.trim();
}

const patienceMs = 30_000;
const shutMs = 1_000;
const seen: Record<string, string> = {};
const network = networks?.get('cluster-2');
if (network !== undefined) {
  seen['whole'] = await call(network, outerAddresses.broker, patienceMs);
  for (const trouble of packetTroubles) {
    await network.trouble(trouble);
    const withinMs = trouble === 'loss' || trouble === 'narrow' ? patienceMs : shutMs;
    seen[trouble] = await call(network, outerAddresses.broker, withinMs);
    seen[`${trouble}, to the cluster`] = await call(network, outerAddresses.cluster, patienceMs);
    await network.heal();
  }
  seen['healed'] = await call(network, outerAddresses.broker, patienceMs);
}
for (const each of networks?.values() ?? []) await each.remove();
await rm(dir, { recursive: true });
echo.close();
process.stdout.write(JSON.stringify(seen));
