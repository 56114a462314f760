import { describe, expect, it } from 'vitest';
import { isForTests, readSources, resolveImport, type Source } from './sources.ts';

const sources = readSources();

/** What each package may import of ours. */
const packageFloors: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  'kube-api': ['shared'],
  vault: ['shared'],
  mgmt: ['shared', 'kube-api', 'vault'],
  agent: ['shared', 'kube-api', 'vault'],
  // mgmt by one door alone, which is opened when it is gone through: see below.
  cli: ['shared', 'mgmt'],
  dashboard: ['shared'],
  simulator: ['shared', 'agent', 'vault'],
};

/** The floors of mgmt from the ground up: a floor may import those below it and itself. */
const mgmtFloors: readonly (readonly string[])[] = [
  ['rotation', 'mesh', 'authorities', 'open-kubernetes.ts', 'version.ts'],
  ['store', 'verification', 'preflight', 'plan'],
  ['enrolment', 'fleet', 'audit', 'leadership'],
  ['runner'],
  ['api'],
  ['notify', 'resources'],
  [
    'config.ts',
    'open-contents.ts',
    'open-keys.ts',
    'carry-keys.ts',
    'carry-store.ts',
    'store-tool.ts',
    'open-store-api.ts',
    'open-store.ts',
    'open-secrets.ts',
    'open-authority.ts',
    'open-bus.ts',
    'open-ground.ts',
    'open-lease.ts',
    'open-api.ts',
    'open-journal.ts',
    'open-hearing.ts',
    'open-link.ts',
    'open-metrics.ts',
    'open-meshes.ts',
    'open-notifications.ts',
    'open-readiness.ts',
    'open-leader.ts',
    'open-standby.ts',
    'stage.ts',
    'replica-stages.ts',
    'start-replica.ts',
    'app.ts',
    'index.ts',
  ],
  ['main.ts'],
];

const packageOf = ({ path }: Source): string => path.split('/')[1] ?? '';
const mgmtPart = (path: string): string => /^packages\/mgmt\/src\/([^/]+)/.exec(path)?.[1] ?? '';
const floorOf = (path: string): number => mgmtFloors.findIndex((parts) => parts.includes(mgmtPart(path)));

function breaches(
  among: readonly Source[],
  isBreach: (source: Source, specifier: string, target: string | undefined) => boolean,
): string[] {
  return among.flatMap((source) =>
    source.imports
      .filter((each) => isBreach(source, each.specifier, resolveImport(source, each)))
      .map(({ specifier }) => `${source.path} imports ${specifier}`),
  );
}

describe('the packages', () => {
  it('are all known to this test', () => {
    expect(new Set(sources.map(packageOf))).toEqual(new Set(Object.keys(packageFloors)));
  });

  it('import only the packages below them', () => {
    const found = breaches(sources, (source, specifier) => {
      const imported = /^@reroot\/([^/]+)/.exec(specifier)?.[1];
      return imported !== undefined && !packageFloors[packageOf(source)]?.includes(imported);
    });
    expect(found).toEqual([]);
  });

  it('reach one another by their doors, never by a path', () => {
    const found = breaches(sources, (source, specifier, target) => {
      const leavesPackage = target !== undefined && !target.startsWith(`packages/${packageOf(source)}/src/`);
      return leavesPackage || /^@reroot\/[^/]+\/src\b/.test(specifier);
    });
    expect(found).toEqual([]);
  });

  it('let the command line reach mgmt for its store alone, and load it for nobody else', () => {
    const reaching = sources.filter(
      (source) =>
        packageOf(source) === 'cli' &&
        !isForTests(source) &&
        source.imports.some(({ specifier }) => specifier.startsWith('@reroot/mgmt')),
    );
    expect(reaching.map(({ path }) => path)).toEqual(['packages/cli/src/store.ts']);
    for (const { text, imports } of reaching) {
      expect(new Set(imports.map(({ specifier }) => specifier).filter((each) => each.startsWith('@reroot/mgmt')))).toEqual(
        new Set(['@reroot/mgmt/store-tool']),
      );
      expect(text).not.toMatch(/^import (?!type )[^;]* from '@reroot\/mgmt/m);
    }
  });

  it('hold no cycle of imports between files', () => {
    expect(findCycle(sources)).toBeUndefined();
  });
});

describe('the management server', () => {
  const mgmt = sources.filter((source) => packageOf(source) === 'mgmt');

  it('has only parts that stand on a floor', () => {
    const lost = mgmt.filter((source) => floorOf(source.path) === -1 && !isForTests(source));
    expect(lost.map(({ path }) => path)).toEqual([]);
  });

  it('imports nothing upward', () => {
    const shipped = mgmt.filter((source) => !isForTests(source));
    expect(breaches(shipped, (source, _, target) => target !== undefined && floorOf(target) > floorOf(source.path))).toEqual([]);
  });

  it('ships no code that is there for tests', () => {
    const shipped = sources.filter((source) => !isForTests(source) && packageOf(source) !== 'simulator');
    const found = breaches(shipped, (source, specifier, target) => {
      const isTestDoor = /\/testing(\/|$)/.test(target ?? specifier);
      return isTestDoor && !source.path.endsWith('cluster-contract.ts');
    });
    expect(found).toEqual([]);
  });
});

describe('the rotation', () => {
  const rotation = sources.filter((source) => source.path.startsWith('packages/mgmt/src/rotation/') && !isForTests(source));

  it('reaches for nothing outside the program', () => {
    expect(rotation.length).toBeGreaterThan(5);
    const found = breaches(rotation, (_, specifier, target) =>
      specifier.startsWith('.')
        ? target?.startsWith('packages/mgmt/src/rotation/') !== true
        : !/^@reroot\/shared\/(api|errors|protocol|pki)$/.test(specifier),
    );
    expect(found).toEqual([]);
  });

  it('takes time and chance as arguments', () => {
    const ambient = /\bDate\.now\b|\bMath\.random\b|\bnew Date\(\)|\bperformance\.|\bset(Timeout|Interval)\b|\bprocess\./;
    expect(rotation.filter(({ text }) => ambient.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

/** The first cycle among imports that are left when the program runs, as a path of files; undefined when there is none. */
function findCycle(among: readonly Source[]): string[] | undefined {
  const byPath = new Map(among.map((source) => [source.path, source]));
  const finished = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    const source = byPath.get(path);
    if (source === undefined || finished.has(path)) return undefined;
    for (const each of source.imports) {
      const target = each.kind === 'value' ? resolveImport(source, each) : undefined;
      const cycle = target === undefined ? undefined : visit(target, [...trail, path]);
      if (cycle !== undefined) return cycle;
    }
    finished.add(path);
    return undefined;
  };
  for (const { path } of among) {
    const cycle = visit(path, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
