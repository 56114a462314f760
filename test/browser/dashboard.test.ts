import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchSimulatedMesh, type SimulatedMesh } from '../fleet/simulated-mesh.ts';
import { meshName } from '../scenarios/mesh-fleet.ts';
import { untilAsked } from '../scenarios/step-by-step.ts';
import { findBarriers, findOverflow } from './find-barriers.ts';
import { openBrowser, type TestBrowser, type WatchedPage } from './open-browser.ts';

let mesh: SimulatedMesh;
let browser: TestBrowser;
let watched: WatchedPage;

beforeAll(async () => {
  [browser, mesh] = await Promise.all([openBrowser(), launchSimulatedMesh({ clusters: 4, ratePerSecond: 20 })]);
  watched = await browser.open();
}, 120_000);

afterAll(async () => {
  await browser.close();
  await mesh.stop();
});

/** A link to a view of the mesh. */
const linkTo = (place: string): string => `${mesh.api.server}/ui/#/${meshName}${place}`;

/** What stands in the strip that every view has. */
const stateOn = (on: WatchedPage = watched) => on.page.locator('.state-name');

const views = [
  ['rotation', ''],
  ['fleet', '/fleet'],
  ['fleet-table', '/fleet?look=table'],
  ['cluster', '/clusters/cluster-2'],
  ['matrix', '/matrix?from=cluster-1&to=cluster-3'],
  ['matrix-next', '/matrix?when=next'],
  ['handshakes', '/handshakes'],
  ['certificates', '/certificates'],
  ['plan', '/plan'],
  ['history', '/history'],
] as const;

/** Looks at every view, and keeps a picture of each. */
async function lookAtEverything(moment: string, on: WatchedPage): Promise<string[]> {
  const found: string[] = [];
  for (const [name, place] of views) {
    await on.page.goto(linkTo(place));
    await on.page.locator('main h1').first().waitFor({ state: 'attached' });
    await on.page.locator('main', { hasNotText: 'Asking mgmt' }).waitFor();
    await on.picture(`${moment}-${name}`);
    found.push(...(await findBarriers(on.page)).map((barrier) => `${moment} ${name}: ${barrier}`));
    const overflow = await findOverflow(on.page);
    if (overflow > 0) found.push(`${moment} ${name}: ${overflow} px wider than the window`);
  }
  return found;
}

/** Fills in an open dialog and sends it. */
async function giveReason(why: string): Promise<void> {
  const { page } = watched;
  await page.getByLabel('Your name').fill('ann');
  await page.getByLabel('Reason, kept in the history').fill(why);
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

describe('the dashboard, through a whole rotation', () => {
  it('leads from the address of mgmt to its only mesh', async () => {
    const { page } = watched;
    await page.goto(mesh.api.server);
    await page.waitForURL(linkTo(''));
    await stateOn().getByText('At rest').waitFor();
    expect(await page.title()).toBe('test · NOT_ROTATING · reroot');
  });

  it('starts a rotation once its plan and its preflight were shown', async () => {
    const { page } = watched;
    await page.getByRole('link', { name: 'Start a rotation' }).click();
    const start = page.getByRole('button', { name: 'Start this rotation' });
    await page.getByLabel('Verification').selectOption('manual');
    await page.getByText('waits for an answer of').first().waitFor();
    expect(await start.isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Run preflight' }).click();
    await page.getByText(/checks passed/).waitFor();
    await watched.picture('rest-plan-with-preflight');
    expect(await findBarriers(page)).toEqual([]);
    await page.getByLabel('Your name').fill('ann');
    await start.click();
    await page.waitForURL(linkTo(''));
  });

  it('shows who is waited for, and has a step approved with a reason', async () => {
    const { page } = watched;
    await untilAsked(mesh, 'ADDING_NEW_ROOT');
    await stateOn().getByText('Verifying').waitFor();
    await page.getByRole('button', { name: 'Approve' }).click();
    await watched.picture('dialog');
    expect(await findBarriers(page)).toEqual([]);
    await giveReason('traffic is as before');
    const asked = await untilAsked(mesh, 'PROPAGATING_NEW_INTERMEDIATE');
    expect(asked.rotation?.startedBy).toBe('ann');
  });

  it('has no barrier in any view, in light, in dark and on a phone, and nothing to scroll to the side', async () => {
    await mesh.api.prove(meshName, { by: 'ann' }, mesh.broken);
    await watched.page.goto(linkTo('/handshakes'));
    await watched.page.getByText('✓ passed').waitFor({ timeout: 60_000 });
    const phone = await browser.open({ viewport: 'phone' });
    const found = [
      ...(await lookAtEverything('light', await browser.open())),
      ...(await lookAtEverything('dark', await browser.open({ colorScheme: 'dark' }))),
      ...(await lookAtEverything('phone', phone)),
      ...(await lookAtEverything('phone-dark', await browser.open({ viewport: 'phone', colorScheme: 'dark' }))),
    ];
    expect(found).toEqual([]);
  });

  it('is where a deep link leads, with its filters', async () => {
    const { page } = await browser.open();
    await page.goto(linkTo('/fleet?q=cluster-3&look=table'));
    await page.getByRole('row', { name: /cluster-3/ }).waitFor();
    expect(await page.locator('tbody tr').count()).toBe(1);
    await page.getByRole('searchbox').fill('cluster');
    expect(page.url()).toBe(linkTo('/fleet?q=cluster&look=table'));
    await page.reload();
    await page.locator('tbody tr').nth(3).waitFor();
  });

  it('says that it is cut off while mgmt is away, and goes on by itself when it is back', async () => {
    const { page } = watched;
    await page.goto(linkTo(''));
    await stateOn().waitFor();
    await mesh.mgmt.kill();
    await page.getByText(/Connection lost since/).waitFor();
    await page.getByText(/Shown is the state of/).waitFor();
    await watched.picture('cut-off');
    expect(await findBarriers(page)).toEqual([]);
    await mesh.mgmt.start(mesh.broken);
    await page.getByText(/Connection lost since/).waitFor({ state: 'detached', timeout: 30_000 });
    await page.getByText('Term 2').waitFor();
  });

  it('is used by the keyboard alone: the skip link, a view, an approval', async () => {
    const { page } = watched;
    await untilAsked(mesh, 'PROPAGATING_NEW_INTERMEDIATE');
    await page.goto(linkTo(''));
    await page.getByRole('button', { name: 'Approve' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await page.keyboard.press('2');
    await page.waitForURL(linkTo('/fleet'));
    await page.keyboard.press('a');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('handshakes are fine');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('bob');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await untilAsked(mesh, 'DELETING_OLD_ROOT');
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
    await watched.picture('shortcuts');
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('refuses what was asked of a step that has passed, in the words of mgmt', async () => {
    const { page } = watched;
    await page.goto(linkTo('/clusters/cluster-1'));
    await page.getByRole('button', { name: 'Roll back' }).click();
    const asked = await mesh.status();
    await mesh.answer(asked, 'ROLLBACK');
    await untilAsked(mesh, 'PROPAGATING_NEW_INTERMEDIATE');
    await page.getByText(/moved on/).waitFor();
    await page.getByLabel('Your name').fill('ann');
    await page.getByLabel('Reason, kept in the history').fill('too late');
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
    await page.getByText('RR_APPROVAL_STALE').waitFor();
    await page.getByText('Remedy').waitFor();
    await watched.picture('refused');
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('shows what mgmt knows within a second of it', async () => {
    const { page } = watched;
    await page.goto(linkTo(''));
    await page.getByRole('button', { name: 'Accept' }).waitFor();
    await mesh.answer(await mesh.status(), 'CONTINUE');
    await mesh.until('the rollback to be accepted', ({ state }) => state === 'VERIFIED');
    const seenAtMs = performance.now();
    await stateOn().getByText('Verified').waitFor({ timeout: 1_000 });
    expect(performance.now() - seenAtMs).toBeLessThan(1_000);
  });

  it('goes forward again, to the end', async () => {
    const { page } = watched;
    await page.getByRole('button', { name: 'Go forward' }).click();
    await page.getByLabel('Your name').fill('ann');
    await page.getByLabel('Reason, kept in the history').fill('the cause is mended');
    await page.getByRole('dialog').getByRole('button', { name: 'Go forward' }).click();
    await untilAsked(mesh, 'DELETING_OLD_ROOT');
    await page.getByRole('button', { name: 'Approve' }).click();
    await giveReason('done');
    await stateOn().getByText('Finished').waitFor();
    await lookAtEverything('finished', watched);
    await page.goto(linkTo('/history'));
    await page.getByText('traffic is as before').waitFor();
    await page.getByText('handshakes are fine').waitFor();
  });

  it('has asked nobody but its own server, thrown nothing, and tried nothing that its policy forbids', () => {
    const { host } = new URL(mesh.api.server);
    expect(watched.asked.length).toBeGreaterThan(20);
    expect(watched.asked.filter((address) => new URL(address).host !== host)).toEqual([]);
    expect(watched.wrongs).toEqual([]);
  });
});
