import { checkPack, createChainCheck } from '@reroot/shared/audit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apply, clientOf, type Installation, makeInstallation, reach, settle, signal } from './testing/installation.ts';

let installation: Installation;
beforeEach(async () => {
  installation = await makeInstallation();
});
afterEach(() => installation.dispose());

describe('the journal of a mgmt', () => {
  it('tells who did what in a rotation, what reroot did by itself, and what was refused; over a restart', async () => {
    const mgmt = await installation.start();
    for (const cluster of ['east', 'west']) installation.agent(cluster);
    await apply(mgmt);
    await settle(mgmt);
    const why = 'its key is two years old';
    const { rotation } = await clientOf(mgmt).startRotation('demo', { by: 'ann', why }, signal);
    const act = { rotationId: 'another', by: 'eve', why: 'to see' };
    await expect(clientOf(mgmt).abortRotation('demo', act, signal)).rejects.toThrow();
    await reach(mgmt, 'the rotation finishes', ({ state }) => state === 'FINISHED');
    await mgmt.stop();
    const again = await installation.start();
    const client = clientOf(again);
    const { entries, heads, total } = await client.readAudit({ after: 0, limit: 1_000 }, signal);
    const chain = createChainCheck();
    for (const each of entries) chain.take(each);
    for (const head of heads) chain.takeHead(head);
    expect(chain.finish()).toMatchObject({ first: 1, last: total, head: { seq: total }, keyIds: { length: 1 } });

    const told = entries.map(({ entry: { kind, action, by } }) => `${kind} ${action} ${by.name} ${by.via}`);
    expect(told.slice(0, 3)).toEqual([
      'origin journal.begin reroot itself',
      'start mgmt.start reroot itself',
      'act mesh.create loopback loopback',
    ]);
    expect(told).toContain('act rotation.start ann loopback');
    const start = entries.find(({ entry }) => entry.action === 'rotation.start')?.entry;
    expect(start).toMatchObject({ why, message: `rotation started by ann with strategy MULTI_ROOT: ${why}` });
    expect(told).toContain('refusal POST /v1/meshes/:mesh/abort eve loopback');
    expect(told).toContain('transition rotation.finish reroot itself');
    expect(told.filter((line) => line.startsWith('issuance'))).not.toEqual([]);
    expect(told.filter((line) => line.startsWith('act')).length).toBe(2);
    const ofRotation = await client.readAudit({ after: 0, limit: 1_000, rotation: rotation?.id ?? '' }, signal);
    const passed = ofRotation.entries.filter(({ entry }) => entry.action === 'rotation.verify');
    expect(passed.map(({ entry }) => entry.verdict?.laggards)).toEqual([0, 0, 0]);

    const pack = await client.readEvidencePack('demo', rotation?.id ?? '', signal);
    const files = pack.files.map(({ path, text }) => ({ path, bytes: Buffer.from(text) }));
    const { manifest, chain: ofPack } = checkPack(files);
    expect(manifest).toMatchObject({ mesh: 'demo', rotationId: rotation?.id, lacks: [] });
    expect(ofPack.head?.seq).toBeGreaterThanOrEqual(ofRotation.entries.at(-1)?.entry.seq ?? Number.NaN);
    const names = pack.files.map(({ path }) => path.replace(/[-/].*/, ''));
    expect(Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, same]) => [name, same.length]))).toMatchObject({
      ...{ roots: 2, evidence: 7, 'report.html': 1, 'journal.jsonl': 1, intermediates: expect.any(Number) },
    });
    const report = pack.files.find(({ path }) => path === 'report.html')?.text ?? '';
    expect(report).toContain('all 4 accept');
    expect(report).not.toMatch(/<script|https?:|src=|url\(/);
    await expect(client.readEvidencePack('demo', 'another', signal)).rejects.toMatchObject({ code: 'RR_EVIDENCE_NOT_FOUND' });
    await expect(client.readAudit({ after: 0, limit: 1_001 }, signal)).rejects.toMatchObject({ code: 'RR_API_QUERY_INVALID' });
  });
});
