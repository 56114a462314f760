/**
 * How many messages of each kind may be under way: one of each agent, as far as nats-server lets agents connect. Of a message that was
 * dropped its sender hears nothing: it waits until it gives up, and a whole step with it.
 */
export const maxHeardAtOnce = 65_536;

/**
 * Intermediates of a mesh that are made at a time: enough for all cores, and for a commit to take many; not so many that a Vault gives up
 * on those that wait.
 */
export const issuedAtOnce = 256;
