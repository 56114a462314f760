import { mkdir, rm } from 'node:fs/promises';
import { systemClock } from '@reroot/shared/clock';
import type { AdminClient } from '../cluster/admin-client.ts';
import type { CreateProcess } from '../lab-process.ts';
import { type ContainerRun, createContainerRun } from './container-run.ts';
import type { ImageStore } from './image.ts';
import type { Pod, PodPlace } from './pod.ts';
import { writePodStatus } from './pod-status.ts';
import { createPodVolumes, type PodVolumes } from './pod-volumes.ts';

/** A pod that the node runs. */
export interface PodRun {
  readonly pod: Pod;
  readonly address: string;
  readonly volumes: PodVolumes;
  isReady(): boolean;
  /** The pod as the API has it now. */
  update(pod: Pod): void;
  /** Ends the pod's processes; resolves when they are gone. */
  stop(): Promise<void>;
  /** Kills its processes; they are started anew. */
  crash(): Promise<void>;
}

/** What a pod is run with. */
export interface PodRunOptions {
  readonly cluster: string;
  readonly nodeAddress: string;
  readonly admin: AdminClient;
  readonly images: ImageStore;
  readonly create: CreateProcess;
  readonly volumeSyncMs: number;
  readonly random: () => number;
  /** Told of what goes wrong with a pod that nobody waits for. */
  readonly onError: (thrown: unknown) => void;
}

const mountRetryMs = 250;
const statusRetryMs = 500;

/** Starts to run a pod that was bound to the node: volumes first, for a container never sees them half filled. */
export function startPod(options: PodRunOptions, pod: Pod, place: PodPlace): PodRun {
  const { admin, volumeSyncMs, random } = options;
  const ending = new AbortController();
  const startedAtMs = systemClock.now();
  const volumes = createPodVolumes({ admin, pod, dir: place.dir, syncMs: volumeSyncMs, random });
  const status = createStatusWriter(async () => {
    const where = { address: place.address, nodeAddress: options.nodeAddress, startedAtMs };
    await writePodStatus(
      admin,
      pod,
      where,
      runs.map((run) => run.report()),
    );
  }, ending.signal);
  const runs: readonly ContainerRun[] = pod.spec.containers.map((container) =>
    createContainerRun({ ...options, pod, container, place, volumes, onChange: status.request }),
  );
  const life = async (): Promise<void> => {
    await mkdir(place.dir, { recursive: true });
    status.request();
    await mountAll(volumes, ending.signal);
    await Promise.all([volumes.follow(ending.signal), ...runs.map((run) => run.run(ending.signal))]);
    await rm(place.dir, { recursive: true, force: true, maxRetries: 5 });
  };
  const living = life().catch((thrown: unknown) => {
    if (!ending.signal.aborted) options.onError(thrown);
  });
  let annotations = JSON.stringify(pod.metadata.annotations ?? {});
  return {
    pod,
    address: place.address,
    volumes,
    isReady: () => !ending.signal.aborted && runs.every((run) => isReady(run)),
    update: ({ metadata }) => {
      const next = JSON.stringify(metadata.annotations ?? {});
      if (next !== annotations) volumes.syncNow();
      annotations = next;
    },
    stop: async () => {
      ending.abort();
      await living;
    },
    crash: async () => {
      await Promise.all(runs.map((run) => run.crash()));
    },
  };
}

function isReady(run: ContainerRun): boolean {
  const { state } = run.report();
  return state.kind === 'running' && state.ready;
}

/** A pod whose Secret or ConfigMap does not exist yet waits for it. */
async function mountAll(volumes: PodVolumes, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const missing = await volumes.mount().catch(() => 'an answer');
    if (missing === undefined) return;
    await systemClock.sleep(mountRetryMs, signal);
  }
}

/** One write at a time, and the last one says what is. */
function createStatusWriter(write: () => Promise<void>, signal: AbortSignal): { readonly request: () => void } {
  let wanted = false;
  let writing = false;
  const run = async (): Promise<void> => {
    writing = true;
    while (wanted && !signal.aborted) {
      wanted = false;
      try {
        await write();
      } catch {
        // The API server is away, or the pod is gone; then the signal aborts soon.
        wanted = true;
        await systemClock.sleep(statusRetryMs, signal).catch(() => undefined);
      }
    }
    writing = false;
  };
  return {
    request: () => {
      wanted = true;
      if (!writing) void run();
    },
  };
}
