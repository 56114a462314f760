import { malformed, readCount, readList, readProse, readShort, readShown } from './field.ts';
import { reroot } from './generated/reroot.js';
import type {
  Fact,
  FactName,
  InspectedBudget,
  InspectedCaFiles,
  InspectedFinding,
  InspectedIstiod,
  InspectedProxies,
  InspectedRight,
  InspectedWebhook,
  Inspection,
  InspectRequest,
} from './inspection-message.ts';
import { limits } from './limits.ts';
import { quoteText } from './quote-text.ts';

type Wire = reroot.v1.Inspection.$Properties;

const { Learns } = reroot.v1;

const switches = ['on', 'off', 'unknown'] as const;
const learns = { pushed: Learns.LEARNS_PUSHED, renewed: Learns.LEARNS_RENEWED } as const;
const factNames: Readonly<Record<FactName, true>> = {
  istiods: true,
  proxies: true,
  caFiles: true,
  webhooks: true,
  meshRoots: true,
  outsideWorkloads: true,
  budgets: true,
  rights: true,
  rootsReadFrom: true,
};

/** To the wire's form. */
export function writeInspectRequest({ facts }: InspectRequest): reroot.v1.InspectRequest.$Properties {
  return { facts: [...facts] };
}

/** From the wire's form. @throws RR_PROTOCOL_MALFORMED */
export function readInspectRequest(path: string, wire: reroot.v1.InspectRequest.$Properties): InspectRequest {
  return { facts: readList(`${path}.facts`, wire.facts, limits.facts, readShort) };
}

/** To the wire's form. */
export function writeInspection(inspection: Inspection): Wire {
  const { agentVersion, takenAtMs, istiods, proxies, caFiles, webhooks, budgets, rights } = inspection;
  const names = Object.keys(factNames) as FactName[];
  return {
    agentVersion,
    takenAtMs,
    facts: names.map((name) => {
      const fact: Fact<unknown> = inspection[name];
      return { name, unknownBecause: fact.kind === 'known' ? '' : fact.why };
    }),
    istiods: valuesOf(istiods).map((each) => ({ ...each, unread: [...each.unread] })),
    proxies: valuesOf(proxies).map(({ examples, unread, ...each }) => ({
      ...each,
      learns: learns[each.learns],
      examples: [...examples],
      unread: [...unread],
    })),
    caFiles: valuesOf(caFiles).map(({ keys, findings, ...each }) => ({
      ...each,
      keys: keys.slice(0, limits.inspected).map((key) => ({ ...key })),
      findings: findings.slice(0, limits.inspected).map((finding) => ({ ...finding })),
    })),
    webhooks: valuesOf(webhooks).map(writeWebhook),
    meshRoots: valueOf(inspection.meshRoots, 0),
    outsideWorkloads: valueOf(inspection.outsideWorkloads, 0),
    budgets: valuesOf(budgets).map((each) => ({ ...each })),
    rights: valuesOf(rights).map(writeRight),
    rootsReadFrom: valueOf<string>(inspection.rootsReadFrom, ''),
  };
}

/** From the wire's form. What an agent of another version does not know of is unknown. @throws RR_PROTOCOL_MALFORMED */
export function readInspection(path: string, wire: Wire): Inspection {
  const reasons = new Map(
    readList(`${path}.facts`, wire.facts, limits.facts, (at, fact) => [
      readShort(`${at}.name`, fact.name),
      readProse(fact.unknownBecause),
    ]),
  );
  const fact = <T>(name: FactName, read: () => T): Fact<T> => {
    const why = reasons.get(name);
    if (why === undefined) return { kind: 'unknown', why: 'the agent does not know of it' };
    return why === '' ? { kind: 'known', value: read() } : { kind: 'unknown', why };
  };
  const list = <T, R>(name: string, items: readonly T[] | null | undefined, read: (at: string, item: T) => R): readonly R[] =>
    readList(`${path}.${name}`, items, limits.inspected, read);
  return {
    agentVersion: readShort(`${path}.agent_version`, wire.agentVersion),
    takenAtMs: readCount(`${path}.taken_at_ms`, wire.takenAtMs),
    istiods: fact('istiods', () => list('istiods', wire.istiods, readIstiod)),
    proxies: fact('proxies', () => list('proxies', wire.proxies, readProxies)),
    caFiles: fact('caFiles', () => list('ca_files', wire.caFiles, readCaFiles)),
    webhooks: fact('webhooks', () => list('webhooks', wire.webhooks, readWebhook)),
    meshRoots: fact('meshRoots', () => readCount(`${path}.mesh_roots`, wire.meshRoots)),
    outsideWorkloads: fact('outsideWorkloads', () => readCount(`${path}.outside_workloads`, wire.outsideWorkloads)),
    budgets: fact('budgets', () => list('budgets', wire.budgets, readBudget)),
    rights: fact('rights', () => list('rights', wire.rights, readRight)),
    rootsReadFrom: fact('rootsReadFrom', () =>
      readWord(`${path}.roots_read_from`, ['config-map', 'cluster-trust-bundle'], wire.rootsReadFrom),
    ),
  };
}

/** More than fits is of no use to whoever reads it. */
function valuesOf<T>(fact: Fact<readonly T[]>): readonly T[] {
  return valueOf<readonly T[]>(fact, []).slice(0, limits.inspected);
}

function valueOf<T>(fact: Fact<T>, otherwise: T): T {
  return fact.kind === 'known' ? fact.value : otherwise;
}

/** One of the words that a field may say. */
function readWord<Word extends string>(path: string, words: readonly Word[], text: string | null | undefined): Word {
  const word = words.find((each) => each === (text ?? ''));
  if (word !== undefined) return word;
  throw malformed(path, `is ${quoteText(text ?? '')}; known are ${words.join(', ')}`);
}

function readIstiod(path: string, wire: reroot.v1.InspectedIstiod.$Properties): InspectedIstiod {
  return {
    name: readProse(wire.name),
    version: readProse(wire.version),
    revision: readProse(wire.revision),
    startedAtMs: readCount(`${path}.started_at_ms`, wire.startedAtMs),
    multiRoot: readWord(`${path}.multi_root`, switches, wire.multiRoot),
    trustBundles: readWord(`${path}.trust_bundles`, switches, wire.trustBundles),
    rootConfigMap: readProse(wire.rootConfigMap),
    longestLeafMs: readCount(`${path}.longest_leaf_ms`, wire.longestLeafMs),
    externalCa: readProse(wire.externalCa),
    unread: readUnread(path, wire.unread),
  };
}

function readProxies(path: string, wire: reroot.v1.InspectedProxies.$Properties): InspectedProxies {
  return {
    role: readWord(`${path}.role`, ['sidecar', 'gateway', 'waypoint', 'ztunnel'], wire.role),
    version: readProse(wire.version),
    learns: readShown(learns, wire.learns, 'renewed'),
    leafLifetimeMs: readCount(`${path}.leaf_lifetime_ms`, wire.leafLifetimeMs),
    certificates: readWord(`${path}.certificates`, ['istiod', 'provisioned', 'files', 'external-sds'], wire.certificates),
    count: readCount(`${path}.count`, wire.count),
    examples: readList(`${path}.examples`, wire.examples, limits.examples, (_, example) => readProse(example)),
    unread: readUnread(path, wire.unread),
  };
}

function readUnread(path: string, names: readonly string[] | null | undefined): readonly string[] {
  return readList(`${path}.unread`, names, limits.facts, (_, name) => readProse(name));
}

function readCaFiles(path: string, wire: reroot.v1.InspectedCaFiles.$Properties): InspectedCaFiles {
  return {
    namespace: readProse(wire.namespace),
    secret: readWord(`${path}.secret`, ['cacerts', 'istio-ca-secret', 'none'], wire.secret),
    keys: readList(`${path}.keys`, wire.keys, limits.inspected, (at, { name, bytes }) => ({
      name: readProse(name),
      bytes: readCount(`${at}.bytes`, bytes),
    })),
    findings: readList(`${path}.findings`, wire.findings, limits.inspected, readFinding),
  };
}

function readFinding(path: string, wire: reroot.v1.InspectedFinding.$Properties): InspectedFinding {
  return {
    rule: readShort(`${path}.rule`, wire.rule),
    verdict: readWord(`${path}.verdict`, ['refuses', 'breaks', 'warns', 'ok'], wire.verdict),
    message: readProse(wire.message),
  };
}

/** The word that an older mgmt knows, and beside it that it says nothing. */
function writeWebhook({ bundle, ...each }: InspectedWebhook): reroot.v1.InspectedWebhook.$Properties {
  if (bundle !== 'unknown') return { ...each, bundle };
  return { ...each, bundle: 'equal', unknownBecause: 'the roots of istiod are not known' };
}

/** As of a webhook. */
function writeRight({ allowed, ...each }: InspectedRight): reroot.v1.InspectedRight.$Properties {
  if (allowed.kind === 'known') return { ...each, allowed: allowed.value };
  return { ...each, allowed: 'no', unknownBecause: allowed.why };
}

function readWebhook(path: string, wire: reroot.v1.InspectedWebhook.$Properties): InspectedWebhook {
  return {
    name: readProse(wire.name),
    kind: readWord(`${path}.kind`, ['mutating', 'validating'], wire.kind),
    bundle: isEmpty(wire.unknownBecause) ? readWord(`${path}.bundle`, ['equal', 'differs', 'missing'], wire.bundle) : 'unknown',
    written: readWord(`${path}.written`, ['never', 'meanwhile'], wire.written),
  };
}

function readBudget(path: string, wire: reroot.v1.InspectedBudget.$Properties): InspectedBudget {
  return {
    name: readProse(wire.name),
    namespace: readProse(wire.namespace),
    guards: readWord(`${path}.guards`, ['istiod', 'gateway'], wire.guards),
    allowed: readCount(`${path}.allowed`, wire.allowed),
  };
}

function readRight(path: string, wire: reroot.v1.InspectedRight.$Properties): InspectedRight {
  return {
    right: readProse(wire.right),
    need: readWord(`${path}.need`, ['needed', 'optional'], wire.need),
    allowed: isEmpty(wire.unknownBecause)
      ? { kind: 'known', value: readWord(`${path}.allowed`, ['yes', 'no'], wire.allowed) }
      : { kind: 'unknown', why: readProse(wire.unknownBecause) },
  };
}

function isEmpty(text: string | null | undefined): boolean {
  return text === undefined || text === null || text === '';
}
