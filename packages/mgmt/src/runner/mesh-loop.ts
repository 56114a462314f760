import type { Verdict } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { type ErrorCode, RerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import { keepTrace, type WithinTrace } from '@reroot/shared/tracing';
import { actByItself, describeStep } from '../audit/index.ts';
import type { Custody } from '../authorities/index.ts';
import type { FleetView } from '../fleet/index.ts';
import { createJudgeIndex, judgeCluster, type KnownAlarm, type Policy, type Snapshot, sameVerdict } from '../rotation/index.ts';
import { createTurn, type MeshChange, type RenamedCluster, type Store } from '../store/index.ts';
import type { Verifier } from '../verification/index.ts';
import { createAlarmLog } from './alarms.ts';
import { createDriftWatch, type DriftWatch, type OpenDrift } from './drift-watch.ts';
import { createGathering } from './gathering.ts';
import { createHeldMesh, isConflict, type MeshRename } from './held-mesh.ts';
import { type JudgedMoment, judgeMoment } from './judge-moment.ts';
import { createKeyRemoval } from './key-removal.ts';
import type { MeshView } from './mesh-view.ts';
import { subjectOf } from './proof-operations.ts';
import { createVerdictKeeper } from './verdict-keeper.ts';
import { createVerdictLog } from './verdict-log.ts';

/** The one place where a mesh changes. */
export interface MeshLoop {
  readonly mesh: string;
  /** The mesh as it is stored. */
  view(): Promise<MeshView>;
  /** The mesh with the evidence and the decision that follow from it now. */
  moment(): Promise<MeshMoment>;
  /** Looks at the mesh soon and makes every transition that its evidence allows. Never throws; many calls are one look. */
  wake(): void;
  /** Notes that the evidence of a cluster is another, and looks at the mesh soon. */
  hear(cluster: string): void;
  /**
   * Carries out an operator's act when its turn comes. `change` is asked again when somebody else was faster; where it
   * gives none, the mesh stays as it is.
   * @returns the mesh after the act
   * @throws what `change` throws; RR_STORE_*
   */
  act(change: (view: MeshView) => MeshChange | undefined | Promise<MeshChange | undefined>): Promise<MeshView>;
  /** The same of an act that rests on the evidence too. */
  actAt(change: (moment: MeshMoment) => MeshChange | undefined): Promise<MeshView>;
  /**
   * Gives a cluster of the mesh another name, together with the change of the mesh that goes with it.
   * @throws what `rename` throws; RR_STORE_*
   */
  renameCluster(rename: (view: MeshView) => MeshRename): Promise<RenamedCluster>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** Everything that is known of a mesh at one moment. */
export interface MeshMoment extends JudgedMoment {
  /** Why keys that the record calls destroyed are there still, by the fingerprint of their root. */
  readonly keysLeft: ReadonlyMap<string, RerootError>;
  /** Why a rotation that should have started by itself has not. */
  readonly notStarted: RerootError | undefined;
  /** What clusters hold that they should not, while no rotation is under way. */
  readonly drift: readonly OpenDrift[];
  /** What is wrong with mgmt itself, and whoever looks at the mesh is to see; absent where nobody looked. */
  readonly mgmtAlarms?: readonly KnownAlarm[];
}

/** What a loop works with. */
export interface MeshLoopOptions {
  readonly mesh: string;
  readonly store: Store;
  /** The one that this mgmt took. */
  readonly term: number;
  readonly fleet: FleetView;
  readonly timings: Pick<Policy, 'silentAfterMs' | 'finishedHoldMs'>;
  /** How long a replica, a namespace or a workload may differ at rest before it counts as drift; three minutes when left out. */
  readonly driftAfterMs?: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Called after each change of the stored mesh. */
  readonly onChange: (view: MeshView) => void;
  /** Called when the verdict says something else than the one before. */
  readonly onVerdict?: () => void;
  /** Called when another mgmt has taken over. */
  readonly onDeposed?: () => void;
  /** Makes the change that starts a rotation by itself. */
  readonly renew: (moment: MeshMoment, why: string) => Promise<MeshChange>;
  /** Destroys a private key; one that is gone already is no failure. */
  readonly destroyKey: (custody: Custody) => Promise<void>;
  /** Verifies steps by itself, where a rotation asks for that. */
  readonly verifier: Pick<Verifier, 'facts' | 'look'>;
  /** What is wrong with mgmt itself. */
  readonly mgmtAlarms?: () => readonly KnownAlarm[];
}

/** What kept a rotation from starting by itself may last: making a root each second helps nobody. */
const renewAgainAfterMs = 60_000;

/** The kubelet takes a minute and a half to bring a changed Secret to istiod, and istiod some time to hand it out. */
const defaultDriftAfterMs = 180_000;

/** Acts and looks take turns, so that each decision is made on what the one before has left. */
export function createMeshLoop(options: MeshLoopOptions): MeshLoop {
  const { mesh, store, term, fleet, timings, clock, onChange } = options;
  const log = options.log.child({ mesh });
  const said = createVerdictLog(log);
  const alarms = createAlarmLog(log, clock);
  const index = createJudgeIndex();
  const verdicts = createVerdictKeeper({ store, mesh, term, clock });
  const keys = createKeyRemoval(options.destroyKey, clock);
  const turn = createTurn();
  const held = createHeldMesh({
    mesh,
    store,
    term,
    onChange,
    onCondition: (record, condition) => said.change(record, condition),
  });
  let removing: Promise<void> | undefined;
  let lookPending = false;
  let followed: WithinTrace | undefined;
  let renewAtMs = 0;
  let notStarted: RerootError | undefined;
  let drift: DriftWatch | undefined;
  /** A deposed mgmt is never reinstated. Each look more could make a root that nobody may use. */
  let deposed = false;

  const momentOf = (view: MeshView): MeshMoment => ({
    ...judgeMoment(view, {
      ...{ fleet, index, timings, clock },
      verification: options.verifier.facts(view.stored.record),
      before: verdicts.last(),
    }),
    ...{ keysLeft: keys.left(), notStarted, drift: drift?.open() ?? [], mgmtAlarms: options.mgmtAlarms?.() ?? [] },
  });

  /** The change that a decision asks for, if it asks for any. */
  const changeFor = async (moment: MeshMoment): Promise<MeshChange | undefined> => {
    const { decision } = moment;
    if (decision.kind === 'transition') return decision.transition;
    if (decision.kind !== 'renew') notStarted = undefined;
    if (decision.kind !== 'renew' || clock.now() < renewAtMs) return undefined;
    renewAtMs = clock.now() + renewAgainAfterMs;
    try {
      const change = await options.renew(moment, decision.why);
      notStarted = undefined;
      return change;
    } catch (error) {
      if (!(error instanceof RerootError) || error.code !== 'RR_PREFLIGHT_FAILED') throw error;
      if (error.message !== notStarted?.message) said.notStarted(error);
      notStarted = error;
      return undefined;
    }
  };

  const look = async (): Promise<void> => {
    for (;;) {
      const moment = momentOf(await held.view());
      const { view: from, snapshot, decision } = moment;
      const change = await changeFor(moment);
      if (change === undefined) {
        await settle(from, snapshot, decision.verdict);
        return;
      }
      try {
        await held.commit(from, decision.kind === 'transition' ? { ...change, ...groundsOf(moment) } : change);
      } catch (error) {
        if (!isConflict(error)) throw error;
      }
    }
  };

  /** What follows from the record when nothing more changes it: all of it may be done again. */
  const settle = async (view: MeshView, snapshot: Snapshot, verdict: Verdict): Promise<void> => {
    said.verdict(view.stored.record, verdict);
    const before = verdicts.last();
    if (before === undefined || !sameVerdict(before, verdict)) options.onVerdict?.();
    alarms.look(view, snapshot);
    options.verifier.look(subjectOf(view, snapshot, timings.silentAfterMs, verdict));
    await verdicts.keep(view.stored, verdict);
    removeKeys(view);
    await watchDrift(view, snapshot, verdict);
    gathering.looked(view.stored.spec.clusters.length);
  };

  const watchDrift = async (view: MeshView, snapshot: Snapshot, verdict: Verdict): Promise<void> => {
    const { driftAfterMs: graceMs = defaultDriftAfterMs } = options;
    const { record, spec } = view.stored;
    const { silentAfterMs: calmMs } = timings;
    drift ??= createDriftWatch({ history: await store.listHistory(mesh), graceMs, calmMs, clock, log });
    const policy = { ...spec.rotation, ...timings };
    const condition = drift.look(
      record,
      snapshot,
      { passed: verdict.passed },
      (cluster) => judgeCluster(record, cluster, snapshot, policy, clock.now()).passed,
    );
    if (condition !== undefined) await held.commitAnew(() => ({ condition }));
  };

  /** Beside the turn: a Vault that does not answer must keep no operator waiting. One removal at a time. */
  const removeKeys = (view: MeshView): void => {
    removing ??= keys
      .remove(view)
      .catch((error: unknown) => said.keysLeft(error))
      .finally(() => {
        removing = undefined;
      });
  };

  const wake = (): void => {
    // A look that is due already takes in what came since, whoever asked for it first.
    followed = keepTrace() ?? followed;
    if (lookPending) return;
    lookPending = true;
    const lookNow = async (): Promise<void> => {
      lookPending = false;
      const within = followed;
      followed = undefined;
      try {
        if (!deposed) await (within === undefined ? look() : within(look));
      } catch (error) {
        deposed = isCoded(error, 'RR_STORE_DEPOSED');
        if (deposed) options.onDeposed?.();
        said.failure(error);
      }
    };
    // What follows from an act of somebody is not that somebody's act.
    void actByItself(() => turn.take(lookNow));
  };
  const gathering = createGathering(wake, clock);

  return {
    mesh,
    view: () => held.view(),
    moment: async () => momentOf(await held.view()),
    wake,
    hear: (cluster) => {
      index.heard(cluster);
      drift?.heard(cluster);
      gathering.heard();
    },
    act: async (change) => {
      const changed = await turn.take(() => held.commitAnew(change));
      wake();
      return changed;
    },
    actAt: async (change) => {
      const changed = await turn.take(() => held.commitAnew((from) => change(momentOf(from))));
      wake();
      return changed;
    },
    renameCluster: async (rename) => {
      const renamed = await turn.take(async () => {
        const from = await held.view();
        return held.rename(from, rename(from));
      });
      wake();
      return renamed;
    },
    idle: async () => {
      await gathering.idle();
      await turn.take(async () => undefined);
      await removing;
    },
  };
}

/** The moves after which a step has passed, is left, or has failed. */
const passing: ReadonlySet<string | undefined> = new Set(['verify', 'advance', 'finish', 'settle', 'fail', 'stepBack']);

/** What a transition rests on, for the journal and the evidence pack. */
function groundsOf(moment: MeshMoment): Pick<MeshChange, 'because' | 'evidence'> {
  const { decision, view } = moment;
  const move = decision.kind === 'transition' ? decision.transition.condition.act?.move : undefined;
  const because = decision.verdict;
  if (move === undefined || !passing.has(move)) return { because };
  return { because, evidence: describeStep({ ...moment, record: view.stored.record }, move) };
}

function isCoded(error: unknown, code: ErrorCode): boolean {
  return error instanceof RerootError && error.code === code;
}
