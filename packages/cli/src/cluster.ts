import type { Command } from 'commander';
import { type ActOptions, byOption, yesOption } from './act-options.ts';
import { type AddOptions, type RenameOptions, runAct, runAdd, runList, runRename } from './cluster-acts.ts';
import type { Shell } from './shell.ts';
import { readValidity } from './span.ts';

/** `reroot cluster`: which clusters may speak to mgmt. */
export function defineCluster(verb: Command, shell: Shell): void {
  verb.description('say which clusters may speak to mgmt, and give their agents a join file');
  verb
    .command('add')
    .description('let a cluster join a mesh: writes its join file, with which one agent enrols once')
    .argument('<name>', 'name of the cluster, as meshes name it')
    .option(
      '--out <file>',
      'file to write, which only you may read, and which must not exist; - for stdout (default: NAME.join.yaml)',
    )
    .option(
      '--valid-for <span>',
      'how long the join file is good, such as 30m or 7d, 30d at the most; a day when left out',
      readValidity,
    )
    .option('--nats-credentials <file>', 'credentials (.creds) for the agent, where mgmt makes no users of NATS itself')
    .option('--again', 'make a new one for a cluster that was added before: the old one is void')
    .addOption(byOption())
    .action((name: string, _, command: Command) => runAdd(name, command.optsWithGlobals<AddOptions>(), shell));
  verb
    .command('list')
    .description('show every cluster, its state and how the link to its agent stands')
    .action((_, command: Command) => runList(command.optsWithGlobals(), shell));
  addReason(verb.command('rename').description('give a cluster another name, while its mesh does not rotate'))
    .argument('<cluster>', 'name of the cluster')
    .argument('<name>', 'its new name')
    .action((name: string, to: string, _, command: Command) =>
      runRename(name, to, command.optsWithGlobals<RenameOptions>(), shell),
    );
  addReason(
    verb.command('rotate-credentials').description('have the agent of a cluster make new keys, and shut out the old ones'),
  )
    .argument('<cluster>', 'name of the cluster')
    .action((name: string, _, command: Command) =>
      runAct('rotateCredentials', name, command.optsWithGlobals<ActOptions>(), shell),
    );
  addReason(verb.command('revoke').description('shut the agent of a cluster out, at once'))
    .addOption(yesOption())
    .argument('<cluster>', 'name of the cluster')
    .action((name: string, _, command: Command) => runAct('revokeCluster', name, command.optsWithGlobals<ActOptions>(), shell));
}

function addReason(command: Command): Command {
  return command.requiredOption('--why <sentence>', 'the reason, kept in the log of mgmt').addOption(byOption());
}
