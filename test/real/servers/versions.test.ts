import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockFolder } from './server-cache.ts';
import { allServers, type GoServer, type Server } from './versions.ts';

const goServers = allServers.filter((server): server is GoServer => server.kind === 'go');
const readFile = (path: string): string => readFileSync(join(import.meta.dirname, path), 'utf8');
const goModOf = (server: GoServer): string => readFileSync(join(lockFolder(server), 'go.mod'), 'utf8');
const programsOf = (server: Server): string[] => server.programs.map(({ name }) => name);

/** The packages that a go.mod names as tools, which is what keeps their modules in the lock. */
function toolsIn(goMod: string): string[] {
  const block = /^tool \(\n([^)]*)\)/m.exec(goMod)?.[1] ?? '';
  const lines = [...goMod.matchAll(/^tool ([^\s(]+)$/gm)].map(([, name]) => name ?? '');
  return [...lines, ...block.split('\n').map((line) => line.trim())].filter((name) => name !== '').toSorted();
}

describe('the versions of the real servers', () => {
  it.each(goServers)('are those of the lock: $name', (server) => {
    const goMod = goModOf(server);
    const required = goMod.split('\n').filter((line) => line.includes(`${server.module} v`) && !line.includes('=>'));
    expect(required.map((line) => /v\S+/.exec(line.replace(server.module, ''))?.[0])).toEqual([server.moduleVersion]);
    expect(toolsIn(goMod)).toEqual([...new Set(server.programs.map((program) => program.package))].toSorted());
    expect(goMod).toContain(`module reroot.dev/test/real/${server.name}\n`);
  });

  it('leave no lock without a server', () => {
    const locks = globSync('*/go.mod', { cwd: import.meta.dirname }).map((path) => dirname(path));
    expect(locks.toSorted()).toEqual(goServers.map(({ name }) => name).toSorted());
  });

  it('agree with the name under which people know them', () => {
    const wrong = goServers.filter(({ version, moduleVersion }) => {
      const [date, commit] = version.split('-');
      const isPseudo = commit !== undefined && new RegExp(`^v0\\.0\\.0-${date ?? ''}\\d{6}-${commit}$`).test(moduleVersion);
      return moduleVersion !== `v${version}` && !isPseudo;
    });
    expect(wrong).toEqual([]);
  });

  it('stand in the page about the real tier, with every program, and nothing else does', () => {
    const rows = [...readFile('../../../docs/real-tier.md').matchAll(/^\| `([\w-]+)` \| `([\w.-]+)` \| (\S+) \|/gm)];
    const documented = rows.map(([, program, version, licence]) => `${program} ${version} ${licence}`);
    const pinned = allServers.flatMap((server) =>
      programsOf(server).map((program) => `${program} ${server.version} ${server.licence}`),
    );
    expect(documented.toSorted()).toEqual(pinned.toSorted());
  });

  it('stand in the page about dependencies, with their licence', () => {
    const page = readFile('../../../docs/dependencies.md');
    const lost = allServers.filter(({ name, version, licence }) => {
      const row = page.split('\n').find((line) => line.startsWith(`| ${name} |`));
      return row === undefined || !row.includes(`| ${version} |`) || !row.includes(licence);
    });
    expect(lost.map(({ name }) => name)).toEqual([]);
  });
});
