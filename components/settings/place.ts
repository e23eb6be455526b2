import * as pulumi from "@pulumi/pulumi";
import type { Problems } from "../../rules/selection/problems";
import { parseArn } from "../arns";
import { didYouMean, regionProblems, show } from "../limits";
import { partitionOf } from "../partitions";
import type { Section } from "./section";

/** Where the parts of a stack are deployed, and under which tags. */
export interface Place {
  /** In the order of the setting `regions`. */
  readonly regions: readonly string[];
  /** One of `regions`: what an account has once is deployed there. */
  readonly homeRegion: string;
  readonly tags: Readonly<Record<string, string>> | undefined;
  /** Name of the policy that limits every role of the stack. */
  readonly permissionsBoundary: string | undefined;
}

/** The entries `regions`, `homeRegion`, `tags` and `permissionsBoundary`. */
export function placePart(root: Section, problems: Problems): Place {
  const regions = regionList(root, problems);
  const homeRegion = root.text("homeRegion") ?? regions[0] ?? "";
  if (regions.length > 0 && !regions.includes(homeRegion)) {
    const hint = didYouMean(homeRegion, regions);
    root.refuse(
      "homeRegion",
      `${show(homeRegion)} is not in "regions".${hint} Add it there, or name one of them.`,
    );
  }
  return {
    regions,
    homeRegion,
    tags: root.textMap("tags"),
    permissionsBoundary: boundaryName(root),
  };
}

/** A name and not an ARN, so that no account stands in the settings. */
function boundaryName(root: Section): string | undefined {
  const name = root.text("permissionsBoundary");
  if (name === undefined || /^[\w+=,.@-]{1,128}$/.test(name)) return name;
  const hint = parseArn(name) === undefined ? "" : " It is an ARN: write what stands after the last slash.";
  const rule = "1 to 128 letters, digits or _+=,.@-";
  root.refuse("permissionsBoundary", `${show(name)} is not the name of a policy; it needs ${rule}.${hint}`);
  return undefined;
}

function regionList(root: Section, problems: Problems): readonly string[] {
  const own =
    new pulumi.Config("aws").get("region") ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
  const regions = root.texts("regions") ?? (own === undefined ? [] : [own]);
  const isShapeReported = root.has("regions") && !Array.isArray(root.raw("regions"));
  if (regions.length === 0 && !isShapeReported) {
    root.refuse(
      "regions",
      'No region is given. List at least one, or run "pulumi config set aws:region us-east-1".',
    );
  }
  const [first = ""] = regions;
  regions.forEach((region, index) => {
    const path = root.has("regions") ? `regions[${index}]` : "regions";
    for (const problem of regionProblems(path, region)) problems.add(problem.path, problem.message);
    if (partitionOf(region) !== partitionOf(first)) {
      const partitions = `${show(region)} is in the partition ${show(partitionOf(region))}, ${show(first)} in ${show(partitionOf(first))}`;
      problems.add(path, `${partitions}. An account is in one of them: give the other a stack of its own.`);
    }
    if (regions.indexOf(region) !== index) problems.add(path, `${show(region)} is listed twice. Remove one.`);
  });
  return regions;
}
