import type { Clock } from '@reroot/shared/clock';
import { type LinkTerms, protocolVersion, subjects } from '@reroot/shared/protocol';
import type { Bus } from '@reroot/shared/transport';
import { type ClusterName, createSeldom, type LinkAccounts, type LinkView, type SigningKeys } from '../fleet/index.ts';
import type { AgentSequences } from '../mesh/index.ts';
import type { Lane, Pacer } from './pacer.ts';
import type { Sealer } from './sealer.ts';

/** Tells agents what holds between them and mgmt, whatever their mesh is doing. */
export interface TermsTeller {
  /** Tells these clusters, so that they answer. One that may not speak is told nothing. */
  tell(clusters: readonly ClusterName[]): void;
  /** Tells one whose terms have changed, before all that is only said again. */
  tellChange(cluster: ClusterName): void;
  /** Tells one that has answered to what mgmt does not remember, at most once a second. */
  hasten(cluster: ClusterName): void;
  /** Whether an agent that was heard within so long has answered the last terms, and follows what they would say now. */
  isFollowed(cluster: ClusterName, withinMs: number): boolean;
}

/** What the teller works with. */
export interface TermsTellerOptions {
  readonly bus: Bus;
  readonly sealer: Sealer;
  readonly pacer: Pacer;
  readonly accounts: Pick<LinkAccounts, 'termsFor'>;
  readonly keys: Pick<SigningKeys, 'publicKeys' | 'areAccepted'>;
  readonly links: Pick<LinkView, 'asked' | 'find' | 'hasAnswered'>;
  readonly sequences: Pick<AgentSequences, 'highest'>;
  readonly mgmtVersion: string;
  readonly clock: Clock;
}

const hastenEveryMs = 1_000;

/** Terms are written when their turn comes, so that none is out of date. */
export function createTermsTeller(options: TermsTellerOptions): TermsTeller {
  const { bus, sealer, pacer, accounts, keys, links, sequences, clock } = options;
  const seldom = createSeldom(hastenEveryMs, clock);

  const tellOne = ({ mesh, cluster }: ClusterName): void => {
    const terms = accounts.termsFor(mesh, cluster);
    if (terms === undefined) return;
    const body: LinkTerms = {
      ...terms,
      mgmtPublicKeys: keys.publicKeys(),
      mgmtVersion: options.mgmtVersion,
      protocol: protocolVersion,
      heardSequence: sequences.highest(mesh, cluster),
    };
    const subject = subjects.terms(mesh, cluster);
    const message = { kind: 'link-terms', body } as const;
    const { payload, sequence, sentAtMs } = sealer.seal({ mesh, cluster, subject, generation: 0, message });
    links.asked(mesh, cluster, sequence, sentAtMs);
    bus.publish(subject, payload);
  };
  const say = (name: ClusterName, lane: Lane): void => {
    const { mesh, cluster } = name;
    pacer.say({ lane, group: mesh, key: subjects.terms(mesh, cluster), act: () => tellOne(name) });
  };

  return {
    tell: (clusters) => {
      for (const cluster of clusters) if (accounts.termsFor(cluster.mesh, cluster.cluster) !== undefined) say(cluster, 'again');
    },
    tellChange: (cluster) => say(cluster, 'news'),
    hasten: (cluster) => {
      if (seldom.pass(`${cluster.mesh}/${cluster.cluster}`) !== undefined) say(cluster, 'again');
    },
    isFollowed: ({ mesh, cluster }, withinMs) => {
      const answer = links.find(mesh, cluster);
      if (answer === undefined || clock.now() - answer.heardAtMs > withinMs || !links.hasAnswered(mesh, cluster)) return false;
      const terms = accounts.termsFor(mesh, cluster);
      if (terms === undefined || terms.cluster !== cluster || terms.natsJwt !== '') return false;
      return answer.state.credentialsEpoch >= terms.credentialsEpoch && keys.areAccepted(mesh, cluster);
    },
  };
}
