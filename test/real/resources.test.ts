import { readdir, readFile } from 'node:fs/promises';
import { apply, clientOf, type Installation, makeInstallation, meshDocument } from '@reroot/mgmt/testing';
import { parseYaml } from '@reroot/shared/config';
import { joinFileSchema } from '@reroot/shared/join-file';
import { waitFor } from '@reroot/shared/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Kubectl, kubectlAs } from './kubectl.ts';
import { startControlPlaneAlone } from './lab/cluster/start-alone.ts';

const { signal } = new AbortController();
const deploy = new URL('../../deploy/', import.meta.url);
const account = 'system:serviceaccount:reroot:reroot-mgmt';

let installation: Installation;
let mgmt: Awaited<ReturnType<Installation['start']>>;
let agents: readonly ReturnType<Installation['agent']>[];
let admin: Kubectl;
/** Operator. */
let ann: Kubectl;
/** Approver. */
let bob: Kubectl;
/** Administrator. */
let carol: Kubectl;

/** A cluster with the definitions, the rights and the policy as they are shipped, and mgmt under exactly those rights. */
beforeAll(async () => {
  const alone = await startControlPlaneAlone('resources');
  const { adminKubeconfig } = alone.controlPlane;
  const stop = async (): Promise<void> => {
    await (installation as Installation | undefined)?.dispose();
    await alone.stop();
  };
  try {
    admin = kubectlAs(adminKubeconfig, 'reroot');
    await install();
    const person = (name: string, role: string): Promise<string> =>
      admin.must(['create', 'rolebinding', name, '--clusterrole', `reroot-${role}`, '--user', name]);
    await Promise.all([person('ann', 'operator'), person('bob', 'approver'), person('carol', 'admin')]);
    [ann, bob, carol] = ['ann', 'bob', 'carol'].map((name) => kubectlAs(adminKubeconfig, 'reroot', '--as', name)) as [
      Kubectl,
      Kubectl,
      Kubectl,
    ];
    const kubeconfigFile = await alone.kubeconfigOf(account);
    installation = await makeInstallation();
    agents = ['east', 'west', 'north'].map((cluster) => installation.agent(cluster));
    const resources = { names: 'verified', kubernetes: { namespace: 'reroot', kubeconfigFile } };
    mgmt = await installation.start({ config: installation.config({ resources }) });
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  return stop;
});

async function install(): Promise<void> {
  await admin.must(['create', 'namespace', 'reroot']);
  for (const file of await readdir(new URL('crds/', deploy)))
    await admin.must(['apply', '-f', '-'], await readFile(new URL(`crds/${file}`, deploy), 'utf8'));
  await admin.must(['wait', '--for=condition=Established', 'crd', '--all']);
  for (const file of ['rbac-resources.yaml', 'rbac-people.yaml', 'admission-resources.yaml']) {
    await admin.must(['apply', '-f', '-'], await readFile(new URL(`mgmt/${file}`, deploy), 'utf8'));
  }
}

const object = (kind: string, metadata: object, spec: object): string =>
  JSON.stringify({ apiVersion: 'reroot.dev/v1alpha1', kind, metadata, spec });

const meshSpec: object = { clusters: ['east', 'west'], ...sharedOf({ certificateRotation: { verification: { manual: {} } } }) };

function sharedOf(more: object): object {
  const key = { keyAlgorithm: 'KEY_ALGORITHM_ECDSA_P256' };
  return { mtlsConfig: { shared: { rootCertificateAuthority: { generated: key }, intermediateCertOptions: key, ...more } } };
}

const rotation = (name: string, more: object = {}): string =>
  object('CertificateRotation', { name }, { mesh: 'demo', why: 'its key is a year old', requestedBy: 'ann', ...more });

const get = async (what: string, path: string): Promise<string> => admin.must(['get', what, '-o', `jsonpath={${path}}`]);
const wait = (condition: string, what: string, timeout = '30s'): Promise<string> =>
  admin.must(['wait', `--for=${condition}`, what, `--timeout=${timeout}`]);

/** What the rotation is waited for at, as its status says. */
async function momentOf(name: string): Promise<{ rotation: string; step: string; generation: number }> {
  const [rotationId = '', step = '', generation = ''] = (
    await get(`certrot/${name}`, '.status.rotation} {.status.step} {.status.generation')
  ).split(' ');
  return { rotation: rotationId, step, generation: Number(generation) };
}

async function answer(name: string, of: string, more: object = {}): Promise<void> {
  const spec = {
    mesh: 'demo',
    ...(await momentOf(of)),
    verdict: 'APPROVE',
    why: 'traffic looks right',
    requestedBy: 'bob',
    ...more,
  };
  await bob.must(['create', '-f', '-'], object('CertificateVerification', { name }, spec));
}

/** Waits until a person is needed at a step. */
async function untilBlocked(name: string, step: string): Promise<void> {
  await wait(`jsonpath={.status.step}=${step}`, `certrot/${name}`);
  await wait('condition=Blocked', `certrot/${name}`);
}

const act = async (name: string, type: string, person: Kubectl, requestedBy: string): Promise<string> => {
  const { step, generation } = await momentOf(name);
  const patch = { spec: { action: { type, step, generation, why: 'errors are up', requestedBy } } };
  return (await person.run(['patch', 'certrot', name, '--type', 'merge', '-p', JSON.stringify(patch)])).err;
};

describe('what the API server refuses by itself', () => {
  const key = { keyAlgorithm: 'KEY_ALGORITHM_ECDSA_P256', rsaKeySizeBytes: 2048 };
  it.each([
    ['an RSA size of an ECDSA key', { rootCertificateAuthority: { generated: key } }, 'has no meaning for an ECDSA key'],
    [
      'two sources of roots',
      { rootCertificateAuthority: { generated: {}, secret: { name: 'a', namespace: 'b' } } },
      'takes one of generated, secret, vault',
    ],
    [
      'a canary of another mesh',
      { certificateRotation: { waves: { canaries: ['north'] } } },
      'each canary must be among spec.clusters',
    ],
    [
      'two sizes of waves',
      { certificateRotation: { waves: { maxClusters: 1, maxPercent: 2 } } },
      'takes maxClusters or maxPercent, not both',
    ],
    [
      'four eyes where nobody approves',
      { certificateRotation: { verification: { none: {} }, approvals: { fourEyes: true } } },
      'has no meaning without verification manual',
    ],
    [
      'a name that no field has',
      { certificateRotation: { stratgey: 'NONE' } },
      'unknown field "spec.mtlsConfig.shared.certificateRotation.stratgey"',
    ],
    ['a cluster that is named twice', { clusters: ['east', 'east'] }, 'Duplicate value'],
  ])('%s, with a sentence', async (_, wrong, sentence) => {
    const text = object('VirtualMesh', { name: 'refused' }, { ...meshSpec, ...('clusters' in wrong ? wrong : sharedOf(wrong)) });
    const { status, err } = await carol.run(['apply', '--dry-run=server', '-f', '-'], text);
    expect({ status, err }).toEqual({ status: 1, err: expect.stringContaining(sentence) });
  });

  it('every field is explained', async () => {
    expect(await admin.must(['explain', 'certrot.spec.action.generation'])).toContain('as it was when this was written');
    expect(await admin.must(['explain', 'vmesh.spec.mtlsConfig.shared.certificateRotation.minimumOverlap'])).toContain(
      'From 0s to 90d',
    );
  });
});

describe('a person with kubectl alone', () => {
  it('makes a mesh, waits for it, and sees at a glance how it is', async () => {
    await carol.must(['apply', '-f', '-'], object('VirtualMesh', { name: 'demo' }, meshSpec));
    await wait('condition=Ready', 'vmesh/demo');
    expect(await ann.must(['get', 'virtualmesh', '--no-headers'])).toMatch(
      /^demo +NOT_ROTATING +PREVIOUS_CA +2\/2 +Passed +20\d\d-/,
    );
  });

  it('starts a rotation, approves, rolls back, and is answered once', async () => {
    await ann.must(['create', '-f', '-'], rotation('first'));
    await untilBlocked('first', 'ADDING_NEW_ROOT');
    expect(await get('vmesh/demo', '.status.rotation')).toBe((await momentOf('first')).rotation);
    const before = await momentOf('first');
    await answer('adding', 'first');
    await wait('jsonpath={.status.state}=VERIFIED', 'certverif/adding');
    await untilBlocked('first', 'PROPAGATING_NEW_INTERMEDIATE');
    await answer('late', 'first', { ...before, why: 'looked again' });
    await wait('condition=Invalid', 'certverif/late');
    expect(await get('certverif/late', '.status.state} {.status.reason')).toMatch(/^INVALID RR_APPROVAL_(REPEATED|STALE)$/);
    expect(await act('first', 'ROLLBACK', carol, 'carol')).toBe('');
    await wait('jsonpath={.status.action.outcome}=DONE', 'certrot/first');
    await untilBlocked('first', 'ADDING_NEW_ROOT');
    await answer('back', 'first', { verdict: 'REJECT' });
    await wait('jsonpath={.status.step}=PREVIOUS_CA', 'certrot/first');
    await wait('condition=Blocked', 'certrot/first');
    await answer('accepted', 'first');
    await wait('condition=RolledBack', 'certrot/first');
    await wait('condition=Ready', 'vmesh/demo');
    const acts = (await readActs()).filter(({ via }) => via === 'kubernetes');
    expect(new Set(acts.map(({ name }) => name))).toEqual(new Set(['kubectl-client-side-apply', 'ann', 'bob', 'carol']));
  });

  it('sees a rotation to its end, and a copy of it starts nothing', async () => {
    await ann.must(['create', '-f', '-'], rotation('second', { verification: 'none' }));
    await wait('condition=Finished', 'certrot/second');
    const { rotation: id } = await momentOf('second');
    expect(await get('certrot/second', '.metadata.uid} {.metadata.annotations.reroot\\.dev/rotation')).toBe(`${id} ${id}`);
    const annotations = { 'reroot.dev/rotation': id };
    await ann.must(
      ['create', '-f', '-'],
      object('CertificateRotation', { name: 'copy', annotations }, { mesh: 'demo', requestedBy: 'ann' }),
    );
    await wait('jsonpath={.status.state}=FINISHED', 'certrot/copy');
    expect(await get('vmesh/demo', '.status.rotation')).toBe(id);
  });

  it('is told why a start is refused, and that it stays so', async () => {
    const targetRoot = await get('vmesh/demo', '.status.currentRoot');
    await ann.must(['create', '-f', '-'], rotation('nowhere', { targetRoot }));
    await wait('condition=Failed', 'certrot/nowhere');
    expect(await get('certrot/nowhere', '.status.reason')).toBe('RR_ROTATION_TARGET_INVALID');
    await wait('jsonpath={.metadata.annotations.reroot\\.dev/refused}=RR_ROTATION_TARGET_INVALID', 'certrot/nowhere');
    await waitFor(
      async () => (await admin.must(['events', '--for', 'certificaterotation/nowhere'])).includes('RR_ROTATION_TARGET_INVALID'),
      {
        what: 'the event',
        timeoutMs: 10_000,
      },
    );
  });

  it('takes a failed rotation up again', async () => {
    const [, west] = agents;
    const stepTimeout = { after: '6s', then: 'THEN_HOLD' };
    const spec = { ...meshSpec, ...sharedOf({ certificateRotation: { verification: { none: {} }, stepTimeout } }) };
    await carol.must(['apply', '-f', '-'], object('VirtualMesh', { name: 'demo' }, spec));
    await wait('jsonpath={.status.conditions[?(@.type=="SpecAccepted")].observedGeneration}=2', 'vmesh/demo');
    west!.behave('hold');
    await ann.must(['create', '-f', '-'], rotation('third'));
    await wait('condition=Failed', 'certrot/third');
    expect(await get('vmesh/demo', '.status.state} {.status.ready')).toBe('FAILED 1/2');
    expect(await act('third', 'RETRY', ann, 'ann')).toContain('RETRY take the right to create certificateverifications');
    west!.behave('follow');
    expect(await act('third', 'RETRY', carol, 'carol')).toBe('');
    await wait('condition=Finished', 'certrot/third');
  });

  it('may say no other name than its own', async () => {
    const { err } = await ann.run(['create', '-f', '-'], rotation('forged', { requestedBy: 'bob' }));
    expect(err).toContain('spec.requestedBy must be your own name, ann');
  });
});

/** Waits until something is so that kubectl cannot wait for. */
async function eventually(what: string, isSo: () => Promise<boolean>): Promise<void> {
  await waitFor(isSo, { what, timeoutMs: 30_000 });
}

async function readActs(): Promise<readonly { readonly name: string; readonly via: string }[]> {
  const { entries } = await clientOf(mgmt).readAudit({ after: 0, limit: 1_000 }, signal);
  return entries.map(({ entry }) => entry.by);
}

describe('a mesh that both an object and the API could change', () => {
  it('is changed by the object alone, as long as others write it', async () => {
    await expect(apply(mgmt, { clusters: ['east', 'west', 'north'] })).rejects.toMatchObject({
      code: 'RR_RESOURCE_OWNED',
      message: expect.stringContaining('VirtualMesh reroot/demo says, which kubectl-client-side-apply writes'),
    });
  });

  it('has no cluster renamed that an object of others names', async () => {
    await expect(
      clientOf(mgmt).renameCluster('east', { to: 'frankfurt', by: 'dora', why: 'by its place' }, signal),
    ).rejects.toMatchObject({
      code: 'RR_RESOURCE_OWNED',
      message: expect.stringContaining(
        'cluster east is named by VirtualMesh reroot/demo, which kubectl-client-side-apply writes',
      ),
    });
  });

  it('is unharmed when the object is deleted, which comes back as one of reroot and follows the API', async () => {
    const uid = await get('vmesh/demo', '.metadata.uid');
    const root = await get('vmesh/demo', '.status.currentRoot');
    await carol.must(['delete', 'vmesh', 'demo']);
    await eventually('the object', async () => (await carol.run(['get', 'vmesh', 'demo'])).status === 0);
    await wait('condition=Ready', 'vmesh/demo');
    expect(await get('vmesh/demo', '.metadata.uid')).not.toBe(uid);
    expect(await get('vmesh/demo', '.status.currentRoot} {.metadata.labels.app\\.kubernetes\\.io/managed-by')).toBe(
      `${root} reroot`,
    );
    await eventually('the event', async () => (await admin.must(['events', '--for', 'virtualmesh/demo'])).includes('MadeAnew'));
    const document = meshDocument({ clusters: ['east', 'west', 'north'] });
    await clientOf(mgmt).applyMesh('demo', document, signal);
    // It reported once before mgmt began to listen, and has been told nothing since.
    agents[2]!.report();
    await wait('jsonpath={.status.ready}=3/3', 'vmesh/demo');
    expect(await get('vmesh/demo', '.spec.clusters')).toBe('["east","west","north"]');
  });

  it('shows what was started by the API as an object of its own', async () => {
    const { rotation: started } = await clientOf(mgmt).startRotation('demo', { by: 'dora', verification: 'none' }, signal);
    const name = `demo-${started!.id.slice(0, 8)}`;
    await eventually('the object', async () => (await admin.run(['get', 'certrot', name])).status === 0);
    await wait('condition=Finished', `certrot/${name}`);
    expect(await get(`certrot/${name}`, '.spec.requestedBy} {.spec.rotation} {.status.startedBy')).toBe(
      `dora ${started!.id} dora`,
    );
  });
});

describe('a ManagedCluster', () => {
  it('is there for each cluster of the mesh, and says how it is', async () => {
    await eventually('the object', async () => (await admin.run(['get', 'mcl', 'north'])).status === 0);
    await wait('condition=Reporting', 'mcl/east');
    // Its status may have been written while a rotation was under way, and is left alone for half a minute after that.
    await wait('jsonpath={.status.evidence}=Passed', 'mcl/east', '60s');
    expect(await get('mcl/east', '.spec.mesh} {.status.access')).toBe('demo configured');
  });

  it('adds its cluster, whose join file lies in a Secret, and takes it back when it is deleted before it was used', async () => {
    await carol.must(['create', '-f', '-'], object('ManagedCluster', { name: 'south' }, { mesh: 'demo' }));
    await wait('jsonpath={.status.joinSecret}=south-join', 'mcl/south');
    const text = Buffer.from(await get('secret/south-join', '.data.join\\.yaml'), 'base64').toString('utf8');
    expect(parseYaml(text, joinFileSchema, 'join file')).toMatchObject({ mesh: 'demo', cluster: 'south' });
    await carol.must(['delete', 'mcl', 'south']);
    await eventually('the revocation', async () => (await accountOf('south'))?.state === 'revoked');
    await eventually('the Secret to go', async () => (await admin.run(['get', 'secret', 'south-join'])).status !== 0);
    expect((await admin.run(['get', 'mcl', 'south'])).status).not.toBe(0);
  });

  it('cannot change its mesh', async () => {
    const { err } = await carol.run(['patch', 'mcl', 'east', '--type', 'merge', '-p', '{"spec":{"mesh":"other"}}']);
    expect(err).toContain('cannot be changed: an agent is enrolled for one mesh');
  });
});

async function accountOf(cluster: string) {
  const { clusters } = await clientOf(mgmt).listClusters(signal);
  return clusters.find(({ name }) => name === cluster);
}
