import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Notification, openOutbox } from './notify/index.ts';
import { apply, clientOf, type Installation, makeInstallation, reach, settle, signal } from './testing/installation.ts';

let installation: Installation;
beforeEach(async () => {
  installation = await makeInstallation();
});
afterEach(() => installation.dispose());

const waiting: Notification = {
  ...{ id: 'evt_1', kind: 'state', severity: 'info', mesh: 'demo', atMs: 1, title: 't', message: 'm', reason: 'R', topic: 't' },
  ...{ rotation: undefined, step: undefined, generation: undefined },
};

describe('a webhook that nothing has reached for an hour', () => {
  it('is an alarm of the mesh, until it is reached, and a metric', async () => {
    const secretFile = await installation.writeSecret('webhook', 'a secret of thirty-two bytes ...');
    const config = installation.config({
      notifications: { webhooks: [{ name: 'pager', url: 'http://127.0.0.1:9/', secretFile }] },
    });
    const cursor = { position: { condition: { number: 0, atMs: 0 }, proof: { number: 0, atMs: 0 } }, state: undefined };
    const outbox = openOutbox(config.dataDir, config.notifications.webhooks);
    await outbox.take('demo', { news: [waiting], cursor, standings: new Map(), missing: 'over' }, Date.now());
    const queued = outbox.next('pager', Date.now());
    if (queued === undefined) throw new Error('nothing waits');
    await outbox.failed(queued, 'ECONNREFUSED', Date.now() - 3_600_000, Date.now());
    outbox.close();

    const mgmt = await installation.start({ config });
    installation.agent('east');
    await apply(mgmt, { clusters: ['east'] });
    await settle(mgmt);
    const status = await reach(mgmt, 'the alarm', ({ alarms }) => alarms.some(({ reason }) => reason === 'WebhookDead'));
    expect(status.alarms).toContainEqual({
      ...{ severity: 'warning', reason: 'WebhookDead' },
      message: expect.stringContaining('webhook pager has taken nothing for an hour') as string,
    });
    expect(await clientOf(mgmt).listNotifications(signal)).toMatchObject([{ name: 'pager', health: 'dead' }]);
    const metrics = await (await fetch(`${mgmt.apiUrl}/metrics`)).text();
    expect(metrics).toContain('reroot_notifications_dead{webhook="pager"} 1');
  });
});
