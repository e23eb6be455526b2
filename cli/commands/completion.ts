import type { Command } from "commander";
import { conformancePacks, frameworks, managedRules } from "../../rules";
import type { Io } from "../io";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/** A flag as a shell completes it. */
interface Flag {
  readonly name: string;
  readonly summary: string;
  /** The values that it takes, where they are a few words; empty when it takes something else. */
  readonly values: readonly string[];
  readonly takesValue: boolean;
}

interface Completed {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly Flag[];
  /** What the first argument may be, where it is a word and no file. */
  readonly words: readonly string[];
}

/** `compliance completion SHELL`: prints a script that completes commands, flags, their values and controls. */
export function completion(shell: Shell, program: Command, io: Io): number {
  const commands = commandsOf(program);
  io.stdout.write(`${SCRIPTS[shell](commands)}\n`);
  return 0;
}

function commandsOf(program: Command): readonly Completed[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .map((command) => ({
      name: command.name(),
      summary: command.summary() || command.description(),
      flags: command
        .createHelp()
        .visibleOptions(command)
        .flatMap(({ long, description, argChoices, required, optional }) =>
          long === undefined
            ? []
            : [
                {
                  name: long,
                  summary: description,
                  values: argChoices ?? valuesOf(long),
                  takesValue: required || optional,
                },
              ],
        ),
      words: wordsOf(command, program),
    }));
}

/** Names of the catalogue that a flag takes. */
function valuesOf(flag: string): readonly string[] {
  switch (flag) {
    case "--controls":
      return managedRules().map(({ name }) => name);
    case "--framework":
      return frameworks().map(({ id }) => id);
    case "--pack":
      return conformancePacks().map(({ pack }) => pack);
    case "--service":
      return [...new Set(managedRules().map(({ service }) => service))];
    default:
      return [];
  }
}

function wordsOf(command: Command, program: Command): readonly string[] {
  switch (command.name()) {
    case "explain":
      return managedRules().map(({ name }) => name);
    case "completion":
      return SHELLS;
    case "help":
      return program.commands.map((other) => other.name());
    default:
      return command.commands.map((inner) => inner.name());
  }
}

const SCRIPTS: Readonly<Record<Shell, (commands: readonly Completed[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** Completes by the words of the line; what is no known word is a file. */
function bashScript(commands: readonly Completed[]): string {
  const values = commands.flatMap(({ name, flags }) =>
    flags
      .filter((flag) => flag.takesValue)
      .map((flag) => `    ${name}:${flag.name}) words=${quoted(flag.values)} ;;`),
  );
  const words = commands.map(
    ({ name, flags, words: first }) =>
      `    ${name}) words=${quoted([...flags.map((flag) => flag.name), ...first])} ;;`,
  );
  return [
    '# eval "$(compliance completion bash)"',
    "_compliance() {",
    '  local word="${COMP_WORDS[COMP_CWORD]}" words=""',
    '  case "${COMP_WORDS[1]}:${COMP_WORDS[COMP_CWORD - 1]}" in',
    ...values,
    '    *) case "$COMP_CWORD:${COMP_WORDS[1]}" in',
    `    1:*) words=${quoted(commands.map(({ name }) => name))} ;;`,
    ...words.map((line) => line.replace(/^ {4}/, "    *:")),
    "    esac ;;",
    "  esac",
    '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
    "}",
    "complete -o default -F _compliance compliance",
  ].join("\n");
}

/** zsh understands bash's completions. */
function zshScript(commands: readonly Completed[]): string {
  return [
    '# eval "$(compliance completion zsh)"',
    "autoload -U +X compinit && compinit",
    "autoload -U +X bashcompinit && bashcompinit",
    bashScript(commands).split("\n").slice(1).join("\n"),
  ].join("\n");
}

function fishScript(commands: readonly Completed[]): string {
  const lines = commands.flatMap(({ name, summary, flags, words }) => {
    const inside = `-n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c compliance -n __fish_use_subcommand -f -a ${name} -d ${fishText(summary)}`,
      ...flags.map((flag) => {
        const value = flag.values.length > 0 ? ` -x -a ${quoted(flag.values)}` : flag.takesValue ? " -r" : "";
        return `complete -c compliance ${inside} -l ${flag.name.slice(2)} -d ${fishText(flag.summary)}${value}`;
      }),
      ...(words.length === 0 ? [] : [`complete -c compliance ${inside} -f -a ${quoted(words)}`]),
    ];
  });
  return ["# compliance completion fish | source", ...lines].join("\n");
}

const quoted = (words: readonly string[]): string => `"${words.join(" ")}"`;

const fishText = (text: string): string => `'${text.replaceAll("\n", " ").replaceAll(/['\\]/g, "\\$&")}'`;
