import { RerootError } from '@reroot/shared/errors';
import type { Problem } from '@reroot/shared/protocol';
import { createFakeClock } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ClusterEvent } from '../cluster/cluster-event.ts';
import { createEventRecorder, type EventRecorder } from './event-recorder.ts';
import { actOf } from './occurrence.ts';

const minuteMs = 60_000;
let clock: ReturnType<typeof createFakeClock>;
let written: ClusterEvent[];
let warnings: object[];
let answer: () => Promise<void>;
let stop: AbortController;
let recorder: EventRecorder;

beforeEach(() => {
  clock = createFakeClock(1_000);
  written = [];
  warnings = [];
  answer = async () => undefined;
  stop = new AbortController();
  const silent = { debug: () => undefined, info: () => undefined, error: () => undefined };
  const log = { ...silent, warn: (fields: object) => void warnings.push(fields), child: () => log };
  let ids = 0;
  recorder = createEventRecorder({
    cluster: {
      name: 'cluster-1',
      recordEvent: async (event) => {
        written.push(event);
        await answer();
      },
    },
    newId: () => `id-${(ids += 1)}`,
    timeoutMs: 1_000,
    ...{ clock, log, signal: stop.signal },
  });
});

const notLoaded: Problem = { code: 'RR_REPLICA_NOT_LOADED', message: 'istiod-0', remedy: 'look' };
const forbidden = () => Promise.reject(new RerootError('RR_CLUSTER_FORBIDDEN', 'User "x" cannot create events'));

describe('recording events', () => {
  it('waits for no answer, and writes one event after the other', async () => {
    const answered = Promise.withResolvers<undefined>();
    answer = async () => answered.promise;
    recorder.tell(actOf('TrustWritten', 'one'));
    recorder.tell(actOf('TrustWritten', 'two'));
    expect(written.map(({ note }) => note)).toEqual(['one']);
    answered.resolve(undefined);
    await recorder.settled();
    expect(written.map(({ note }) => note)).toEqual(['one', 'two']);
  });

  it('logs a refusal once, and once more after it has worked in between', async () => {
    answer = forbidden;
    for (const note of ['one', 'two', 'three']) recorder.tell(actOf('TrustWritten', note));
    await recorder.settled();
    expect(written).toHaveLength(3);
    expect(warnings).toMatchObject([{ code: 'RR_CLUSTER_FORBIDDEN' }]);
    answer = async () => undefined;
    recorder.tell(actOf('TrustWritten', 'four'));
    await recorder.settled();
    answer = forbidden;
    recorder.tell(actOf('TrustWritten', 'five'));
    await recorder.settled();
    expect(warnings).toHaveLength(2);
  });

  it('gives up on a cluster that does not answer, and drops what is too much meanwhile', async () => {
    answer = () => new Promise(() => undefined);
    const reasons = [
      'TrustWritten',
      'TrustRestored',
      'IntermediateRenewed',
      'ProxiesNudged',
      'ReplicaRestarted',
      'TrustProven',
    ] as const;
    for (const reason of reasons) for (let each = 0; each < 10; each += 1) recorder.tell(actOf(reason, `${each}`));
    answer = async () => undefined;
    clock.advance(1_000);
    await recorder.settled();
    // The first was on its way, fifty waited.
    expect(written).toHaveLength(51);
    expect(warnings).toMatchObject([{ code: 'RR_CLUSTER_UNREACHABLE' }]);
  });

  it('ends with the signal, and says nothing of what was under way', async () => {
    answer = () => new Promise(() => undefined);
    recorder.tell(actOf('TrustWritten', 'one'));
    recorder.tell(actOf('TrustWritten', 'two'));
    stop.abort();
    await recorder.settled();
    recorder.tell(actOf('TrustWritten', 'three'));
    expect(written).toHaveLength(1);
    expect(warnings).toEqual([]);
  });
});

describe('a problem', () => {
  it('is told when it comes, every ten minutes while it lasts, and anew when it has been away', async () => {
    const pass = async (problems: readonly Problem[]): Promise<readonly number[]> => {
      written = [];
      recorder.noteProblems(problems);
      await recorder.settled();
      return written.map(({ count }) => count);
    };
    expect(await pass([notLoaded])).toEqual([1]);
    for (let each = 0; each < 9; each += 1) {
      clock.advance(minuteMs);
      expect(await pass([notLoaded])).toEqual([]);
    }
    clock.advance(minuteMs);
    expect(await pass([notLoaded])).toEqual([2]);
    expect(await pass([])).toEqual([]);
    clock.advance(minuteMs);
    expect(await pass([notLoaded])).toEqual([3]);
  });

  it('that the cluster does not answer is not told to it', async () => {
    recorder.noteProblems([{ code: 'RR_CLUSTER_UNREACHABLE', message: 'no answer', remedy: 'wait' }, notLoaded]);
    await recorder.settled();
    expect(written.map(({ reason }) => reason)).toEqual(['ReplicaNotLoaded']);
  });
});
