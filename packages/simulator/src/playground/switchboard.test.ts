import { createApiClient } from '@reroot/shared/api';
import { systemClock } from '@reroot/shared/clock';
import { freePort } from '@reroot/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';
import type { Control } from '../control/control.ts';
import { createFleetControl } from '../demo/fleet-control.ts';
import { createRecordedLog } from '../testing/recorded-log.ts';
import { startSwitchboard } from './switchboard.ts';

let switchboard: Control | undefined;
afterEach(() => switchboard?.close());

/** One in front of a fleet of which nothing is left. */
async function start(port: number): Promise<Control> {
  const gone = `http://127.0.0.1:${await freePort()}`;
  const fleet = { agents: new Map(), api: createApiClient({ server: gone }), control: createFleetControl(gone) };
  const { signal } = new AbortController();
  return startSwitchboard({ fleet, mesh: 'demo', port, clock: systemClock, log: createRecordedLog(), signal });
}

async function post(path: string): Promise<[number, unknown]> {
  const response = await fetch(`${switchboard?.url ?? ''}${path}`, { method: 'POST' });
  return [response.status, await response.json()];
}

describe('the switchboard', () => {
  it('says with a code what it cannot do', async () => {
    switchboard = await start(0);
    expect(await post('/clusters/west/offline')).toEqual([404, expect.objectContaining({ code: 'RR_SIM_UNKNOWN' })]);
    expect(await post('/clusters/west/replicas/istiod-0/hold')).toEqual([
      expect.any(Number),
      expect.objectContaining({ code: 'RR_CLUSTER_UNREACHABLE' }),
    ]);
  });

  it('does not start where somebody else listens', async () => {
    switchboard = await start(0);
    const port = Number(new URL(switchboard.url).port);
    await expect(start(port)).rejects.toMatchObject({ code: 'RR_ADDRESS_IN_USE', place: `127.0.0.1:${port}` });
  });
});
