import type { LinkState } from '@reroot/shared/protocol';
import type { LinkAccess, LinkAnswer, LinkFacts, Links } from '../rotation/index.ts';
import { keepAge } from './keep-age.ts';
import { timingOf } from './link-timing.ts';

/** How the link to each agent stands. Kept in memory alone: after a restart every agent is asked again. */
export interface LinkView {
  /** Notes that the terms of a sequence were sent. */
  asked(mesh: string, cluster: string, sequence: number, atMs: number): void;
  /**
   * Takes in what an agent says, newer than what it said before.
   * @returns `unasked` when it does not answer terms that were sent lately: of an agent that was not heard yet, nothing is
   *   taken in then, for what was kept from before mgmt's start could be played back
   */
  heard(mesh: string, cluster: string, message: HeardState): 'answer' | 'unasked';
  /** Notes that an agent was heard otherwise: whoever reports is connected. Nothing of one that has answered no terms yet. */
  spoke(mesh: string, cluster: string, atMs: number): void;
  /** Whether the terms that were sent last are answered. */
  hasAnswered(mesh: string, cluster: string): boolean;
  /** Forgets a cluster that has left, or may not speak any more. */
  forget(mesh: string, cluster: string): void;
  /** Undefined before the first answer. */
  find(mesh: string, cluster: string): LinkAnswer | undefined;
  /** Ids of the keys of mgmt that the agent said to accept; undefined before its first answer. */
  readonly keysAcceptedBy: (mesh: string, cluster: string) => readonly string[] | undefined;
  /** Notes that the clock was set back, and how far: all that was asked and heard keeps its age. */
  setBack(byMs: number, nowMs: number): void;
  /** All links of a mesh, always as the same object. */
  linksOf(mesh: string): Links;
}

/** A LinkState with the times of its envelope. */
export interface HeardState {
  readonly state: LinkState;
  /** By the agent's clock. */
  readonly answeredAtMs: number;
  /** By mgmt's clock. */
  readonly receivedAtMs: number;
}

/** How many questions of each agent are remembered: an answer may be some seconds under way. */
const maxQuestions = 8;

/** Text of an agent that people are shown. */
const maxVersionLength = 40;

/** Those of a newer agent may be other codes than ours. */
const codeForm = /^RR_[A-Z0-9_]{1,60}$/;

/** What is kept of one agent. */
interface Link {
  /** When terms were sent, by their sequence, the oldest first. */
  readonly questions: Map<number, number>;
  /** Sequence of the terms that were answered last; 0 where there are none. */
  answeredLast: number;
  answer: LinkAnswer | undefined;
  /** What was last said of it. */
  facts: LinkFacts | undefined;
}

/** Starts with nothing known. @param accessOf whether a cluster may speak */
export function createLinkView(accessOf: (mesh: string, cluster: string) => LinkAccess): LinkView {
  const meshes = new Map<string, Map<string, Link>>();
  const views = new Map<string, Links>();
  const neverAsked = new WeakMap<LinkAccess, LinkFacts>();
  const find = (mesh: string, cluster: string): Link | undefined => meshes.get(mesh)?.get(cluster);
  const open = (mesh: string, cluster: string): Link => {
    const links = meshes.get(mesh) ?? new Map<string, Link>();
    meshes.set(mesh, links);
    const link = links.get(cluster) ?? startLink();
    links.set(cluster, link);
    return link;
  };
  /** The same object as before where nothing has changed: gates ask of thousands after each report. */
  const factsOf = (mesh: string, cluster: string): LinkFacts => {
    const link = find(mesh, cluster);
    const access = accessOf(mesh, cluster);
    const { facts, answer } = link ?? { facts: neverAsked.get(access), answer: undefined };
    if (facts?.access === access && facts.answer === answer) return facts;
    const made = { access, answer };
    if (link === undefined) neverAsked.set(access, made);
    else link.facts = made;
    return made;
  };
  return {
    asked: (mesh, cluster, sequence, atMs) => {
      const { questions } = open(mesh, cluster);
      questions.set(sequence, atMs);
      const [oldest] = questions.keys();
      if (questions.size > maxQuestions && oldest !== undefined) questions.delete(oldest);
    },
    heard: (mesh, cluster, { state, answeredAtMs, receivedAtMs }) => {
      const link = find(mesh, cluster);
      const askedAtMs = link?.questions.get(state.heardSequence);
      const { heardAtMs } = state;
      // What is said without being asked tells nothing new of the way there and back.
      const timing =
        askedAtMs === undefined ? link?.answer?.timing : timingOf({ askedAtMs, heardAtMs, answeredAtMs, receivedAtMs });
      if (link === undefined || timing === undefined) return 'unasked';
      link.answer = { heardAtMs: receivedAtMs, timing, state: shorten(state) };
      if (askedAtMs === undefined) return 'unasked';
      link.answeredLast = state.heardSequence;
      return 'answer';
    },
    spoke: (mesh, cluster, atMs) => {
      const link = find(mesh, cluster);
      if (link?.answer !== undefined) link.answer = { ...link.answer, heardAtMs: atMs };
    },
    hasAnswered: (mesh, cluster) => {
      const link = find(mesh, cluster);
      return link?.answer !== undefined && link.answeredLast === [...link.questions.keys()].at(-1);
    },
    forget: (mesh, cluster) => {
      meshes.get(mesh)?.delete(cluster);
    },
    find: (mesh, cluster) => find(mesh, cluster)?.answer,
    keysAcceptedBy: (mesh, cluster) => find(mesh, cluster)?.answer?.state.mgmtKeys,
    setBack: (byMs, nowMs) => {
      const moved = keepAge(byMs, nowMs);
      for (const link of [...meshes.values()].flatMap((links) => [...links.values()])) {
        for (const [sequence, askedAtMs] of link.questions) link.questions.set(sequence, moved(askedAtMs));
        if (link.answer !== undefined) link.answer = { ...link.answer, heardAtMs: moved(link.answer.heardAtMs) };
      }
    },
    linksOf: (mesh) => {
      const view = views.get(mesh) ?? { get: (cluster: string) => factsOf(mesh, cluster) };
      views.set(mesh, view);
      return view;
    },
  };
}

function startLink(): Link {
  return { questions: new Map<number, number>(), answeredLast: 0, answer: undefined, facts: undefined };
}

/** An agent may call its version what it likes, and make reasons up. */
function shorten(state: LinkState): LinkState {
  return {
    ...state,
    agentVersion: state.agentVersion.slice(0, maxVersionLength),
    refusals: state.refusals.filter(({ reason }) => codeForm.test(reason)),
  };
}
