import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { driftKinds } from '../packages/mgmt/src/rotation/drift-kind.ts';
import { laggardReasons, meshReasons, trustReasons } from '../packages/mgmt/src/rotation/verdict.ts';
import { repository } from './generated-files.ts';
import { alarmSections, driftSections, gateSections, renderSections, withoutLinks } from './runbook.ts';

const document = await readFile(join(repository, 'docs/troubleshooting.md'), 'utf8');

describe('docs/troubleshooting.md', () => {
  it('has a section for each reason for which a rotation waits, each alarm and each kind of drift', () => {
    const reasons = [...laggardReasons, ...Object.values(trustReasons), ...Object.values(meshReasons)];
    expect(gateSections.map(({ name }) => name).toSorted()).toEqual(reasons.toSorted());
    expect(driftSections.map(({ name }) => name).toSorted()).toEqual(driftKinds.toSorted());
    const anchors = [...document.matchAll(/^### (\w+)$/gm)].map(([, name = '']) => name.toLowerCase());
    const wanted = [...gateSections, ...alarmSections, ...driftSections].map(({ anchor }) => anchor);
    expect(wanted.filter((anchor) => !anchors.includes(anchor))).toEqual([]);
    expect(document).toContain(renderSections(gateSections));
    expect(document).toContain(renderSections(alarmSections));
  });

  it('sends from one section to another that is there', () => {
    const sent = [...renderSections([...gateSections, ...alarmSections]).matchAll(/\(#(\w+)\)/g)].map(([, anchor]) => anchor);
    expect(sent.length).toBeGreaterThan(3);
    expect(sent.filter((anchor) => !document.toLowerCase().includes(`### ${anchor}\n`))).toEqual([]);
  });

  it('names its links on a terminal by their pages', () => {
    expect(withoutLinks('see [rbac.md](rbac.md#x), [a task](tasks/a.md) and [`reroot mesh adopt`](b.md)')).toBe(
      'see docs/rbac.md#x, a task (docs/tasks/a.md) and reroot mesh adopt (docs/b.md)',
    );
  });
});
