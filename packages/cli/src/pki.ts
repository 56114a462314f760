import { type Command, Option } from 'commander';
import type { Shell } from './shell.ts';

/** What of a CA is given file by file. */
const parts = ['caCert', 'caKey', 'certChain', 'crl'];

/**
 * `reroot pki`: looks at certificates; needs neither mgmt nor a cluster. What it runs is imported only then: X.509 takes a
 * tenth of a second to load, which no other verb needs.
 */
export function definePki(verb: Command, shell: Shell): void {
  verb.description('look into files of certificates, and foretell what Istio does with them');
  verb
    .command('inspect')
    .description(
      'show what is in PEM files, and in Secrets and ConfigMaps as YAML or JSON; of a private key its public half alone',
    )
    .argument('<file...>', 'files; - reads stdin')
    .action(async (files: string[], _, command: Command) => {
      const { runPkiInspect } = await import('./pki-inspect.ts');
      await runPkiInspect(files, command.optsWithGlobals(), shell);
    });
  verb
    .command('check')
    .description('foretell what Istio of a version does with a trust bundle or a whole CA, and why')
    .argument('[bundle]', 'root-cert.pem, or a ConfigMap or Secret with it; takes the place of the one in --secret')
    .addOption(new Option('--secret <file>', 'the Secret cacerts as YAML or JSON, in either form').conflicts(parts))
    .option('--ca-cert <file>', 'ca-cert.pem')
    .option('--ca-key <file>', 'ca-key.pem')
    .option('--cert-chain <file>', 'cert-chain.pem')
    .option('--crl <file>', 'ca-crl.pem')
    .option('--leaf <file>', 'the certificate of a workload, and its chain behind it')
    .option('--before <file>', 'the bundle, or the Secret, that the running istiod holds')
    .option('--istio <version>', 'version of Istio, such as 1.29.3; the newest that is known where it is left out')
    .addOption(
      new Option('--multi-root <state>', 'ISTIO_MULTIROOT_MESH of istiod; unknown where it is left out').choices(['on', 'off']),
    )
    .option('--at <time>', 'moment to judge for, such as 2027-01-31T12:00:00Z; now where it is left out')
    .action(async (bundle: string | undefined, _, command: Command) => {
      const { runPkiCheck } = await import('./pki-check.ts');
      await runPkiCheck(bundle, command.optsWithGlobals(), shell);
    });
}
