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
    picture: async (name) => {
      await page.screenshot({ path: resolve(picturesFolder, `${name}.png`), fullPage: true, animations: 'disabled' });
    },
  };
}
