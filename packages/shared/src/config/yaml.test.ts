import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseYaml } from './yaml.ts';

const schema = z.strictObject({
  mesh: z.string().min(1),
  nats: z.strictObject({ servers: z.array(z.string()).min(1) }).optional(),
  clusters: z.record(z.string().regex(/^[a-z]+$/), z.strictObject({ publicKey: z.string() })).default({}),
  level: z.enum(['debug', 'info']).default('info'),
  token: z.string().max(3).optional(),
  source: z
    .union([z.strictObject({ generated: z.strictObject({ ttlDays: z.number() }) }), z.strictObject({ secret: z.string() })])
    .optional(),
});

/** `place: message` of the refusal. */
function refusalOf(text: string): string {
  try {
    parseYaml(text, schema, 'mesh.yaml');
    return 'accepted';
  } catch (error) {
    const { code, message, place } = error as { code: string; message: string; place: string };
    expect(code).toBe('RR_CONFIG_INVALID');
    return `${place}: ${message}`;
  }
}

/** Time of the processor that reading a text of maps of numbers takes. */
function cpuMsOf(text: string): number {
  const before = process.cpuUsage();
  parseYaml(text, z.record(z.string(), z.record(z.string(), z.number())), 'a.yaml');
  return process.cpuUsage(before).user / 1_000;
}

describe('a document that fits', () => {
  it('comes with its defaults', () => {
    expect(parseYaml('mesh: demo # the one', schema, 'mesh.yaml')).toEqual({ mesh: 'demo', clusters: {}, level: 'info' });
  });

  it('may be JSON', () => {
    expect(parseYaml('{"mesh": "demo", "level": "debug"}', schema, 'body')).toMatchObject({ mesh: 'demo', level: 'debug' });
  });

  it('may say something once and use it again', () => {
    const text = 'mesh: demo\nclusters:\n  east: &key {publicKey: pem}\n  west: *key\n';
    expect(parseYaml(text, schema, 'mesh.yaml').clusters).toEqual({ east: { publicKey: 'pem' }, west: { publicKey: 'pem' } });
  });
});

describe('a document that does not fit', () => {
  it.each([
    ['mesh: 3\n', 'mesh.yaml:1:1 (mesh): expected string, got 3'],
    ['level: info\n', 'mesh.yaml:1:1 (mesh): expected string, but nothing is there'],
    ['mesh: demo\nlevel: loud\n', 'mesh.yaml:2:1 (level): invalid option: expected one of "debug"|"info", got "loud"'],
    ['mesh: demo\nnats:\n  servers: [a, 5]\n', 'mesh.yaml:3:16 (nats.servers.1): expected string, got 5'],
    ['mesh: demo\nnats: {}\n', 'mesh.yaml:2:1 (nats.servers): expected array, but nothing is there'],
    ['mesh: demo\nclusters:\n  east: {}\n', 'mesh.yaml:3:3 (clusters.east.publicKey): expected string, but nothing is there'],
    ['mesh: demo\nclusters: {a: &a {}, b: *a}\n', 'mesh.yaml:2:12 (clusters.a.publicKey): expected string, but nothing is there'],
    ['- mesh\n', 'mesh.yaml:1:1: expected object, got a list'],
    ['', 'mesh.yaml:1:1: expected object, got null'],
    // Where a passphrase was given for the file.
    ['correct-horse-battery-staple\n', 'mesh.yaml:1:1: expected object, got a single value'],
  ])('%j is placed by line, column and path', (text, expected) => {
    expect(refusalOf(text)).toContain(expected);
  });

  it.each([
    ['mesh: demo\nnats: {server: [a]}\n', 'mesh.yaml:2:8 (nats.server): unknown key "server", did you mean "servers"?'],
    ['mesh: demo\nLevel: info\n', 'mesh.yaml:2:1 (Level): unknown key "Level", did you mean "level"?'],
    ['mesh: demo\nclusters: {a: {public_key: x}}\n', 'unknown key "public_key", did you mean "publicKey"?'],
    ['mesh: demo\nzebra: 1\n', 'unknown key "zebra", known are mesh, nats, clusters, level, token, source'],
    ['mesh: demo\nsource: {generated: {ttldays: 3}}\n', 'unknown key "ttldays", did you mean "ttlDays"?'],
    ['mesh: demo\n__proto__: {}\n', 'unknown key "__proto__"'],
  ])('%j has an unknown key, and the nearest known one is named', (text, expected) => {
    expect(refusalOf(text)).toContain(expected);
  });

  it('says what is wrong with the branch of an alternative that was meant', () => {
    expect(refusalOf('mesh: demo\nsource: {generated: {ttlDays: x}}\n')).toBe(
      'mesh.yaml:2:22 (source.generated.ttlDays): expected number, got "x"',
    );
  });

  it('finds what is wrong with an alias where it was written', () => {
    const refusal = refusalOf('mesh: demo\nclusters:\n  a: &a {publicKey: 1}\n  b: *a\n');
    expect(refusal).toContain('(mesh.yaml:3:10 (clusters.b.publicKey))');
  });

  it('names a key that is no name', () => {
    expect(refusalOf('mesh: demo\nclusters: {EAST: {publicKey: x}}\n')).toMatch(
      /^mesh.yaml:2:12 \(clusters.EAST\): .*key itself$/,
    );
  });

  it('says all that is wrong at once, but not endlessly', () => {
    const refusal = refusalOf(['mesh: 1', ...'abcdefgh'.split('').map((key) => `${key}: 1`)].join('\n'));
    expect(refusal).toMatch(/; unknown key "b".*\(mesh.yaml:3:1 \(b\)\).*; and 4 more$/);
  });

  it('does not repeat what may be secret', () => {
    expect(refusalOf('mesh: demo\ntoken: s3cret\n')).toMatch(/^mesh.yaml:2:1 \(token\): (?!.*s3cret)/);
  });

  it.each(['key', 'token', 'passphrase', 'secret', 'seed', 'credentials', 'jwt'])(
    'does not repeat what stands under %s',
    (key) => {
      const schema = z.strictObject({ [key]: z.number() });
      expect(() => parseYaml(`${key}: s3cret\n`, schema, 'a.yaml')).toThrow(/^expected number$/);
    },
  );
});

describe('a document that is not YAML, or only just', () => {
  it.each([
    ['mesh: demo\nmesh: other\n', 'mesh.yaml:2:1: map keys must be unique'],
    ['mesh: demo\nnats:\n\tservers: []\n', 'mesh.yaml:3:1: tabs are not allowed as indentation'],
    ['mesh: [demo\n', 'mesh.yaml:2:1: '],
    ['mesh: demo\n---\nmesh: other\n', 'mesh.yaml:2:1: source contains multiple documents'],
    ['mesh: !js/function x\n', 'mesh.yaml:1:7: unresolved tag'],
    ['mesh: *nowhere\n', 'mesh.yaml: unresolved alias'],
  ])('%j is refused with its place', (text, expected) => {
    expect(refusalOf(text)).toContain(expected);
  });

  it.each(['mesh: *s3cret\n', 'mesh: !s3cret x\n', 'mesh: |s3cret\n'])('%j is refused without what may be secret', (text) => {
    expect(refusalOf(text)).toMatch(/^mesh.yaml(?!.*s3cret)/);
  });

  it('refuses a bomb of aliases', () => {
    const levels = 'bcdefghi'.split('').map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index]}, `.repeat(9)}]`);
    expect(refusalOf(['a: &a [lol, lol]', ...levels].join('\n'))).toContain('excessive alias count');
  });

  it('refuses absurd nesting', () => {
    for (const text of ['['.repeat(200_000), '- '.repeat(200_000), `mesh: ${'{a: '.repeat(70)}`]) {
      expect(refusalOf(text)).toMatch(/^mesh.yaml:1:\d+: the document is nested too deeply: more than 64 levels$/);
    }
    expect(refusalOf(`mesh: ${'['.repeat(60)}${']'.repeat(60)}`)).toContain('got a list');
  });

  it.each([
    ['mesh: demo\nclusters:\n  a: {x: 1, x: 2}\n', 'mesh.yaml:3:13: map keys must be unique'],
    ['mesh: demo\nclusters: {1: a, "1": b}\n', 'mesh.yaml:2:18: map keys must be unique'],
  ])('%j has a key twice, however deep and however it is written', (text, expected) => {
    expect(refusalOf(text)).toBe(expected);
  });

  it('refuses what would take long to compose', () => {
    expect(refusalOf(`[${','.repeat(500_000)}]`)).toMatch(/^mesh.yaml:1:\d+: the document has more than 80000 names/);
    const references = Array.from({ length: 8_000 }, (_, index) => `&a${index} x,*a${index}`).join();
    expect(refusalOf(`[${references}]`)).toMatch(/^mesh.yaml:1:\d+: the document has more than 500 anchors and aliases$/);
  });

  it('takes no longer for 9,000 keys of one map than for those of many', () => {
    const lines = Array.from({ length: 9_000 }, (_, index) => `  key-${index}: 1\n`);
    const one = `map:\n${lines.join('')}`;
    const many = lines.map((line, index) => (index % 100 === 0 ? `map-${index}:\n${line}` : line)).join('');
    // The first run is for the compiler.
    cpuMsOf(many);
    const manyMs = cpuMsOf(many);
    const oneMs = cpuMsOf(one);
    // Comparing each key with each takes five times as long.
    expect(oneMs / manyMs).toBeLessThan(2);
  }, 60_000);

  const names = Array.from({ length: 10_000 }, (_, index) => `cluster-number-${index}-of-the-fleet`);
  it.each([
    ['in lines', `clusters:\n${names.map((name) => `  - ${name}\n`).join('')}`],
    ['as JSON', JSON.stringify({ clusters: names }, undefined, 2)],
  ])('has room for the names of 10,000 clusters %s', (_, text) => {
    expect(parseYaml(text, z.strictObject({ clusters: z.array(z.string()) }), 'a.yaml').clusters).toEqual(names);
  });
});
