import type { MeshStatus } from '@reroot/shared/api';

/** The state of all meshes in parts, each with the version in which it last changed. */
export interface LiveParts {
  /** Grows by one with each state that differs from the one before; 0 before the first. */
  version(): number;
  /** Takes the newest state in. */
  update(meshes: readonly MeshStatus[]): void;
  /** The meshes whole, in JSON. @param only one of them */
  snapshot(only?: string): string;
  /** The members `meshNames` and `meshes` of a LiveDelta, in JSON; undefined where nothing has changed since. */
  since(version: number, only?: string): string | undefined;
}

/** A value in JSON; undefined for one that is absent. */
interface Part {
  readonly text: string | undefined;
  readonly version: number;
}

/** Parts under one name. */
interface Item {
  readonly bornIn: number;
  changedIn: number;
  readonly parts: Map<string, Part>;
}

/** Items in order. */
interface Items<T extends Item> {
  names: readonly string[];
  /** When names or order changed. */
  orderedIn: number;
  items: Map<string, T>;
}

interface MeshItem extends Item {
  readonly clusters: Items<Item>;
}

/** Has no state yet. What is kept is one state in JSON, however many have come. */
export function createLiveParts(): LiveParts {
  const all: Items<MeshItem> = { names: [], orderedIn: 0, items: new Map() };
  let version = 0;
  const namesOf = (only: string | undefined): readonly string[] =>
    only === undefined ? all.names : all.names.filter((name) => name === only);
  const meshesOf = (only: string | undefined): [string, MeshItem][] =>
    namesOf(only).map((name) => [name, all.items.get(name) as MeshItem]);
  return {
    version: () => version,
    update: (meshes) => {
      const next = version + 1;
      const named = new Map(meshes.map((mesh) => [mesh.mesh, mesh]));
      const isReordered = reorder(all, [...named.keys()], next, () => newMesh(next));
      let changed = isReordered || version === 0;
      for (const [name, mesh] of named) {
        if (updateMesh(all.items.get(name) as MeshItem, mesh, next)) changed = true;
      }
      if (changed) version = next;
    },
    snapshot: (only) =>
      `[${meshesOf(only)
        .map(([name, item]) => wholeMesh(name, item))
        .join()}]`,
    since: (seen, only) => {
      const changed = meshesOf(only).filter(([, { changedIn }]) => changedIn > seen);
      const names = all.orderedIn > seen ? `"meshNames":${JSON.stringify(namesOf(only))},` : '';
      if (changed.length === 0 && names === '') return undefined;
      return `${names}"meshes":[${changed.map(([name, item]) => changedMesh(name, item, seen)).join()}]`;
    },
  };
}

function newMesh(version: number): MeshItem {
  return { ...newItem(version), clusters: { names: [], orderedIn: version, items: new Map() } };
}

function newItem(version: number): Item {
  return { bornIn: version, changedIn: version, parts: new Map() };
}

/** Makes the items of new names and drops those of names that are gone. @returns whether anything is another */
function reorder<T extends Item>(list: Items<T>, names: readonly string[], version: number, make: () => T): boolean {
  if (names.length === list.names.length && names.every((name, index) => name === list.names[index])) return false;
  list.items = new Map(names.map((name) => [name, list.items.get(name) ?? make()]));
  list.names = names;
  list.orderedIn = version;
  return true;
}

function updateMesh(item: MeshItem, mesh: MeshStatus, version: number): boolean {
  const { clusters: known } = item;
  const named = new Map(mesh.clusters.map((cluster) => [cluster.name, cluster]));
  let changed = updateParts(item, mesh, version);
  if (reorder(known, [...named.keys()], version, () => newItem(version))) changed = true;
  for (const [name, cluster] of named) {
    if (updateParts(known.items.get(name) as Item, cluster, version)) changed = true;
  }
  if (changed) item.changedIn = version;
  return changed;
}

/** What is said by where a part stands. */
const structure: ReadonlySet<string> = new Set(['mesh', 'name', 'clusters']);

function updateParts(item: Item, members: object, version: number): boolean {
  const { parts } = item;
  const own = Object.entries(members).filter(([key]) => !structure.has(key));
  const texts = new Map(own.map(([key, value]) => [key, JSON.stringify(value) as string | undefined]));
  let changed = item.bornIn === version;
  for (const key of new Set([...parts.keys(), ...texts.keys()])) {
    const text = texts.get(key);
    if (text === parts.get(key)?.text) continue;
    parts.set(key, { text, version });
    changed = true;
  }
  if (changed) item.changedIn = version;
  return changed;
}

function wholeMesh(name: string, { parts, clusters }: MeshItem): string {
  const all = clusters.names.map((each) => `{"name":${JSON.stringify(each)}${wholeParts(clusters.items.get(each) as Item)}}`);
  return `{"mesh":${JSON.stringify(name)}${wholeParts({ parts })},"clusters":[${all.join()}]}`;
}

function wholeParts({ parts }: Pick<Item, 'parts'>): string {
  let text = '';
  for (const [key, part] of parts) if (part.text !== undefined) text += `,${JSON.stringify(key)}:${part.text}`;
  return text;
}

function changedMesh(name: string, item: MeshItem, seen: number): string {
  const { clusters } = item;
  const fresh = item.bornIn > seen;
  const members = [`"mesh":${JSON.stringify(name)}`];
  if (fresh) members.push('"fresh":true');
  const set = changedParts(item, seen);
  if (set !== '') members.push(`"set":{${set}}`);
  if (clusters.orderedIn > seen) members.push(`"clusterNames":${JSON.stringify(clusters.names)}`);
  const changed = clusters.names
    .map((each) => [each, clusters.items.get(each) as Item] as const)
    .filter(([, { changedIn }]) => changedIn > seen);
  if (changed.length > 0) members.push(`"clusters":[${changed.map((each) => changedCluster(...each, seen)).join()}]`);
  return `{${members.join()}}`;
}

function changedCluster(name: string, item: Item, seen: number): string {
  const fresh = item.bornIn > seen ? '"fresh":true,' : '';
  return `{"name":${JSON.stringify(name)},${fresh}"set":{${changedParts(item, seen)}}}`;
}

/** What is fresh says nothing of what it never had. */
function changedParts({ parts, bornIn }: Item, seen: number): string {
  const texts: string[] = [];
  for (const [key, { text, version }] of parts) {
    if (version <= seen || (text === undefined && bornIn > seen)) continue;
    texts.push(`${JSON.stringify(key)}:${text ?? 'null'}`);
  }
  return texts.join();
}
