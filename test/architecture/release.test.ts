import { parseAnyYaml } from '@reroot/shared/config';
import { describe, expect, it } from 'vitest';
import { bundledPrograms } from '../../tools/bundle/programs.ts';
import { findFiles, readRepositoryFile } from './sources.ts';

interface Job {
  readonly needs?: string | readonly string[];
  readonly permissions?: unknown;
  readonly 'timeout-minutes'?: number;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: Readonly<Record<string, unknown>> }[];
}

const text = readRepositoryFile('.github/workflows/release.yml');
const workflow = parseAnyYaml(text, 'release.yml') as {
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
};
const jobs = Object.entries(workflow.jobs);

describe('the workflow of releases', () => {
  it('takes every action by its commit, and says the version beside it', () => {
    const used = [...text.matchAll(/uses: (\S+)(.*)$/gm)].map(([, action = '', rest = '']) => `${action}${rest}`);
    expect(used.filter((each) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(each))).toEqual([]);
    const pins = new Map<string, Set<string>>();
    for (const each of used) {
      const [action = '', pin = ''] = each.split('@');
      pins.set(action, (pins.get(action) ?? new Set()).add(pin));
    }
    expect([...pins].filter(([, versions]) => versions.size > 1)).toEqual([]);
  });

  it('gives each job what it needs, and an end', () => {
    expect(workflow.permissions).toEqual({});
    expect(jobs.filter(([, job]) => job.permissions === undefined || job['timeout-minutes'] === undefined)).toEqual([]);
  });

  it('releases nothing before the checks and tests have passed', () => {
    const needs = ([, job]: (typeof jobs)[number]): readonly string[] => [job.needs ?? []].flat();
    expect(jobs.filter((each) => needs(each).length === 0).map(([name]) => name)).toEqual(['check']);
    expect(workflow.jobs['check']?.steps.map(({ run }) => run)).toEqual(expect.arrayContaining(['./dev check', './dev test']));
  });

  it('makes an image of each program, from the Dockerfile of its name, and each chart', () => {
    expect(workflow.jobs['images']?.strategy?.matrix['program']?.toSorted()).toEqual(
      bundledPrograms.map(({ name }) => name).toSorted(),
    );
    const charts = findFiles('deploy/helm/*/Chart.yaml').map((path) => path.split('/')[2]);
    expect(workflow.jobs['charts']?.strategy?.matrix['chart']?.toSorted()).toEqual(charts.toSorted());
  });

  it('leaves the expansion of what others may write to the shell', () => {
    const scripts = jobs.flatMap(([, job]) => job.steps.flatMap(({ run }) => run ?? []));
    expect(scripts.filter((run) => /\$\{\{\s*github\.(event|head_ref|ref_name)/.test(run))).toEqual([]);
  });
});
