import type { EmergencyOutlook, RotationPlan } from '@reroot/shared/api';
import { afterEach, describe, expect, it } from 'vitest';
import { planFacts } from '../plan/testing/sample-facts.ts';
import { decide } from '../rotation/index.ts';
import type { MeshMoment, Operations } from '../runner/index.ts';
import { type OpenApi, openApi } from './testing/open-api.ts';

const opened: OpenApi[] = [];
afterEach(async () => {
  for (const api of opened.splice(0)) await api.close();
});

const sample = { clusters: ['east', 'north', 'west'], policy: 'waves: { canaries: [west] }' };

function momentOf(): MeshMoment {
  const { record, spec, snapshot, policy, nowMs } = planFacts(sample);
  const stored = { revision: 1, spec, record, verdict: undefined };
  const view = { stored, roots: new Map(), rootNames: new Set<string>() };
  return {
    view,
    snapshot,
    policy,
    decision: decide(record, snapshot, policy, nowMs),
    cells: { green: 9, red: 0, unknown: 0 },
    keysLeft: new Map(),
    nowMs,
    notStarted: undefined,
    drift: [],
  };
}

const operations: Partial<Operations> = { readMesh: async () => momentOf(), readHistory: async () => [] };

async function ask(path: string, known = operations): Promise<{ readonly status: number; readonly body: unknown }> {
  const api = await openApi({}, { operations: known });
  opened.push(api);
  const { status, body } = await api.ask(path);
  return { status, body: JSON.parse(body) };
}

describe('GET /v1/meshes/:mesh/plan', () => {
  it('gives what a rotation would do', async () => {
    const { status, body } = await ask('/v1/meshes/demo/plan');
    const { of, members, steps } = body as RotationPlan;
    expect([status, of, members]).toEqual([200, 'start', 3]);
    expect(steps[0]?.waves.map(({ kind, clusters }) => [kind, clusters])).toEqual([
      ['canaries', ['west']],
      ['others', ['east', 'north']],
    ]);
  });

  it('takes what the query asks for', async () => {
    const { body } = await ask('/v1/meshes/demo/plan?strategy=NONE&at=1h&offline=east&until=2h&exclude=north');
    expect(body).toMatchObject({ strategy: 'NONE', from: '2027-01-04T13:00:00.000Z', members: 2, whatIf: { offline: ['east'] } });
  });

  it('says of a start in an emergency what would be lost by it', async () => {
    const emergency = { losses: [], policy: { requiredEvidence: 'held' } } as unknown as EmergencyOutlook;
    const asked: unknown[] = [];
    const foreseeEmergency: Operations['foreseeEmergency'] = async (_, question) => {
      asked.push(question);
      return emergency;
    };
    const { body } = await ask('/v1/meshes/demo/plan?pace=emergency&strategy=NONE', { ...operations, foreseeEmergency });
    expect(body).toMatchObject({ emergency, notices: [{ reason: 'AwaitingApproval' }, { reason: 'AbruptPassage' }] });
    expect(asked).toEqual([{ strategy: 'NONE' }]);
    expect((await ask('/v1/meshes/demo/plan?pace=usual')).body).not.toHaveProperty('emergency');
  });

  it.each([
    ['/v1/meshes/demo/plan?at=yesterday', 422, 'RR_API_QUERY_INVALID', 'query (at)'],
    ['/v1/meshes/demo/plan?offline=south', 404, 'RR_CLUSTER_NOT_FOUND', undefined],
    ['/v1/meshes/De.mo/plan', 422, 'RR_NAME_INVALID', undefined],
  ])('refuses %s', async (path, status, code, place) => {
    const answer = await ask(path);
    expect(answer).toMatchObject({
      status,
      body: { code, remedy: expect.any(String), ...(place === undefined ? {} : { place }) },
    });
  });

  it('of a mesh that is not there says so', async () => {
    expect(await ask('/v1/meshes/demo/plan', {})).toMatchObject({ status: 404, body: { code: 'RR_MESH_NOT_FOUND' } });
  });
});
