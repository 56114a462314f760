import { mkdir, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { FleetProcess } from '@reroot/simulator/processes';
import type { CreateProcess } from '../lab-process.ts';
import type { ImageStore } from './image.ts';
import { type Container, expandContainer, type Pod, type PodPlace } from './pod.ts';
import type { ContainerReport, ContainerState } from './pod-status.ts';
import type { PodVolumes } from './pod-volumes.ts';

/** One container of a pod, which is a process. */
export interface ContainerRun {
  report(): ContainerReport;
  /** Runs it, and again after it has ended, until the signal aborts; resolves when its process is gone then. */
  run(signal: AbortSignal): Promise<void>;
  /** SIGKILL, as when the node runs out of memory. */
  crash(): Promise<void>;
}

/** What a container is run with. */
export interface ContainerRunOptions {
  readonly cluster: string;
  readonly pod: Pod;
  readonly container: Container;
  readonly place: PodPlace;
  readonly volumes: PodVolumes;
  readonly images: ImageStore;
  readonly create: CreateProcess;
  /** Told after every change of `report`. */
  readonly onChange: () => void;
}

/** A kubelet starts anew at once, then after 10 s, and so on up to 5 min; here nobody wants to wait so long. */
const firstBackOffMs = 1_000;
const longestBackOffMs = 30_000;
const probeUnreadyMs = 100;
const probeReadyMs = 1_000;
const failuresUntilUnready = 3;

export function createContainerRun(options: ContainerRunOptions): ContainerRun {
  const { container, onChange } = options;
  let state: ContainerState = { kind: 'waiting', reason: 'ContainerCreating' };
  let restartCount = 0;
  let process: FleetProcess | undefined;
  let killing: Promise<void> | undefined;
  const become = (next: ContainerState): void => {
    state = next;
    onChange();
  };
  return {
    report: () => ({ name: container.name, image: container.image, restartCount, state }),
    crash: async () => {
      killing = process?.kill();
      await killing;
    },
    run: async (signal) => {
      const rootDir = await prepareRoot(options);
      const live = async (): Promise<void> => {
        const ended = Promise.withResolvers<string>();
        const started = createProcess(options, rootDir, (error) => ended.resolve(error.message));
        process = started;
        await started.start(signal);
        become({ kind: 'running', startedAtMs: systemClock.now(), ready: container.readinessProbe === undefined });
        const life = new AbortController();
        const during = AbortSignal.any([signal, life.signal]);
        const probing = probe(options, during, (ready) => {
          if (state.kind === 'running' && state.ready !== ready) become({ ...state, ready });
        });
        const reason = await Promise.race([ended.promise, untilKilled(started, during)]);
        life.abort();
        // Its ports are free only then.
        await killing;
        await probing;
        become({ kind: 'crashed', reason });
      };
      let backOffMs = firstBackOffMs;
      do {
        await live();
        backOffMs = Math.min(2 * backOffMs, longestBackOffMs);
      } while (await slept(restartCount++ === 0 ? 0 : backOffMs, signal));
      await process?.stop();
    },
  };
}

/** The container's root: what the image brings, and a link to each volume where it is mounted. */
async function prepareRoot({ pod, place, container, images, volumes }: ContainerRunOptions): Promise<string> {
  const rootDir = join(place.dir, container.name);
  await mkdir(rootDir, { recursive: true });
  await imageOf(images, container).prepare(rootDir, pod, place.address);
  for (const { name, mountPath } of container.volumeMounts ?? []) {
    const link = join(rootDir, mountPath);
    await mkdir(dirname(link), { recursive: true });
    await rm(link, { recursive: true, force: true });
    await symlink(volumes.dirOf(name), link);
  }
  return rootDir;
}

function imageOf(images: ImageStore, { image }: Container): NonNullable<ReturnType<ImageStore['get']>> {
  const found = images.get(image);
  if (found === undefined) throw new RerootError('RR_INTERNAL', `there is no image ${image}`);
  return found;
}

function createProcess(
  { cluster, pod, container, place, images, create }: ContainerRunOptions,
  cwd: string,
  onEnded: (error: RerootError) => void,
): FleetProcess {
  const { env, args } = expandContainer(pod, container, place.address);
  const name = `${cluster}-${pod.metadata.namespace}-${pod.metadata.name}-${container.name}`;
  return create(name, imageOf(images, container).command, args, { cwd, env, onEnded });
}

/** Asks the readiness probe, often until it is ready for the first time. */
async function probe(
  { container, place }: ContainerRunOptions,
  signal: AbortSignal,
  onAnswer: (ready: boolean) => void,
): Promise<void> {
  const target = container.readinessProbe?.httpGet;
  if (target === undefined) return;
  const url = `http://${place.address}:${target.port}${target.path}`;
  let failures = 0;
  let everReady = false;
  do {
    const ready = await answersOk(url, signal);
    failures = ready ? 0 : failures + 1;
    everReady ||= ready;
    if (ready || failures >= failuresUntilUnready) onAnswer(ready);
  } while (await slept(everReady ? probeReadyMs : probeUnreadyMs, signal));
}

async function answersOk(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(1_000)]) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** Resolves when the process was ended from here, which it does not tell, or the signal aborts. */
async function untilKilled(process: FleetProcess, signal: AbortSignal): Promise<string> {
  while (await slept(probeUnreadyMs, signal)) {
    if (process.pid() === undefined) return 'it was killed';
  }
  return 'the pod ends';
}

/** False when the signal aborted before. */
async function slept(ms: number, signal: AbortSignal): Promise<boolean> {
  await systemClock.sleep(ms, signal).catch(() => undefined);
  return !signal.aborted;
}
