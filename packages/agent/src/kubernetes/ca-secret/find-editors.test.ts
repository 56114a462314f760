import type { ManagedFields } from '@reroot/kube-api';
import { describe, expect, it } from 'vitest';
import { filesDigestKey } from './annotations.ts';
import { findEditors } from './find-editors.ts';
import { digestData } from './secret-object.ts';

const data = { 'root-cert.pem': 'cm9vdHM=' };
const ours = { manager: 'reroot-agent', time: '2026-11-24T10:00:00Z', fieldsV1: { 'f:data': {} } };
const by = (manager: string, time: string, fieldsV1: object = { 'f:data': { 'f:root-cert.pem': {} } }): ManagedFields => ({
  manager,
  time,
  fieldsV1,
});

function editorsOf(managedFields: readonly ManagedFields[], found: Record<string, string> = { 'root-cert.pem': 'ZWRpdGVk' }) {
  const annotations = { [filesDigestKey]: digestData(data) };
  return findEditors({ metadata: { name: 'cacerts', annotations, managedFields }, data: found });
}

describe('who has edited the Secret', () => {
  it('is nobody while its data are as reroot wrote them, whoever else has touched it', () => {
    expect(editorsOf([ours, by('kubectl-edit', '2026-11-24T11:00:00Z')], data)).toEqual([]);
  });

  it('are those who have written data since, each once and in order', () => {
    const later = ['kubectl-edit', 'argocd-controller', 'kubectl-edit'].map((name) => by(name, '2026-11-24T10:00:05Z'));
    const before = by('helm', '2026-11-24T09:59:59Z');
    const labels = by('labeller', '2026-11-24T11:00:00Z', { 'f:metadata': {} });
    expect(editorsOf([before, ours, labels, ...later])).toEqual(['argocd-controller', 'kubectl-edit']);
  });

  it('counts an edit within the second of our own write', () => {
    expect(editorsOf([ours, by('kubectl-patch', ours.time)])).toEqual(['kubectl-patch']);
  });

  it('is unknown when the cluster does not say, as after a key was taken out', () => {
    expect(editorsOf([ours], {})).toEqual(['unknown']);
    expect(editorsOf([], { ...data, 'tls.crt': '' })).toEqual(['unknown']);
  });
});
