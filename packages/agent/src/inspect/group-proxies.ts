import type { InspectedProxies } from '@reroot/shared/protocol';

/** One proxy, as far as groups are made by it. */
export interface InspectedProxy extends Omit<InspectedProxies, 'count' | 'examples'> {
  readonly namespace: string;
  readonly name: string;
}

const maxExamples = 3;

/** Puts proxies that are alike together, in the order of their first ones. */
export function groupProxies(proxies: readonly InspectedProxy[]): readonly InspectedProxies[] {
  const groups = Map.groupBy(proxies, ({ role, version, learns, leafLifetimeMs, certificates, unread }) =>
    [role, version, learns, leafLifetimeMs, certificates, ...unread].join(' '),
  );
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const { role, version, learns, leafLifetimeMs, certificates, unread } = first;
    const examples = members.slice(0, maxExamples).map(({ namespace, name }) => `${namespace}/${name}`);
    return [{ role, version, learns, leafLifetimeMs, certificates, unread, count: members.length, examples }];
  });
}
