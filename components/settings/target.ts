import * as pulumi from "@pulumi/pulumi";
import type { DeliveryTargetArgs } from "../delivery-target";
import type { StateChoice } from "../pipeline-choices";
import { targetPrefix } from "../pipeline-names";
import { under } from "../problems";
import { stateBuckets, stateProblems } from "../state-limits";
import { targetProblems } from "../target-choices";
import type { Part } from "./parts";
import type { Place } from "./place";
import type { Section } from "./section";

/** The part `target`: the entry of that name. */
export function targetPart(
  root: Section,
  place: Place,
  state: StateChoice | undefined,
): Part<DeliveryTargetArgs | undefined> {
  const own = root.section("target", ["stack", "pipeline", "rolePrefix", "names"]);
  const pipeline = own.section("pipeline", ["account", "prefix"]);
  const choices = {
    stack: own.requiredText("stack", "The name of the stack that is delivered"),
    pipeline: {
      account: pipeline.account("account"),
      prefix: pipeline.text("prefix") ?? `${pulumi.getProject()}-${pulumi.getStack()}`,
    },
    rolePrefix: own.text("rolePrefix") ?? targetPrefix(pulumi.getProject()),
    names: own.texts("names"),
  };
  if (state === undefined) return { settings: undefined, limits: [] };
  const settings = { ...choices, state, tags: place.tags };
  return {
    settings,
    limits: [
      ...under("target", targetProblems(settings)),
      ...under("state", stateProblems(state, undefined)),
    ],
    buckets: stateBuckets(state),
  };
}
