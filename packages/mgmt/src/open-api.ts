import { fileURLToPath } from 'node:url';
import type { ErrorCode } from '@reroot/shared/errors';
import type { Lifecycle } from '@reroot/shared/lifecycle';
import type { Log } from '@reroot/shared/log';
import {
  type ApiOptions,
  type ApiTls,
  addDashboard,
  addLive,
  countRefusal,
  createApi,
  type LiveSource,
  listen,
  openApiTls,
  readDashboard,
  readEmbeddedDashboard,
} from './api/index.ts';
import type { MgmtConfig } from './config.ts';
import type { Ground, MgmtOptions } from './open-ground.ts';
import type { Stages } from './stage.ts';

/** The API of mgmt, which answers by the stage that mgmt is at. */
export interface MgmtApi {
  /** How many follow the live stream. */
  countLive(): number;
  /**
   * Begins to listen.
   * @returns the URL under which the API answers
   * @throws RR_ADDRESS_*
   */
  listen(lifecycle: Lifecycle): Promise<string>;
}

/** What of the API is read from files. */
export interface ApiFiles {
  readonly tls: ApiTls | undefined;
  readonly dashboard: Awaited<ReturnType<typeof readDashboard>>;
}

/** Reads what a mistake of the configuration would keep from being there, before anything else is opened. @throws RR_API_* */
export async function readApiFiles({ config, clock, log }: Pick<MgmtOptions, 'config' | 'clock' | 'log'>): Promise<ApiFiles> {
  const tls = config.api.tls === undefined ? undefined : await openApiTls(config.api.tls, { clock, log });
  return { tls, dashboard: await openDashboard(config, log) };
}

/** Listens to nothing yet. @param openHandOver opens what other replicas hand over, where there are any */
export function openApi(ground: Ground, stages: Stages, openHandOver?: ApiOptions['openHandOver']): MgmtApi {
  const { config, gatekeeper, apiFiles, registry, changes, clock, log } = ground;
  const { tls, dashboard } = apiFiles;
  const { allowedOrigins } = config.api;
  const stage = () => stages.current().api;
  const api = createApi({ stage, registry, gatekeeper, openHandOver, allowedOrigins, clock, log, tls: tls?.options });
  addDashboard(api, dashboard);
  const source: LiveSource = {
    snapshot: () => stages.current().live.snapshot(),
    eventsEnd: () => stages.current().live.eventsEnd(),
    readEvents: (after, query) => stages.current().live.readEvents(after, query),
    // Those who follow stay, whatever stage comes next.
    onChange: (listener) => changes.subscribe(listener),
  };
  const onRefused = (code: ErrorCode): void => countRefusal(registry, code);
  const countLive = addLive(api, { gatekeeper, source, clock, log, onRefused });
  return {
    countLive,
    listen: async (lifecycle) => {
      lifecycle.add('api', () => api.close());
      if (tls !== undefined) lifecycle.add('certificate of the API', tls.keepFresh(api.server));
      return listen(api, config.api);
    },
  };
}

/** Where `./dev dashboard` leaves what it builds, beside the sources that mgmt runs from. */
const builtDashboard = fileURLToPath(new URL('../../dashboard/dist', import.meta.url));

async function openDashboard({ api: { dashboard } }: MgmtConfig, log: Log): ReturnType<typeof readDashboard> {
  if (dashboard !== undefined) return readDashboard(dashboard.dir, 'in the configuration');
  const found = (await readEmbeddedDashboard()) ?? (await readDashboard(builtDashboard, 'by default'));
  if (found === undefined) log.info({ file: builtDashboard }, 'no dashboard is served: none was built');
  return found;
}
