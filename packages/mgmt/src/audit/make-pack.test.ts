import { type ArchivedFile, checkPack, readZip, writeZip } from '@reroot/shared/audit';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeSamplePack, packIdentity, textOfPack } from './testing/make-sample-pack.ts';

const reportOf = (files: readonly ArchivedFile[]): string => textOfPack(files, 'report.html');
const momentsOf = (files: readonly ArchivedFile[]): Record<string, unknown>[] =>
  files
    .filter(({ path }) => path.startsWith('evidence/'))
    .map(({ path }) => JSON.parse(textOfPack(files, path)) as Record<string, unknown>);

describe('the evidence pack of a rotation', () => {
  let files: readonly ArchivedFile[];
  beforeAll(async () => {
    files = await makeSamplePack({ clusters: 40 });
  });

  it('lacks nothing, and verifies as one archive', () => {
    const { manifest, keyId } = checkPack(readZip(writeZip(files)));
    expect([manifest.lacks, keyId]).toEqual([[], packIdentity.keyId]);
  });

  it('does not verify with any byte changed, wherever it is', () => {
    const archive = writeZip(files);
    fc.assert(
      fc.property(fc.nat(archive.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const changed = Buffer.from(archive);
        changed[place] = (changed[place] ?? 0) ^ change;
        expect(() => checkPack(readZip(changed))).toThrow();
      }),
      { numRuns: 50 },
    );
  });

  it('has what the rotation started from: preflight, the plan, and what ran where', () => {
    const start = momentsOf(files).find(({ move }) => move === 'start');
    expect(start).toMatchObject({
      ...{ mgmtVersion: '0.1.0', preflight: { outcome: 'warnings' }, plan: { of: 'rest', members: 39 } },
      clusters: expect.arrayContaining([
        expect.objectContaining({ istiods: expect.any(Array) as unknown, agentVersion: '0.1.0' }),
      ]) as unknown,
    });
  });

  it('has the whole matrix at each step', () => {
    const moments = momentsOf(files);
    expect(moments.map(({ move }) => move).toSorted()).toEqual([
      'advance',
      'advance',
      'finish',
      'start',
      'verify',
      'verify',
      'verify',
    ]);
    for (const { matrix } of moments) {
      const { classes, cells } = matrix as { classes: string[][]; cells: string[] };
      expect(classes.flat()).toHaveLength(40);
      expect(cells.map((line) => line.length)).toEqual(classes.map(() => classes.length));
    }
  });

  it('has every approval with who gave it, how they were known, why and when', () => {
    const report = reportOf(files);
    const approvals = report.slice(report.indexOf('<section id="approvals">'), report.indexOf('<section id="acts">'));
    expect(approvals.match(/bob@example\.org \(certificate\)<\/td>.*?all handshakes were green/g)).toHaveLength(3);
    expect(approvals).toMatch(/<time datetime="2027-01-04T12:\d\d:\d\d/);
    expect(approvals).toContain('the root &lt;ends&gt; in May &amp; its key is old');
  });

  it('says plainly what it lacks where mgmt had not kept it, and shows the rest', async () => {
    const old = await makeSamplePack({ clusters: 5, start: 'unkept' });
    const gap = 'what preflight found, the plan and the versions at the start: the rotation started before mgmt kept them';
    expect(checkPack(old).manifest.lacks).toEqual([gap]);
    expect(reportOf(old)).toContain(`<h2>What this pack lacks</h2><ul><li>${gap}</li></ul>`);
  });

  it('takes no later entry for the start of a rotation that is older than the journal, and has its start from the history', async () => {
    const old = await makeSamplePack({ clusters: 3 }, (facts) => ({
      ...facts,
      journal: facts.journal.filter((link) => 'entry' in link && link.entry.seq > 5),
    }));
    expect(checkPack(old).manifest.lacks?.[0]).toMatch(/^its start and whatever came before the journal began/);
    const summary = reportOf(old).match(/<th scope="row">Started<\/th><td>.*?<\/td>/)?.[0];
    expect(summary).toMatch(/12:00:00<\/time> UTC, by ann@example\.org, as the history has it: the journal began later/);
    expect(reportOf(old)).toMatch(/UTC, \d+ s after its start/);
  });

  it('says that the rotation was under way', async () => {
    expect(reportOf(await makeSamplePack({ clusters: 3, until: 'VERIFIED' }))).toContain('Under way when this pack was made.');
    expect(reportOf(files)).toContain('Finished: every cluster that counts holds the new root');
  });

  it('has a report that takes less than 1 KB a cluster for 200 clusters, and names each of them', async () => {
    const report = reportOf(await makeSamplePack({ clusters: 200 }));
    expect(report.length).toBeLessThan(200_000);
    const clusters = report.slice(report.indexOf('<section id="clusters">'), report.indexOf('<section id="course">'));
    expect(new Set(clusters.match(/cluster-\d{4}/g)).size).toBe(200);
  });
});
