import { check, compliant, isUnknown, notApplicable, policy, undecided } from "../engine";
import type { Outcome, Policies, Reader, ResourceArgs } from "../engine";

const PIPELINE = "aws:codepipeline/pipeline:Pipeline";

type Pipeline = Reader<ResourceArgs["aws:codepipeline/pipeline:Pipeline"]>;

/** What a deploy stage does: how many deployments, into which regions. */
interface DeployStage {
  /** Where it is, e.g. `stages[2]`. */
  readonly place: string;
  readonly deployments: number;
  readonly regions: ReadonlySet<string>;
}

/** The stages with a deployment, in order; undefined while any part that decides is not known: of regions, only where asked. */
function deployStages(pipeline: Pipeline, asksRegions: boolean): readonly DeployStage[] | undefined {
  const stages = pipeline.each("stages");
  if (!stages.complete) return undefined;
  const found: DeployStage[] = [];
  for (const stage of stages.items) {
    const actions = stage.each("actions");
    const facts = actions.items.map((action) => ({
      category: action.value("category"),
      region: action.value("region"),
    }));
    if (!actions.complete || facts.some(({ category }) => isUnknown(category))) return undefined;
    const deployments = facts.filter(({ category }) => category === "Deploy");
    if (deployments.length === 0) continue;
    if (asksRegions && deployments.some(({ region }) => isUnknown(region))) return undefined;
    // An action without a region runs in the pipeline's own.
    const regions = new Set(
      deployments.map(({ region }) => (typeof region === "string" ? region : "the pipeline's own")),
    );
    found.push({ place: stage.name(""), deployments: deployments.length, regions });
  }
  return found;
}

const notKnown = (pipeline: Pipeline): Outcome =>
  undecided({
    ...pipeline.place("stages"),
    found: "the stages of the pipeline are not known yet",
    fix: "deploy step by step",
  });

/** The first deploy stage deploys once, so that a mistake is found before it is everywhere. */
function limitsDeployments(
  pipeline: Pipeline,
  p: { readonly deploymentLimit?: number | undefined },
): Outcome {
  const stages = deployStages(pipeline, false);
  if (stages === undefined) return notKnown(pipeline);
  const [first, ...rest] = stages;
  if (first === undefined) return notApplicable();
  const limit = p.deploymentLimit ?? Number.POSITIVE_INFINITY;
  const bad = first.deployments > 1 ? first : rest.find(({ deployments }) => deployments > limit);
  return check(bad === undefined, {
    property: bad?.place,
    found: `"${bad?.place ?? ""}" has ${bad?.deployments ?? 0} deployments`,
    fix: bad === first ? "deploy once in the first deploy stage" : `deploy at most ${limit} times in a stage`,
  });
}

/** Each stage reaches at most so many times the regions that all earlier ones have reached. */
function limitsRegions(pipeline: Pipeline, p: { readonly regionFanoutFactor: number }): Outcome {
  const stages = deployStages(pipeline, true);
  if (stages === undefined) return notKnown(pipeline);
  if (stages.length === 0) return notApplicable();
  const reached = new Set<string>();
  for (const { place, regions } of stages) {
    const limit = reached.size === 0 ? 1 : reached.size * p.regionFanoutFactor;
    if (regions.size > limit) {
      return check(false, {
        property: place,
        found: `"${place}" deploys to ${regions.size} regions at once`,
        fix: `deploy to at most ${limit} there`,
      });
    }
    for (const region of regions) reached.add(region);
  }
  return compliant();
}

export const codepipeline: Policies = {
  CODEPIPELINE_DEPLOYMENT_COUNT_CHECK: policy("Pipelines deploy once in their first deploy stage.", {
    [PIPELINE]: limitsDeployments,
  }),
  CODEPIPELINE_REGION_FANOUT_CHECK: policy("Pipelines reach further regions step by step.", {
    [PIPELINE]: limitsRegions,
  }),
};
