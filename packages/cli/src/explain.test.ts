import { describe, expect, it } from 'vitest';
import { runCaptured } from './testing/run-captured.ts';

describe('reroot explain', () => {
  it.each([
    ['an error code', 'RR_MESH_NOT_FOUND', /error code\n {2}means .+\n {2}to do .+\n {2}leaves {2}with exit code 2/],
    [
      'the reason of a gate, however it is written',
      'replicanotloaded',
      /^ReplicaNotLoaded · gate\n {2}means {3}waits for an istiod.+\n {2}look {4}.+\n {2}to do .+\n {2}read {4}docs\/troubleshooting\.md#replicanotloaded$/m,
    ],
    ['an alarm', 'ClockOff', /^ClockOff · alarm\n(.*\n)* {2}to do .+docs\/preflight\.md#clocks/],
    ['a kind of drift', 'foreign-root', /^foreign-root · drift\n(.*\n)* {2}read {4}docs\/troubleshooting\.md#foreignroot/],
    ['what an emergency gives up', 'WavesSkipped', /loss in an emergency\n/],
    ['a check of preflight', 'clocks', /preflight check\n(.*\n)* {2}read {4}docs\/preflight\.md#clocks/],
    ['both that share a name', 'ca-extended-key-usage', /preflight check\n(.*\n)*ca-extended-key-usage · pki check rule/],
  ])('says what is meant by %s', async (_, name, words) => {
    const run = await runCaptured(['explain', name]);
    expect(run).toMatchObject({ exit: 0, stderr: '' });
    expect(run.stdout).toMatch(words);
  });

  it('names what was probably meant', async () => {
    expect(await runCaptured(['explain', 'ReplicaNotLoadet'])).toMatchObject({
      ...{ exit: 2, code: 'RR_OPTION_INVALID' },
      remedy: 'perhaps ReplicaNotLoaded is meant; `reroot explain` lists all',
    });
  });

  it('lists all', async () => {
    const { stdout } = await runCaptured(['explain', '-o', 'json']);
    const { explanations } = JSON.parse(stdout) as { explanations: { kind: string }[] };
    expect(new Set(explanations.map(({ kind }) => kind)).size).toBe(8);
  });
});
