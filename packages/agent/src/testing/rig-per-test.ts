import { type NatsServer, startNatsServer } from '@reroot/shared/testing';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type AgentRig, createAgentRig } from './agent-rig.ts';
import type { Ca } from './ca.ts';

/**
 * Gives each test of a file an agent of its own, on one nats-server for all of them, and clears both away.
 * @param cas those by which mgmt's side signs
 * @param take called before each test
 */
export function rigPerTest(cas: readonly Ca[], take: (rig: AgentRig) => void): void {
  let server: NatsServer;
  let rig: AgentRig;
  beforeAll(async () => {
    server = await startNatsServer();
  });
  afterAll(async () => {
    await server.stop();
  });
  beforeEach(async () => {
    rig = await createAgentRig({ natsUrl: server.url, cas });
    take(rig);
  });
  afterEach(async () => {
    await rig.dispose();
  });
}
