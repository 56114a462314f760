import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBarriers, findOverflow } from './find-barriers.ts';
import { type LargeFleet, launchLargeFleet } from './large-fleet.ts';
import { openBrowser, type TestBrowser, type WatchedPage } from './open-browser.ts';

const count = 1_000;
/** What one view may take of a core until it stands there; it is the time of the page's thread, not of the clock. */
const coreSecondsPerView = 1;

let fleet: LargeFleet;
let browser: TestBrowser;
let desk: WatchedPage;

beforeAll(async () => {
  [browser, fleet] = await Promise.all([openBrowser(), launchLargeFleet(count)]);
  desk = await browser.open();
});

afterAll(async () => {
  await browser.close();
  await fleet.stop();
});

const linkTo = (place: string): string => `${fleet.server}/ui/#/demo${place}`;

/** A view, and what stands in it once it is drawn. */
const views = [
  ['fleet', '/fleet', '.grid-dense a:nth-child(1000)'],
  ['fleet-table', '/fleet?look=table', 'tbody tr:nth-child(200)'],
  ['matrix', '/matrix', 'canvas'],
  ['matrix-next', '/matrix?when=next', 'canvas'],
  ['certificates', '/certificates', '.lifetimes li:nth-child(40)'],
  ['laggards', '', 'tbody tr:nth-child(12)'],
] as const;

describe('the dashboard of a thousand clusters', () => {
  it('draws each view in little time of the browser', async () => {
    await desk.page.goto(linkTo('/history'));
    await desk.page.locator('main h1').first().waitFor();
    const took: Record<string, number> = {};
    for (const [name, place, whole] of views) {
      took[name] = await desk.coreSecondsOf(async () => {
        await desk.page.goto(linkTo(place));
        await desk.page.locator(whole).first().waitFor();
      });
    }
    process.stderr.write(`» core seconds of each view of ${count} clusters: ${JSON.stringify(took)}\n`);
    expect(Object.values(took).filter((seconds) => seconds > coreSecondsPerView)).toEqual([]);
  });

  it('has no barrier, and nothing to scroll to the side, at a desk and on a phone', async () => {
    const found: string[] = [];
    const looks = [
      ['light', desk],
      ['phone-dark', await browser.open({ viewport: 'phone', colorScheme: 'dark' })],
    ] as const;
    for (const [look, on] of looks) {
      for (const [name, place, whole] of views) {
        await on.page.goto(linkTo(place));
        await on.page.locator(whole).first().waitFor();
        await on.picture(`thousand-${look}-${name}`);
        found.push(...(await findBarriers(on.page)).map((barrier) => `${look} ${name}: ${barrier}`));
        const overflow = await findOverflow(on.page);
        if (overflow > 0) found.push(`${look} ${name}: ${overflow} px wider than the window`);
      }
    }
    expect(found).toEqual([]);
  });

  it('leads through the fleet by the keyboard: one Tab in, arrows within, Enter to a cluster', async () => {
    const { page } = desk;
    await page.goto(linkTo('/fleet?sort=name'));
    await page.locator('.grid-dense a').nth(999).waitFor();
    await page.locator('.grid-dense a').first().focus();
    await page.keyboard.press('End');
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toMatch(/^us-west-998: /);
    await page.keyboard.press('ArrowLeft');
    await page.locator('.told', { hasText: 'us-west-993: ' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'us-west-993' }).waitFor();
  });

  it('finds one cluster among them in the table, by its name', async () => {
    const { page } = desk;
    await page.goto(linkTo('/fleet?look=table'));
    await page.getByRole('searchbox').fill('ap-south-504');
    await page.getByText('1 of 1,000 clusters').waitFor();
    expect(await page.locator('tbody tr').count()).toBe(1);
  });

  it('shows the matrix by classes, and explains one pair that arrows and Enter have chosen', async () => {
    const { page } = desk;
    await page.goto(linkTo('/matrix?when=next'));
    await page.locator('canvas').focus();
    await page.keyboard.press('ArrowDown');
    await page.locator('.told', { hasText: '→' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Leaf of' }).waitFor();
    await desk.picture('thousand-matrix-pair');
  });

  it('lists what is waited for to the last one, which the state only counts', async () => {
    const { page } = desk;
    await page.goto(linkTo(''));
    await page.getByRole('button', { name: 'Show 200 laggards' }).click();
    const list = page.getByRole('button', { name: 'List them to the last one' });
    const listed = page.getByRole('region', { name: 'What is waited for' }).locator('tbody tr');
    const text = await page.locator('.strip').textContent();
    const counted = Number(/([\d,]+) laggards/.exec(text ?? '')?.[1]?.replace(',', ''));
    expect(counted).toBeGreaterThan(400);
    await list.click();
    await page.getByText('as of').waitFor();
    for (let shown = await listed.count(); shown < counted; shown = await listed.count()) {
      expect(shown % 200).toBe(0);
      await list.click();
      await listed.nth(shown).waitFor();
    }
    await list.waitFor({ state: 'detached' });
    expect(await listed.count()).toBe(counted);
  });

  it('shows the whole of a long history, the newest first, and the steps of the rotation at its end', async () => {
    const { page } = desk;
    await page.goto(linkTo('/history'));
    await page.getByText('1,207 entries').waitFor();
    expect(await page.locator('.history li').first().textContent()).toContain('is excluded by ann');
    await page.goto(linkTo(''));
    await page.getByRole('region', { name: 'Timeline' }).locator('tbody tr').first().waitFor();
  });

  it('follows a hundred clusters that come to hold the row at once, in little time of the browser', async () => {
    const { page } = desk;
    await page.goto(linkTo('/fleet'));
    const level4 = page.getByRole('button', { name: /held \d/ }).locator('.count');
    const before = Number(await level4.textContent());
    const seconds = await desk.coreSecondsOf(async () => {
      fleet.catchUp(100);
      await page.getByRole('button', { name: `held ${before + 100}` }).waitFor();
    });
    process.stderr.write(`» core seconds for a hundred that catch up: ${seconds.toFixed(2)}\n`);
    expect(seconds).toBeLessThan(coreSecondsPerView);
  });

  it('has thrown nothing, and asked nobody else', () => {
    const { host } = new URL(fleet.server);
    expect(desk.asked.filter((address) => new URL(address).host !== host)).toEqual([]);
    expect(desk.wrongs).toEqual([]);
  });
});
