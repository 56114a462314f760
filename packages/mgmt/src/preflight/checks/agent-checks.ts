import { type InspectedRight, protocolVersion } from '@reroot/shared/protocol';
import { backdateMs } from '../../authorities/index.ts';
import { entryOf, isSilent, nobodyTakesPart } from '../../rotation/index.ts';
import {
  type Check,
  eachFact,
  eachMember,
  eachReport,
  failing,
  failingMesh,
  isAdopted,
  type Judgement,
  unseen,
  unsure,
} from '../check.ts';
import { membersOf } from '../facts.ts';

/** A clock that is off by more needs an eye; as for the alarm `ClockOff`. */
const clockOffMs = 60_000;

/** Whether the agents are there, and can do what a rotation asks of them. */
export const agentChecks: readonly Check[] = [
  {
    id: 'any-member',
    severity: 'fatal',
    passed: 'at least one cluster of the mesh takes part',
    failed: 'no cluster of the mesh takes part, and a rotation would wait for ever',
    why: 'a rotation is of the clusters that count: where none does, nobody is told anything, and no override starts it',
    hint: 'adopt those that come from elsewhere with `reroot mesh adopt`, include those that are excluded with `reroot include`, or wait for those that are on their way back',
    inAdoption: 'those that it brings along take part',
    find: (facts) => (membersOf(facts).length > 0 ? [] : failingMesh(nobodyTakesPart(facts.record, facts.snapshot.clusters))),
  },
  {
    id: 'members',
    severity: 'warning',
    passed: 'every cluster of the mesh takes part',
    failed: 'clusters take no part, and a rotation does not wait for them',
    why: 'a cluster that is excluded or on its way back keeps the old root for as long as it is, and loses its peers when that is removed',
    hint: 'include them again, or take them out of the mesh',
    inAdoption: 'those that it brings along take part; those that are excluded do not',
    find: ({ record, snapshot }) =>
      snapshot.clusters.length === 0
        ? [{ kind: 'nobody' }]
        : snapshot.clusters.flatMap((cluster) => {
            const deviation = entryOf(record.deviations, cluster);
            return deviation === undefined ? [] : [failing(cluster)(`is ${deviation.kind} (${deviation.by}: ${deviation.why})`)];
          }),
  },
  {
    id: 'agent-reports',
    severity: 'warning',
    passed: 'every cluster has reported lately',
    failed: 'clusters do not report',
    why: 'a step waits for the report of each cluster',
    hint: 'look at the agent of the cluster and at its connection to NATS, or exclude the cluster',
    find: (facts) => {
      const { snapshot, silentAfterMs, nowMs } = facts;
      return eachMember(facts, (cluster) => {
        const evidence = snapshot.evidence.get(cluster);
        if (evidence === undefined) return [failing(cluster)('has never reported since mgmt started')];
        if (!isSilent(evidence, { silentAfterMs }, nowMs)) return [];
        return [failing(cluster)(`has last reported at ${new Date(evidence.receivedAtMs).toISOString()}`)];
      });
    },
  },
  {
    id: 'agent-answers',
    severity: 'warning',
    passed: 'every agent has said what its cluster is like',
    failed: 'of some clusters nothing is known beyond their reports, and checks that need more pass over them',
    why: 'what cannot be looked at now shows in the middle of the rotation',
    hint: 'update agents that are too old to be asked, and look at those that do not answer',
    find: (facts) =>
      eachMember(facts, (cluster) => {
        const asked = facts.inspections.get(cluster);
        if (asked?.kind === 'known') return [];
        return [failing(cluster)(asked === undefined ? 'was not asked' : asked.why)];
      }),
  },
  {
    id: 'agent-version',
    severity: 'warning',
    passed: 'every agent speaks the protocol of this mgmt',
    failed: 'agents speak another version of the protocol',
    why: 'an agent more than one version apart may not understand what it is told',
    hint: 'update the older side',
    find: (facts) =>
      eachMember(facts, (cluster) => {
        const protocol = facts.snapshot.links.get(cluster)?.answer?.state.protocol;
        if (protocol === undefined) return [unseen(cluster)];
        if (protocol === protocolVersion) return [];
        return [failing(cluster)(`speaks version ${protocol}, and mgmt ${protocolVersion}`)];
      }),
  },
  {
    id: 'agent-problems',
    severity: 'warning',
    passed: 'no agent reports a problem',
    failed: 'agents report problems',
    why: 'what keeps an agent from its work now keeps a step waiting later',
    hint: 'each code has its remedy in docs/errors.md',
    inAdoption: 'a report under another term is none: nobody has told these clusters anything yet, or another reroot has',
    find: eachReport(({ problems }, { cluster, facts }) =>
      problems
        .filter(({ code }) => code !== 'RR_REPORT_OTHER_TERM' || !isAdopted(facts, cluster))
        .map(({ code, message }) => `${code} ${message}`),
    ),
  },
  {
    id: 'agent-rights',
    severity: 'fatal',
    passed: 'every agent may do what a rotation needs',
    failed: 'agents may not do what a rotation needs',
    why: 'without the right no step is taken, or none is proven',
    hint: 'apply deploy/agent/rbac.yaml again; docs/rbac.md says what each right is for',
    find: eachFact('rights', (rights) => missing(rights, 'needed')),
  },
  {
    id: 'agent-rights-optional',
    severity: 'warning',
    passed: 'every agent may look into proxies, restart workloads and inspect its cluster',
    failed: 'agents lack rights that may be left out',
    why: 'a rotation without them takes longer, and preflight sees less',
    hint: 'docs/rbac.md says what happens without each; leave them out if that is meant',
    find: eachFact('rights', (rights) => missing(rights, 'optional')),
  },
  {
    id: 'clocks',
    severity: 'warning',
    passed: 'the clock of every cluster is that of mgmt, within a minute',
    failed: 'clocks differ by more than a minute',
    why: 'certificates, tokens and the start of pods are judged by clocks',
    hint: 'let the nodes follow a time server',
    find: (facts) => clockFindings(facts, ({ certainMs }) => certainMs > clockOffMs),
  },
  {
    id: 'clock-behind-certificates',
    severity: 'fatal',
    passed: 'no clock is so far behind that new certificates are not valid there yet',
    failed: 'clocks are so far behind that new certificates are not valid there yet',
    why: 'certificates reach back five minutes; a cluster that is further behind refuses each new one',
    hint: 'set the clocks of the nodes, and let them follow a time server',
    find: (facts) => clockFindings(facts, ({ offsetMs, certainMs }) => offsetMs < 0 && certainMs > backdateMs),
  },
];

interface ClockReading {
  readonly offsetMs: number;
  /** A slow way there or back shifts what is measured by half the round trip at the most (RFC 5905 §8). */
  readonly certainMs: number;
}

function clockFindings(
  facts: Parameters<Check['find']>[0],
  isOff: (reading: ClockReading) => boolean,
): ReturnType<Check['find']> {
  return eachMember(facts, (cluster) => {
    const timing = facts.snapshot.links.get(cluster)?.answer?.timing;
    if (timing === undefined) return [unseen(cluster)];
    const { clockOffsetMs: offsetMs, roundTripMs } = timing;
    if (!isOff({ offsetMs, certainMs: Math.abs(offsetMs) - roundTripMs / 2 })) return [];
    const way = offsetMs < 0 ? 'behind' : 'ahead of';
    return [failing(cluster)(`its clock is ${Math.round(Math.abs(offsetMs) / 1_000)} s ${way} that of mgmt`)];
  });
}

function missing(rights: readonly InspectedRight[], need: InspectedRight['need']): readonly Judgement[] {
  return rights.flatMap(({ right, need: ownNeed, allowed }): readonly Judgement[] => {
    if (ownNeed !== need) return [];
    if (allowed.kind === 'unknown') return [unsure(`may perhaps not ${right}: ${allowed.why}`)];
    return allowed.value === 'yes' ? [] : [`may not ${right}`];
  });
}
