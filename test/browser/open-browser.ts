import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';

const viewports = { desk: { width: 1280, height: 860 }, phone: { width: 390, height: 844 } } as const;
export type Viewport = keyof typeof viewports;

/** A page of the dashboard, and what it did besides what it shows. */
export interface WatchedPage {
  readonly page: Page;
  /** Every address that it has asked for, over HTTP and WebSockets. */
  readonly asked: readonly string[];
  /** What it has thrown, and what its policy has refused. */
  readonly wrongs: readonly string[];
  /** Does something, and says how long the page's thread has worked meanwhile: other work of the machine does not count. */
  coreSecondsOf(act: () => Promise<unknown>): Promise<number>;
  /** Takes a picture, which is kept as an artefact of the run. */
  picture(name: string): Promise<void>;
}

/** A real Chromium. */
export interface TestBrowser {
  open(options?: { readonly viewport?: Viewport; readonly colorScheme?: 'light' | 'dark' }): Promise<WatchedPage>;
  close(): Promise<void>;
}

/** Where pictures are kept: outside of what is committed. */
const picturesFolder = resolve(process.env['REROOT_SCREENSHOTS'] ?? resolve(import.meta.dirname, '../../artifacts/dashboard'));

/** Starts the Chromium that `./dev test --browser` has found. */
export async function openBrowser(): Promise<TestBrowser> {
  const executablePath = process.env['REROOT_CHROMIUM'];
  if (executablePath === undefined) throw new Error('REROOT_CHROMIUM names no Chromium: ./dev test --browser sets it');
  await mkdir(picturesFolder, { recursive: true });
  // Its sandbox does not let root in, and CI is root.
  const isRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({ executablePath, args: ['--disable-gpu', ...(isRoot ? ['--no-sandbox'] : [])] });
  process.stderr.write(`» pictures of the dashboard go to ${picturesFolder}\n`);
  return {
    open: async ({ viewport = 'desk', colorScheme = 'light' } = {}) => {
      const context = await browser.newContext({ viewport: viewports[viewport], colorScheme, reducedMotion: 'reduce' });
      return watch(await context.newPage());
    },
    close: () => browser.close(),
  };
}

function watch(page: Page): WatchedPage {
  const asked: string[] = [];
  const wrongs: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('websocket', (socket) => asked.push(socket.url()));
  page.on('pageerror', (error) => wrongs.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Trusted/i.test(message.text())) wrongs.push(message.text());
  });
  return {
    page,
    asked,
    wrongs,
    coreSecondsOf: async (act) => {
      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable', { timeDomain: 'threadTicks' });
      const worked = async (): Promise<number> => {
        const { metrics } = await session.send('Performance.getMetrics');
        return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
      };
      const before = await worked();
      await act();
      await drawn(page);
      const after = await worked();
      await session.detach();
      return after - before;
    },
    picture: async (name) => {
      // What is drawn by the size of its frame is drawn a frame later.
      await drawn(page);
      await page.screenshot({ path: resolve(picturesFolder, `${name}.png`), fullPage: true, animations: 'disabled' });
    },
  };
}

/** Once what is known now stands on the screen. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
}
