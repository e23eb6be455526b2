import { labelOf } from "../../rules";
import type { ResourceGraph } from "../../rules";
import { counted } from "./wording";

const CLOUDFORMATION = /^aws:cloudformation\/stack(Set)?:/;

/** What a stack speaks of and does not hold, one sentence each. */
export function unseenIn(graph: ResourceGraph): readonly string[] {
  const read = graph.nodes.filter(({ facts, type }) => facts.read === true && !type.startsWith("pulumi:"));
  const stacks = graph.nodes.filter(({ facts, type }) => facts.passive !== true && CLOUDFORMATION.test(type));
  return [
    ...(read.length === 0
      ? []
      : [
          `The program only reads ${counted(read.length, "resource")} of others, which ${read.length === 1 ? "is" : "are"} not judged.`,
        ]),
    ...(stacks.length === 0
      ? []
      : [
          `What ${stacks.map(labelOf).join(", ")} makes through CloudFormation cannot be seen; AWS Config judges it after the deployment.`,
        ]),
  ];
}
