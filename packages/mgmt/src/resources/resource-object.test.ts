import { expect, it } from 'vitest';
import { readResource } from './resource-object.ts';

const written = (manager: string, field: string, time: string, more: object = {}) => ({
  manager,
  time,
  fieldsV1: { [field]: {} },
  ...more,
});
const read = (made: boolean, ...managedFields: object[]) =>
  readResource({
    metadata: { name: 'demo', labels: made ? { 'app.kubernetes.io/managed-by': 'reroot' } : {}, managedFields },
    spec: {},
  });

it("an object is reroot's as long as nobody else has written its spec", () => {
  const own = written('reroot-mgmt', 'f:spec', '2026-01-01T00:00:00Z');
  const label = written('kubectl-label', 'f:metadata', '2026-01-02T00:00:00Z');
  const status = written('reroot-mgmt', 'f:status', '2026-01-02T00:00:00Z', { subresource: 'status' });
  const argo = written('argocd-controller', 'f:spec', '2026-01-03T00:00:00Z');
  expect(read(true, own, label, status).author).toBe('reroot');
  expect(read(true, own, argo)).toMatchObject({ author: 'others', writer: 'argocd-controller' });
  expect(read(false, argo, status).author).toBe('others');
});
