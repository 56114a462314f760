import type { KubeApi } from '@reroot/kube-api';
import type { IstiodPod } from './istiod-pod.ts';

/**
 * Marks each pod with the present time. A pod that changes is synced by its kubelet at once, volumes included, where it
 * would take up to about 90 seconds otherwise; Istio's own rotation test does the same.
 */
export async function refreshVolumes(
  api: KubeApi,
  pods: readonly IstiodPod[],
  nowMs: number,
  signal: AbortSignal,
): Promise<void> {
  const body = { metadata: { annotations: { 'reroot.dev/refreshed-at': new Date(nowMs).toISOString() } } };
  const results = await Promise.allSettled(
    pods.map(({ namespace, pod }) => api.mergePatch(`/api/v1/namespaces/${namespace}/pods/${pod}`, body, signal)),
  );
  // One that has gone since must not keep the others from being refreshed.
  const failed = results.find((result) => result.status === 'rejected' && !isGone(result.reason));
  if (failed?.status === 'rejected') throw failed.reason;
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'RR_OBJECT_NOT_FOUND';
}
