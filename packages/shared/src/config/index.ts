export { findDuplicateKey } from './find-duplicate-key.ts';
export { findingsOf } from './findings.ts';
export { type Context, type ContextFile, isContextName, loadContextFile } from './load-context-file.ts';
export { loadYamlFile } from './load-yaml-file.ts';
export { isHttpsOrLocal, isLoopback, isLoopbackHost } from './loopback.ts';
export { readMeshName } from './mesh-name.ts';
export { nearestWord } from './nearest-word.ts';
export { type DaemonProgram, type ProgramArguments, readProgramArguments } from './read-program-arguments.ts';
export { parseYaml } from './yaml.ts';
