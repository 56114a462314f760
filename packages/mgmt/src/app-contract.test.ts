import { Agent } from 'node:http';
import { buildOpenApi, type OpenApiDocument } from '@reroot/shared/api-contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mgmt } from './app.ts';
import { askRaw } from './testing/api-fuzz/ask-raw.ts';
import { createJudge, type HeardAnswer } from './testing/api-fuzz/judge-answers.ts';
import { type Described, type Known, type MadeRequest, operationsOf, requestOf } from './testing/api-fuzz/request-of.ts';
import { apply, call, type Installation, makeInstallation, settle } from './testing/installation.ts';

/** How many requests each operation gets: `./dev test --fuzz` asks for more, of another seed. */
const requests = Math.ceil(Number(process.env['REROOT_FUZZ'] ?? 40_000) / 2_000);
const seed = Number(process.env['REROOT_FUZZ_SEED'] ?? 1);

const document = buildOpenApi();
const judge = createJudge(document);
const known: Known = {
  ...{ mesh: ['demo', 'demo', 'demo', 'none'], cluster: ['east', 'west', 'north', 'none'] },
  ...{ from: ['east', 'west', 'west', 'none'], to: ['east', 'east', 'west', 'none'], proof: ['none'] },
};
const agent = new Agent({ keepAlive: true });

let installation: Installation;
let mgmt: Mgmt;
let historyAtFirst: unknown;
const readHistory = () => call(mgmt, 'GET', '/v1/meshes/demo/history?limit=1000');
beforeAll(async () => {
  installation = await makeInstallation();
  mgmt = await installation.start();
  for (const cluster of ['east', 'west']) installation.agent(cluster);
  await apply(mgmt);
  await settle(mgmt);
  historyAtFirst = await readHistory();
}, 60_000);
afterAll(async () => {
  agent.destroy();
  await installation.dispose();
});

const ask = (request: MadeRequest): Promise<HeardAnswer> => askRaw(mgmt.apiUrl, agent, request);

/** Status and id of what was answered. */
const answered = new Set<string>();

/** Why an answer to any of these requests is not as the document says. */
async function findWrong(described: Described, count: number, of: OpenApiDocument): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const request of fc.sample(requestOf(described, of, known), { numRuns: count, seed })) {
    const answer = await ask(request);
    answered.add(`${answer.status} ${request.operation}`);
    const why = judge(request, answer);
    if (why !== undefined) wrong.push(`${request.method} ${request.path} ${(request.body ?? '').slice(0, 200)}: ${why}`);
  }
  return wrong;
}

const reads = operationsOf(document).filter(({ method }) => method === 'GET');
const acts = operationsOf(document).filter(({ method }) => method !== 'GET');
const named = (operations: readonly Described[]) =>
  operations.map((described) => [`${described.method} ${described.template}`, described] as const);

describe('every answer is as the document says, and none is a failure of the server:', () => {
  it('mgmt serves the very document that the requests are made from', async () => {
    const { status, body } = await call(mgmt, 'GET', '/v1/openapi.json');
    expect(status).toBe(200);
    expect(body).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it.each(named(reads))(
    '%s',
    async (_, described) => {
      expect(await findWrong(described, requests, document)).toEqual([]);
    },
    60_000 + requests * 400,
  );

  it('reading has changed nothing', async () => {
    expect(await readHistory()).toEqual(historyAtFirst);
  });

  it.each(named(acts))(
    '%s',
    async (_, described) => {
      // What a VirtualMesh may say has a test of its own, and takes long to make up.
      const count = described.method === 'PUT' ? Math.ceil(requests / 4) : requests;
      expect(await findWrong(described, count, document)).toEqual([]);
    },
    60_000 + requests * 400,
  );

  it('requests get through to what they ask for', () => {
    const reached = reads.map(({ operation }) => operation.operationId).filter((id) => answered.has(`200 ${id}`));
    expect(reads.map(({ operation }) => operation.operationId).filter((id) => !reached.includes(id))).toEqual([
      // Nothing was rotated, and nothing was proven under the name that requests have.
      'readCrl',
      'readProof',
      'readEvidencePack',
    ]);
    expect([...answered].filter((name) => /^20\d (startRotation|prove|preflight|foreseeEmergency)/.test(name))).not.toEqual([]);
  });

  it.each(['DELETE', 'PATCH'])('%s is refused everywhere, with the methods that there are', async (method) => {
    for (const { template } of operationsOf(document)) {
      const path = template.replaceAll(/\{\w+\}/g, 'demo');
      const { status, text } = await ask({ operation: '', method, template, path, headers: {}, body: undefined });
      expect([path, status, text]).toEqual([path, 405, expect.stringContaining('RR_API_METHOD_NOT_ALLOWED')]);
    }
  });
});
