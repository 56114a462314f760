#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { isAbsolute, join } from 'node:path';

// This file is no TypeScript: the first file of a process cannot come from the cache, and what takes types out takes a third of a
// start to load. Everything else is compiled once. It is read again as code, so it is kept in a folder of the person and not in one
// of everybody; for somebody without a home, nowhere.
const { XDG_CACHE_HOME: cacheHome = '', HOME: home = '' } = process.env;
if (isAbsolute(cacheHome)) enableCompileCache(join(cacheHome, 'reroot', 'compiled'));
else if (isAbsolute(home)) enableCompileCache(join(home, '.cache', 'reroot', 'compiled'));
await (await import('./run.ts')).run();
