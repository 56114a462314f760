import type { KubeApi } from '@reroot/kube-api';
import { createFakeClock } from '@reroot/shared/testing';
import { expect, it } from 'vitest';
import type { PacedWrite } from './paced-writer.ts';
import { createResourceEvents } from './resource-events.ts';

const { signal } = new AbortController();

it.each([
  ['a short one', 'autumn', 'autumn'],
  ['one of 253 characters', 'a'.repeat(253), 'a'.repeat(216)],
  ['one whose beginning would end in a dot', `${'a'.repeat(214)}.-${'b'.repeat(30)}`, 'a'.repeat(214)],
])('an event has a name that Kubernetes takes, whatever the name of its object: %s', async (_, name, beginning) => {
  const made: { metadata: { name: string }; regarding: { name: string } }[] = [];
  const writes: PacedWrite[] = [];
  const api = { create: (__: string, event: (typeof made)[number]) => Promise.resolve(void made.push(event)) };
  const tell = createResourceEvents({
    ...{ api: api as unknown as KubeApi, namespace: 'reroot', clock: createFakeClock(0) },
    newId: () => '35000d19-311d-4ac8-9f75-c900971640c4',
    writer: { put: (__, write) => void writes.push(write), drop: () => undefined, run: () => Promise.resolve() },
  });
  tell('CertificateRotation', { name, uid: 'u' }, { type: 'Normal', reason: 'Started', note: 'x' });
  await writes[0]!.send(signal);
  expect(made[0]!.metadata.name).toBe(`${beginning}.35000d19-311d-4ac8-9f75-c900971640c4`);
  expect(made[0]!.metadata.name.length).toBeLessThanOrEqual(253);
  expect(made[0]!.regarding.name).toBe(name);
});
