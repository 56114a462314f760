import { createHash } from 'node:crypto';
import { type Installation, makeInstallation, meshDocument, startKubernetesRights } from '@reroot/mgmt/testing';
import { type ApiClient, awaitsVerification, createApiClient, type MeshStatus } from '@reroot/shared/api';
import { systemClock } from '@reroot/shared/clock';
import { waitFor } from '@reroot/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBarriers } from './find-barriers.ts';
import { openBrowser, type TestBrowser, type WatchedPage } from './open-browser.ts';
import { startSubpathProxy } from './start-subpath-proxy.ts';

const people = { vera: 'viewer', otto: 'operator', anna: 'approver', adam: 'admin', ends: 'viewer' } as const;
const tokenOf = (name: string): string => `rrt_${name}-0123456789-0123456789-0123456789`;
const kate = { token: 'token-of-kate', user: { username: 'kate' }, rights: ['get virtualmeshes demo'] };
const { signal } = new AbortController();

let installation: Installation;
let kubernetes: Awaited<ReturnType<typeof startKubernetesRights>>;
let browser: TestBrowser;
let server: string;
let admin: ApiClient;
/** A page of somebody whose token ends while the others are tested. */
let ending: { readonly watched: WatchedPage; readonly atMs: number };

beforeAll(async () => {
  [browser, installation, kubernetes] = await Promise.all([openBrowser(), makeInstallation(), startKubernetesRights(kate)]);
  const endsAtMs = systemClock.now() + 30_000;
  const tokens = Object.entries(people).map(([name, role]) => ({
    ...{ name, role, sha256: createHash('sha256').update(tokenOf(name)).digest('hex') },
    ...(name === 'ends' ? { expires: new Date(endsAtMs).toISOString() } : {}),
  }));
  const access = { tokens, kubernetes: { kubeconfigFile: kubernetes.kubeconfigFile } };
  const mgmt = await installation.start({ config: installation.config({ api: { port: 0, access } }) });
  server = mgmt.apiUrl;
  ending = { watched: await signIn(tokenOf('ends')), atMs: endsAtMs };
  admin = createApiClient({ server, token: tokenOf('adam') });
  for (const cluster of ['east', 'west']) installation.agent(cluster);
  installation.agent('north', 'other');
  await admin.applyMesh('demo', meshDocument({ verification: 'manual' }), signal);
  await admin.applyMesh('other', meshDocument({ mesh: 'other', clusters: ['north'] }), signal);
  await until('every cluster to hold the first root', ({ verdict }) => verdict.passed);
}, 120_000);

afterAll(async () => {
  await browser.close();
  await installation.dispose();
  await kubernetes.stop();
});

const status = (): Promise<MeshStatus> => admin.readMesh('demo', signal);
const linkTo = (place = ''): string => `${server}/ui/#/demo${place}`;

function until(what: string, check: (status: MeshStatus) => boolean): Promise<MeshStatus> {
  const look = async (): Promise<MeshStatus | undefined> => {
    const found = await status();
    return check(found) ? found : undefined;
  };
  return waitFor(look, { timeoutMs: 60_000, what });
}

const asked = (step: MeshStatus['step']) => (found: MeshStatus) => awaitsVerification(found) && found.step === step;

/** What the history says, newest first. */
async function messages(): Promise<readonly string[]> {
  return (await admin.readHistory('demo', signal)).map(({ message }) => message).toReversed();
}

/** Opens the page and shows a token. */
async function signIn(token: string, place = '/demo', from = server): Promise<WatchedPage> {
  const watched = await browser.open();
  await watched.page.goto(`${from}/ui/#${place}`);
  await watched.page.getByLabel('Token').fill(token);
  await watched.page.getByRole('button', { name: 'Sign in' }).click();
  return watched;
}

/** Opens the dialog of an act, gives the reason and sends it. */
async function act({ page }: WatchedPage, label: string, why: string): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).click();
  await page.getByLabel('Reason, kept in the history').fill(why);
  await page.getByRole('dialog').getByRole('button', { name: label, exact: true }).click();
}

describe('signing in', () => {
  it('is asked for, refuses a wrong token with its code and remedy, and asks no further by itself', async () => {
    const watched = await signIn('rrt_wrong-0123456789-0123456789');
    const { page } = watched;
    await page.getByText('RR_API_UNAUTHORIZED').waitFor();
    await page.getByText('Remedy').waitFor();
    await watched.picture('sign-in-refused');
    expect(await findBarriers(page)).toEqual([]);
    const before = watched.asked.length;
    await systemClock.sleep(1_500);
    expect(watched.asked.length).toBe(before);
    await page.getByLabel('Token').fill(tokenOf('vera'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('vera').waitFor();
  });

  it('holds over a reload, ends with signing out, and leaves no token in an address', async () => {
    const { page, asked: addresses } = await signIn(tokenOf('vera'));
    await page.getByText('vera').waitFor();
    await page.reload();
    await page.getByText('vera').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Token').waitFor();
    await page.reload();
    await page.getByLabel('Token').waitFor();
    expect(addresses.filter((address) => address.includes('vera'))).toEqual([]);
  });
});

describe('what the reader may', () => {
  it('is nothing but to look, for a viewer, who is told who may act', async () => {
    const watched = await signIn(tokenOf('vera'));
    const { page } = watched;
    await page.getByText('Start a rotation: for the role operator').waitFor();
    await page.goto(linkTo('/clusters/east'));
    await page.getByText('Exclude: for the role operator').waitFor();
    expect(await page.locator('.act').count()).toBe(0);
    await page.goto(linkTo('/plan'));
    await page.getByText('Whoever has the role operator may start it.').waitFor();
    await watched.picture('viewer-plan');
    expect(await findBarriers(page)).toEqual([]);
  });

  it('is to take a rotation back that no cluster was told of, for an operator, with the reason', async () => {
    const closed = "maintenanceWindows: [{ cron: '0 0 29 2 *', duration: 1m }]";
    await admin.applyMesh('demo', meshDocument({ verification: 'manual', policy: closed }), signal);
    await admin.startRotation('demo', {} as never, signal);
    await until('it waits for its window', ({ verdict }) => verdict.reason === 'MaintenanceWindowClosed');
    const watched = await signIn(tokenOf('otto'));
    await act(watched, 'Abort', 'the window is too far away');
    await watched.page.locator('.state-name', { hasText: 'At rest' }).waitFor();
    expect((await messages()).join()).toContain('by otto: the window is too far away');
    await admin.applyMesh('demo', meshDocument({ verification: 'manual' }), signal);
    await until('the first root again', ({ verdict }) => verdict.passed);
  });

  it('is to exclude a cluster and take it back, for an operator, who may not approve', async () => {
    await admin.startRotation('demo', {} as never, signal);
    await until('a person to be asked', asked('ADDING_NEW_ROOT'));
    const watched = await signIn(tokenOf('otto'), '/demo/clusters/west');
    const { page } = watched;
    await page.getByText('Approve, Roll back: for the role approver').waitFor();
    await act(watched, 'Exclude', 'its rack moves');
    await page.getByRole('button', { name: 'Include' }).waitFor();
    await page.getByText('by otto: its rack moves').waitFor();
    await watched.picture('operator-excluded');
    expect(await findBarriers(page)).toEqual([]);
    await act(watched, 'Include', 'it is there again');
    await page.getByRole('button', { name: 'Include' }).waitFor({ state: 'detached' });
    expect((await messages()).join()).toContain('it is there again');
    const west = (await status()).clusters.find(({ name }) => name === 'west');
    expect(west?.membership).not.toBe('excluded');
  });
});

describe('an approval', () => {
  const continued = async (why: string): Promise<number> =>
    (await messages()).filter((message) => message.includes(`CONTINUE by anna: ${why}`)).length;

  it('whose answer is lost and which is sent again is made once', async () => {
    await until('a person to be asked', asked('ADDING_NEW_ROOT'));
    const watched = await signIn(tokenOf('anna'));
    const { page } = watched;
    let lost = 0;
    await page.route('**/verification', async (route) => {
      lost += 1;
      if (lost > 1) return route.continue();
      await route.fetch();
      return route.abort('connectionreset');
    });
    await act(watched, 'Approve', 'traffic is as before');
    await page.getByText('RR_API_UNREACHABLE').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(lost).toBe(2);
    expect(await continued('traffic is as before')).toBe(1);
  });

  it('is made once by two clicks in a row', async () => {
    await until('a person to be asked', asked('PROPAGATING_NEW_INTERMEDIATE'));
    const { page } = await signIn(tokenOf('anna'));
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByLabel('Reason, kept in the history').fill('twice');
    await page.evaluate(`(() => {
      const form = document.querySelector('dialog form');
      form.requestSubmit();
      form.requestSubmit();
    })()`);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await continued('twice')).toBe(1);
  });

  it('of a page that is behind approves no later step', async () => {
    const before = await until('a person to be asked', asked('DELETING_OLD_ROOT'));
    const { page } = await signIn(tokenOf('anna'));
    await page.getByRole('button', { name: 'Approve' }).click();
    await admin.answerVerification('demo', answerTo(before, 'ROLLBACK'), signal);
    const after = await until('the step before to be asked', asked('PROPAGATING_NEW_INTERMEDIATE'));
    await page.getByText(/moved on/).waitFor();
    await page.getByLabel('Reason, kept in the history').fill('not seen');
    await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await page.getByText('RR_APPROVAL_STALE').waitFor();
    expect((await status()).generation).toBe(after.generation);
    expect(await continued('not seen')).toBe(0);
  });

  it('can be a way back, with the reason', async () => {
    const watched = await signIn(tokenOf('anna'));
    await act(watched, 'Roll back', 'to be sure');
    await until('the first row to be asked', asked('ADDING_NEW_ROOT'));
    expect((await messages()).join()).toContain('ROLLBACK by anna: to be sure');
  });
});

function answerTo({ rotation, step, generation }: MeshStatus, action: 'CONTINUE' | 'ROLLBACK') {
  return { rotationId: rotation?.id ?? '', step, generation, action, why: 'to see' } as never;
}

describe('somebody whose rights reach one mesh alone', () => {
  it('follows that one live, and no other', async () => {
    const watched = await signIn(kate.token);
    const { page } = watched;
    await page.locator('.state-name', { hasText: 'Verifying' }).waitFor();
    await page.getByText('live', { exact: true }).waitFor();
    expect(watched.asked.some((address) => address.endsWith('/v1/meshes/demo/live'))).toBe(true);
    await admin.answerVerification('demo', answerTo(await status(), 'CONTINUE'), signal);
    await page.locator('.state-name', { hasText: 'Verified' }).waitFor();
    await page.goto(`${server}/ui/#/other`);
    await page.getByText('RR_API_FORBIDDEN').waitFor();
    await watched.picture('one-mesh-refused');
    expect(await findBarriers(page)).toEqual([]);
  });

  it('is led there from the list of all, which it may not see', async () => {
    const { page } = await signIn(kate.token, '/');
    await page.getByText('RR_API_FORBIDDEN').waitFor();
    await page.getByLabel('Or the one mesh that it is for').fill('demo');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.locator('.state-name').waitFor();
  });
});

describe('below a path of a proxy', () => {
  it('the page works all the same: it is loaded, follows live, and acts', async () => {
    const proxy = await startSubpathProxy('/reroot', server);
    try {
      const watched = await signIn(tokenOf('anna'), '/demo', `${proxy.url}/reroot`);
      await watched.page.getByRole('button', { name: 'Go forward' }).waitFor();
      await act(watched, 'Go forward', 'by the proxy');
      await watched.page.getByRole('dialog').waitFor({ state: 'detached' });
      expect((await messages()).join()).toContain('CONTINUE by anna: by the proxy');
      expect(watched.asked.filter((address) => !new URL(address).pathname.startsWith('/reroot/'))).toEqual([]);
      expect(watched.wrongs).toEqual([]);
    } finally {
      await proxy.stop();
    }
  });
});

describe('a token that has ended', () => {
  it('is asked for again, with the reason', async () => {
    const { page } = ending.watched;
    await page.getByLabel('Token').waitFor({ timeout: Math.max(0, ending.atMs - systemClock.now()) + 30_000 });
    await page.getByText('RR_API_UNAUTHORIZED').waitFor();
  });
});
