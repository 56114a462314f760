import { type Command, Help, type HelpConfiguration, type Option } from 'commander';

const plain = Help.prototype;

/**
 * How help is laid out: of the whole program the verbs come first, as they are what is looked for; of a verb, what is its own, and a
 * word about the rest.
 */
export const helpFormat: HelpConfiguration = {
  // Terms such as `rotate-credentials [options] <cluster>` leave less room than what commander wraps in by itself.
  minWidthToWrap: 20,
  formatHelp: (command, help) => {
    const text = plain.formatHelp.call(help, command, help);
    return command.parent === null ? verbsFirst(text) : text;
  },
  optionDescription: (option) => plain.optionDescription.call(plain, withoutEmptyDefault(option)),
};

/** Says what all verbs take, below the help of one. */
export function addSharedOptionsNote(verb: Command): void {
  verb.addHelpText('after', '\nBesides, what every verb takes, such as --mesh, --server and -o: `reroot help`.');
  for (const below of verb.commands) addSharedOptionsNote(below);
}

function verbsFirst(text: string): string {
  const [, options = ''] = /\n(Options:\n(?:.+\n)+)/.exec(text) ?? [];
  return options === '' ? text : `${text.replace(`${options}\n`, '').trimEnd()}\n\n${options}`;
}

/** That nothing was given is no default worth a word. */
function withoutEmptyDefault(option: Option): Option {
  const isEmpty = Array.isArray(option.defaultValue) && option.defaultValue.length === 0;
  return isEmpty ? (Object.assign(Object.create(option), { defaultValue: undefined }) as Option) : option;
}
