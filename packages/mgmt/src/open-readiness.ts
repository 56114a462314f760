import type { Lifecycle } from '@reroot/shared/lifecycle';
import type { Bus, BusStatus } from '@reroot/shared/transport';

/** Whether agents are heard. */
export interface Readiness {
  isReady(): boolean;
  /** From now on they are, while the bus is connected. */
  begin(): void;
}

/** They are not heard yet. */
export function openReadiness({ bus }: { readonly bus: Pick<Bus, 'onStatus'> }, lifecycle: Lifecycle): Readiness {
  let status: BusStatus = 'disconnected';
  let heard = false;
  const unhook = bus.onStatus((now) => {
    status = now;
  });
  lifecycle.add('status of the bus', unhook);
  return {
    isReady: () => heard && status === 'connected',
    begin: () => {
      heard = true;
    },
  };
}
