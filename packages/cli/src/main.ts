#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { compileCacheOf } from './compile-cache.ts';

// Taking the types out of the sources and compiling them is half of what a start takes, and is needed once. It is read again as code,
// so it stands in a folder of the person and not in one of everybody.
const cache = compileCacheOf(process.env);
if (cache !== undefined) enableCompileCache(cache);
await (await import('./run.ts')).run();
