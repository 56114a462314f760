import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeSamplePack, textOfPack } from '@reroot/mgmt/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBarriers, findOverflow } from './find-barriers.ts';
import { openBrowser, type TestBrowser, type Viewport, type WatchedPage } from './open-browser.ts';

let dir: string;
let browser: TestBrowser;

/** Mirrors what people do: the archive is unpacked, and the page is opened from the disk. */
async function openReport(clusters: number, start: 'kept' | 'unkept', viewport: Viewport = 'desk'): Promise<WatchedPage> {
  const path = join(dir, `report-${clusters}-${start}.html`);
  await writeFile(path, textOfPack(await makeSamplePack({ clusters, start }), 'report.html'));
  const watched = await browser.open({ viewport });
  await watched.page.goto(pathToFileURL(path).href);
  return watched;
}

beforeAll(async () => {
  [browser, dir] = await Promise.all([openBrowser(), mkdtemp(join(tmpdir(), 'reroot-report-'))]);
});

afterAll(async () => {
  await browser.close();
  await rm(dir, { recursive: true });
});

describe('the report of an evidence pack of 300 clusters', () => {
  it.each(['desk', 'phone'] as const)('keeps nobody out, fits, and asks for nothing but itself, on a %s', async (viewport) => {
    const watched = await openReport(300, 'kept', viewport);
    await watched.picture(`report-${viewport}`);
    expect(await findBarriers(watched.page)).toEqual([]);
    expect(await findOverflow(watched.page)).toBe(0);
    expect(watched.asked).toEqual([watched.page.url()]);
    expect(watched.wrongs).toEqual([]);
    await watched.page.close();
  });

  it('leads from its contents to each part, in the order of the parts, without a script', async () => {
    const { page } = await openReport(300, 'kept');
    const links = await page.evaluate<string[]>(
      "[...document.querySelectorAll('nav a')].map((a) => `${a.hash} ${a.textContent}`)",
    );
    const parts = await page.evaluate<string[]>(
      "[...document.querySelectorAll('nav ~ section')].map((part) => `#${part.id} ${part.querySelector('h2').textContent}`)",
    );
    expect(links.length).toBeGreaterThan(10);
    expect(parts).toEqual(links);
    expect(await page.locator('script').count()).toBe(0);
    await page.close();
  });

  it('can be printed: every page is of A4, nothing is cut off at the side, and all clusters are on paper', async () => {
    const { page, picture } = await openReport(300, 'kept');
    await page.emulateMedia({ media: 'print' });
    // What is between the margins of A4, in CSS pixels.
    await page.setViewportSize({ width: 703, height: 1_000 });
    await picture('report-print');
    expect(await findOverflow(page)).toBe(0);
    expect(await page.locator('nav').isVisible()).toBe(false);
    for (const cluster of ['cluster-0001', 'cluster-0150', 'cluster-0300']) {
      expect(await page.locator('#clusters').getByText(cluster).first().isVisible()).toBe(true);
    }
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
    const sizes = new Set(pdf.match(/\/MediaBox\s*\[[^\]]*\]/g)?.map((box) => box.match(/\d+/g)?.join(' ')));
    const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(
      [...sizes].every((size) => size?.startsWith('0 0 59') || size?.startsWith('0 0 595')),
      [...sizes].join('; '),
    ).toBe(true);
    expect(pages).toBeGreaterThan(3);
    expect(pages).toBeLessThan(15);
    await page.close();
  });

  it('says first what it lacks, where mgmt had not kept it', async () => {
    const { page } = await openReport(4, 'unkept');
    await page.getByRole('heading', { name: 'What this pack lacks' }).waitFor();
    expect(await page.locator('.lacks').innerText()).toContain('what preflight found, the plan and the versions at the start');
    expect(await findBarriers(page)).toEqual([]);
    await page.close();
  });
});
