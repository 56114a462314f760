import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildDashboard, dashboardFolder } from '../../tools/build-dashboard.ts';

/** All of it, compressed: a page that is looked at in a hurry, over whatever line there is. */
const budgetBytes = 60_000;

const filesOf = (): string[] =>
  globSync('**/*', { cwd: dashboardFolder }).filter((path) => statSync(join(dashboardFolder, path)).isFile());
const textOf = (path: string): string => readFileSync(join(dashboardFolder, path), 'utf8');

beforeAll(async () => {
  await buildDashboard();
}, 60_000);

describe('the built dashboard', () => {
  it('is small', () => {
    const sizes = filesOf().map((path) => gzipSync(readFileSync(join(dashboardFolder, path)), { level: 9 }).length);
    expect(sizes.length).toBeGreaterThan(3);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(budgetBytes);
  });

  it('has no script and no style in the page itself, which its policy would refuse', () => {
    const page = textOf('index.html');
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=/);
    expect(page).toMatch(/src="\.\/assets\/[\w-]+\.js"/);
  });

  it('names no other server', () => {
    const addresses = filesOf()
      .filter((path) => /\.(js|css|html)$/.test(path))
      .flatMap((path) => textOf(path).match(/(?:https?|wss?):\/\/[\w.-]+/g) ?? []);
    // Namespaces of XML are names, not addresses.
    expect(new Set(addresses.filter((address) => address !== 'http://www.w3.org'))).toEqual(new Set());
  });
});
