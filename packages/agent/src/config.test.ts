import { readFileSync } from 'node:fs';
import { parseYaml } from '@reroot/shared/config';
import { describe, expect, it } from 'vitest';
import { agentConfigSchema } from './config.ts';
import { agentVersion } from './version.ts';

const smallest = {
  mesh: 'demo',
  cluster: 'cluster-1',
  nats: { servers: ['nats://127.0.0.1:4222'] },
  identity: { privateKeyFile: 'agent.key' },
  mgmt: { publicKeys: ['-----BEGIN PUBLIC KEY-----'] },
};

const withPrefix = (prefix: string, values: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}.${key}`, value]));

describe('the configuration of an agent', () => {
  it('has a default for everything that is not particular to one cluster', () => {
    expect(agentConfigSchema.parse(smallest)).toMatchObject({
      timings: {
        reportIntervalMs: 10_000,
        probeTimeoutMs: 5_000,
        settleMs: 200,
        renudgeAfterMs: 10_000,
        refusedAfterMs: 120_000,
        requestTimeoutMs: 10_000,
      },
      adoption: 'never',
      restarts: { maxPerNamespace: 1, maxTogether: 5 },
      log: { level: 'info' },
    });
  });

  it('is refused with an unknown key, a name that is no label, no server and no key of mgmt', () => {
    const wrong = [
      { ...smallest, colour: 'red' },
      { ...smallest, cluster: 'Cluster_1' },
      { ...smallest, nats: { servers: [] } },
      { ...smallest, mgmt: { publicKeys: [] } },
      { ...smallest, timings: { settleMs: 0 } },
      { ...smallest, adoption: 'always' },
      { ...smallest, restarts: { maxTogether: 0 } },
    ];
    expect(wrong.filter((config) => agentConfigSchema.safeParse(config).success)).toEqual([]);
  });

  it('names a join file in the place of mesh, cluster, nats, identity and mgmt', () => {
    const join = { file: 'join.yaml', state: { dir: 'link' } };
    expect(agentConfigSchema.parse({ join }).link).toEqual({ kind: 'join', ...join });
    const secret = { namespace: 'reroot', name: 'reroot-agent-link' };
    expect(agentConfigSchema.parse({ join: { ...join, state: { secret } } }).link).toMatchObject({ state: { secret } });
    expect(agentConfigSchema.parse(smallest).link).toMatchObject({ kind: 'configured', nats: { plaintext: 'refused' } });
  });

  it.each([
    ['nothing', '{}', 'must be given, and cluster, nats, identity, mgmt, or join in their place', '(mesh)'],
    ['no public key of mgmt', JSON.stringify({ ...smallest, mgmt: undefined }), 'must be given, or join', '(mgmt)'],
    ['a join file and a mesh', '{join: {file: a, state: {dir: b}}, mesh: demo}', 'must be left out beside join', '(mesh)'],
    ['no place for the state', '{join: {file: a, state: {}}}', 'must have one of dir and secret', '(join.state)'],
    ['no join file', '{join: {state: {dir: b}}}', 'expected string', '(join.file)'],
    [
      'two places for the state',
      '{join: {file: a, state: {dir: b, secret: {namespace: a, name: b}}}}',
      'must have one of dir and secret',
      '(join.state)',
    ],
  ])('says what is missing or too much in one that names %s', (_, yaml, message, place) => {
    expect(() => parseYaml(yaml, agentConfigSchema, 'agent.yaml')).toThrow(
      expect.objectContaining({
        code: 'RR_CONFIG_INVALID',
        message: expect.stringContaining(message) as string,
        place: expect.stringContaining(place) as string,
      }),
    );
  });

  it('is refused when one proxy that hangs would keep all workloads from being known, naming both times', () => {
    const config = (requestTimeoutMs: number, workloads: object) => ({
      ...smallest,
      ...{ timings: { requestTimeoutMs }, kubernetes: { workloads } },
    });
    const tooShort = agentConfigSchema.safeParse(config(5_999, { readTimeoutMs: 5_000 }));
    expect(tooShort.error?.issues).toMatchObject([
      {
        path: ['timings', 'requestTimeoutMs'],
        message: 'must be at least 6000, which is kubernetes.workloads.readTimeoutMs and one second',
      },
    ]);
    const fitting = [config(6_000, { readTimeoutMs: 5_000 }), config(10, { evidence: 'none' }), config(4_000, {})];
    expect(fitting.map((each) => agentConfigSchema.safeParse(each).success)).toEqual([true, true, true]);
  });

  it('has every default in docs/agent.md', () => {
    const page = readFileSync(new URL('../../../docs/agent.md', import.meta.url), 'utf8');
    const { timings, restarts, adoption } = agentConfigSchema.parse(smallest);
    const keys = { ...withPrefix('timings', timings), ...withPrefix('restarts', restarts), adoption };
    const missing = Object.entries(keys).filter(([key, value]) => !page.includes(`| \`${key}\` | \`${value}\` |`));
    expect(missing).toEqual([]);
  });
});

describe('the version of the agent', () => {
  it('is that of its package', () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
    expect(agentVersion).toBe(version);
  });
});
