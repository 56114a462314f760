/** As which the cluster knows what the agent has written. */
export const fieldManager = 'reroot-agent';
