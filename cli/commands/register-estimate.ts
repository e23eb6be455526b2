import { Option } from "commander";
import type { Command } from "commander";
import type { CheckContext } from "./check";
import type { EstimateOptions } from "./estimate";

/** Adds `compliance estimate`, which is loaded when it runs. */
export function addEstimate(program: Command, context: CheckContext, finish: (status: number) => void): void {
  program
    .command("estimate")
    .summary("reckon what the selection costs in a month")
    .description(
      "Reckons what the selected rules and what is deployed with them cost in a month: low, expected and high.\n\n" +
        "A usage file says how many resources of each type there are and how often they change; three ship: small,\n" +
        "medium and large. A flag goes before the settings of a stack, and they go before the usage file.",
    )
    .option("--usage <FILE>", "resource counts and change rates; or small, medium, large", "medium")
    .option("--selection <FILE>", "YAML or JSON (default: the stack's, else that of this project)")
    .option("--stack <NAME>", "take regions, recording and selection from this stack's settings")
    .option("--regions <N|NAMES>", "how many regions, or their names with commas, the home region first")
    .addOption(
      new Option("--recording <FREQUENCY>", "how often everything is recorded").choices([
        "continuous",
        "daily",
      ]),
    )
    .option("--prices <FILE>", "prices that replace the shipped ones, by name: YAML or JSON")
    .addOption(
      new Option("--format <FORMAT>", "the form of the result").choices(["text", "json"]).default("text"),
    )
    .option("--output <FILE>", "write to a file, whole or not at all (default: standard output)")
    .action(async (flags: Omit<EstimateOptions, "today">) => {
      const { estimate } = await import("./estimate");
      finish(estimate({ ...flags, today: context.today }, context));
    });
}
