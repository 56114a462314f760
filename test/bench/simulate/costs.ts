/** What things cost, in milliseconds of a core that has nothing else beside it. */
export interface Costs {
  readonly mgmt: MgmtCosts;
  readonly agent: AgentCosts;
  readonly broker: BrokerCosts;
}

export interface MgmtCosts {
  /** How many times as much it takes to say, or to hear, what was said before; a report that is read all the same counts as news. */
  readonly again: number;
  /** What it does in each second whoever speaks. */
  readonly secondMs: number;
  /** To seal something and to send it. */
  readonly wordMs: number;
  /** To take in a report, and to read it, or the state of a link. */
  readonly hearMs: number;
  /** One signature of the root, in the thread pool. */
  readonly signMs: number;
  /** To take the mesh on: three times in each step. */
  readonly moveMs: number;
  /** How much of all that is on the main thread. */
  readonly mainShare: number;
}

export interface AgentCosts {
  /** To open what mgmt says. */
  readonly hearMs: number;
  /** To answer terms. */
  readonly answerMs: number;
  /** To look at the whole cluster, to write what it shall hold where that is new, and to report. */
  readonly lookMs: number;
  /** How many times as much a look takes that nothing new has called for: such ones come one by one. */
  readonly again: number;
  readonly mainShare: number;
}

export interface BrokerCosts {
  /** How many times as much a message takes that says what was said before: such ones come one by one. */
  readonly again: number;
  readonly secondMs: number;
  /** Each message counts where it comes in and where it goes out. */
  readonly messageMs: number;
}

/** Whether something was said before: at rest nothing else is said. */
export type Novelty = 'news' | 'again';

/** The intervals that mgmt and the agents keep to. */
export interface Intervals {
  /** In which mgmt tells everything again to a cluster that is not known to hold it. */
  readonly resyncMs: number;
  /** How many times as long it takes for one that is. */
  readonly restPeriods: number;
  readonly tickMs: number;
  /** After which a cluster that has not reported lets no gate pass. */
  readonly silentAfterMs: number;
  /** In which an agent looks, and reports. */
  readonly reportIntervalMs: number;
  readonly settleMs: number;
}

/** What a step of a rotation has each agent do. */
export interface Step {
  /** `ask`: the agent first asks for an intermediate. */
  readonly intermediate: 'keep' | 'ask';
  /** After which look, the one that writes among them, a cluster is proven to hold what it is to. */
  readonly provenAfterLooks: number;
}

/** MULTI_ROOT without waves, with verification `none`, on clusters that take over at once what is written. */
export const multiRootSteps: readonly Step[] = [
  { intermediate: 'keep', provenAfterLooks: 1 },
  { intermediate: 'ask', provenAfterLooks: 2 },
  { intermediate: 'keep', provenAfterLooks: 2 },
];
