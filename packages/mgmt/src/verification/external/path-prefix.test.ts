import { describe, expect, it } from 'vitest';
import { isPathPrefix, isUnder } from './path-prefix.ts';

const under = (path: string, prefix: string): boolean => isUnder(new URL(path, 'https://gate'), prefix);

describe('a path that stands for all below it', () => {
  it('holds itself and what is below, by whole segments', () => {
    for (const path of ['/a/b', '/a/b/', '/a/b/c', '/a/b/c/d/', '/a/b/...', '/a/b/c?x=/../y'])
      expect(under(path, '/a/b'), path).toBe(true);
    for (const path of ['/', '/a', '/a/bc', '/a/B', '/x/a/b']) expect(under(path, '/a/b'), path).toBe(false);
  });

  it.each([
    '/a/../b',
    '/a/%2e%2e/b',
    '/a/.%2E/b',
    '/a/..%2fb',
    '/a/..%5cb',
    '/a/..\\b',
    '/a/%252e%252e/b',
    '/a/..;/b',
    '/a//b',
    '/a/%00',
  ])('does not hold %s, of which a server may make another path', (path) => {
    expect(under(path, '/a')).toBe(false);
  });

  it('is the whole origin where it is empty', () => {
    for (const path of ['/', '/a/%2e%2e/b', '/a//b']) expect(under(path, '')).toBe(true);
  });

  it('has plain segments itself', () => {
    for (const path of ['/a', '/a/', '/a/b-c_d.e~f', '/a/...']) expect(isPathPrefix(path), path).toBe(true);
    for (const path of ['', '/', 'a', '//', '/a//b', '/./a', '/a/..', '/a%20b', '/a;b', '/a?b', '/a#b', '/ä']) {
      expect(isPathPrefix(path), path).toBe(false);
    }
  });
});
