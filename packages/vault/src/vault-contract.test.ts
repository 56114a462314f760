import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { type ContractVault, describeVaultContract, startVaultStandIn } from './testing/index.ts';
import { createLeapingClock } from './testing/leaping-clock.ts';

const stepMs = 250;

describeVaultContract('the stand-in for Vault', startStandIn);

/** A stand-in whose time passes quickly. */
async function startStandIn(): Promise<ContractVault> {
  const clock = createLeapingClock();
  const standIn = await startVaultStandIn({ clock });
  const pass = async (ms: number): Promise<void> => {
    for (let leftMs = ms; leftMs > 0; leftMs -= stepMs) {
      clock.leap(stepMs);
      // Whoever woke has been answered before this one, which begins with a handshake, or a few steps later.
      const [response] = (await once(get(standIn.server, { ca: standIn.caBundlePem, agent: false }), 'response')) as [
        IncomingMessage,
      ];
      response.resume();
    }
  };
  return { ...standIn, unsealKey: 'any', clock, pass };
}
