import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CampaignOutcome, runCampaign } from './campaign.ts';
import type { Violation } from './invariants.ts';
import { readOptions } from './options.ts';
import { type Reporting, reportCampaign } from './report-campaign.ts';
import type { RunOutcome } from './run-plan.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-report-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const optionsWith = (file: string) => readOptions(['--runs', '3', '--faults', 'kill', '--json', file], () => 7)!;

function runOf(seed: number, ...violations: readonly Violation[]): RunOutcome {
  return {
    seed,
    violations,
    story: [],
    states: [],
    endState: 'FINISHED',
    handshakes: 40,
    tookMs: 1_000,
    starvedMs: 0,
    faults: 3,
  };
}

async function report(outcome: Partial<CampaignOutcome>, ended: Reporting['ended'] = 'by-itself', name = 'figures.json') {
  const file = join(dir, name);
  const [printed, said]: [string[], string[]] = [[], []];
  const reporting: Reporting = { ended, print: (text) => printed.push(text), say: (line) => said.push(line) };
  const whole = { runs: [], missing: new Map(), problem: undefined, ...outcome };
  const code = await reportCampaign(optionsWith(file), whole, reporting);
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const { results } = JSON.parse(text) as { readonly results?: readonly { readonly value: number }[] };
  return { code, printed: printed.join(''), said: said.join('\n'), written: results?.[0]?.value };
}

const broken: Violation = { invariant: 'gate', message: 'a test' };

describe('the report of a campaign', () => {
  it('has its figures on stdout and in a file, and ends with what came of it', async () => {
    expect(await report({ runs: [runOf(7)] })).toMatchObject({ code: 0, written: 1, said: '' });
    expect(await report({ runs: [runOf(7), runOf(8, broken)] })).toMatchObject({
      ...{ code: 1, written: 2, printed: expect.stringContaining('seed 8: gate') },
    });
  });

  it('has the runs that were made before it was interrupted', async () => {
    const outcome = { runs: [runOf(7), runOf(8, broken)], problem: new Error('aborted') };
    expect(await report(outcome, 'interrupted')).toMatchObject({
      ...{ code: 130, written: 2, said: '', printed: expect.stringContaining('2 runs  runs\n') },
    });
  });

  it('has the runs that were made before a fleet could not be launched', async () => {
    const outcome = { runs: [runOf(7)], problem: new Error('no port is free') };
    expect(await report(outcome)).toMatchObject({ code: 3, written: 1, said: expect.stringContaining('no port is free') });
  });

  it('has no figures where no run was made', async () => {
    expect(await report({ problem: new Error('aborted') }, 'interrupted')).toEqual({ code: 130, printed: '', said: '' });
  });

  it('says that the file cannot be written any more, and has the summary all the same', async () => {
    const outcome = await report({ runs: [runOf(7)] }, 'by-itself', 'gone/figures.json');
    expect(outcome).toMatchObject({ code: 2, printed: expect.stringContaining('1 runs  runs\n') });
    expect(outcome.said).toMatch(/--json .*gone\/figures\.json cannot be written any more: ENOENT.*\nremedy: /);
  });
});

describe('a campaign', () => {
  it('that is interrupted gives what there is, and why it has ended', async () => {
    const reason = new Error('interrupted');
    const outcome = await runCampaign(optionsWith('f'), () => undefined, AbortSignal.abort(reason));
    expect(outcome).toEqual({ runs: [], missing: new Map(), problem: reason });
  });
});
