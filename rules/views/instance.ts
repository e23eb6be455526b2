import type { ResourceArgs } from "../catalog/generated/resource-types";
import { all, undecided } from "../engine";
import type { Context, Outcome, Reader, Related, ResourceNode } from "../engine";

/** The effective instance: what an instance does not say itself, its launch template says. */

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

export type InstanceReader = Reader<ResourceArgs["aws:ec2/instance:Instance"]>;
export type TemplateReader = Reader<ResourceArgs[typeof TEMPLATE]>;

function templatesOf({ stack, node }: Context): Related {
  const byId = stack.targets(node, "launchTemplate.id", TEMPLATE);
  const byName = stack.targets(node, "launchTemplate.name", TEMPLATE);
  return {
    nodes: [...new Set([...byId.nodes, ...byName.nodes])],
    uncertain: byId.uncertain || byName.uncertain,
  };
}

/**
 * Judges the instance where it sets a property itself or has no launch template, else its launch template. A template
 * that is not in the stack leaves it undecided.
 */
export function orTemplate(
  instance: InstanceReader,
  context: Context,
  property: string,
  own: () => Outcome,
  ofTemplate: (template: TemplateReader, node: ResourceNode) => Outcome,
): Outcome {
  if (instance.at(property).kind !== "absent" || instance.at("launchTemplate").kind === "absent")
    return own();
  const { nodes, uncertain } = templatesOf(context);
  if (nodes.length > 0 && !uncertain)
    return all(...nodes.map((node) => ofTemplate(node.reader(TEMPLATE), node)));
  return undecided({
    property: "launchTemplate",
    found: "the launch template is not in this stack, or not known yet",
    fix: `set "${property}" on the instance`,
  });
}
