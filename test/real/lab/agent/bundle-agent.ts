import { execFile } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const root = new URL('../../../../', import.meta.url);
const timeoutMs = 60_000;

/** Makes the agent as it is shipped, from the present sources; gives where it is. */
export async function bundleAgent(signal: AbortSignal): Promise<URL> {
  const tool = fileURLToPath(new URL('tools/bundle.ts', root));
  await promisify(execFile)(process.execPath, [tool, 'reroot-agent'], { signal, timeout: timeoutMs });
  return pathToFileURL(fileURLToPath(new URL('dist/reroot-agent.mjs', root)));
}
