import * as pulumi from "@pulumi/pulumi";
import { Problems } from "../../rules/selection/problems";
import { tagProblems } from "../limits";
import { describeProblems, type Problem } from "../problems";
import type { TrailArgs } from "../trail";
import { configuration, NAMESPACE } from "./configuration";
import { type Detection, detectionPart } from "./detection";
import { ALL_ENTRIES, type Part, partList } from "./parts";
import { type Place, placePart } from "./place";
import { Section } from "./section";
import { readSelection } from "./selection";
import { trailPart } from "./trail";

/** The stack's configuration, complete and valid. A part that the stack does not hold is `undefined`. */
export interface Settings extends Place {
  /** Evidence, recorders and rules. */
  readonly detection: Detection | undefined;
  readonly trail: TrailArgs | undefined;
}

/**
 * Reads the stack's configuration below `compliance:`. Every entry has a default.
 *
 * @throws `pulumi.RunError` with every problem at once, before anything is created.
 */
export function readSettings(): Settings {
  const problems = new Problems();
  const root = new Section(problems, "", configuration(problems), ALL_ENTRIES);
  const place = placePart(root, problems);
  const held = partList(root);
  const selection = readSelection(root, place.regions, problems);

  const detection = held.has("detection") ? detectionPart(root, place, selection, problems) : undefined;
  const trail = held.has("trail") ? trailPart(root, place) : undefined;

  const parts: readonly (Part<unknown> | undefined)[] = [detection, trail];
  const limits = parts.flatMap((part) => part?.limits ?? []);
  addLimits(problems, [...limits, ...tagProblems("tags", place.tags ?? {})]);
  if (problems.all.length > 0) {
    const named = problems.all.map((problem) => ({ ...problem, path: `${NAMESPACE}:${problem.path}` }));
    throw new pulumi.RunError(describeProblems(`The configuration of stack "${pulumi.getStack()}"`, named));
  }
  return { ...place, detection: detection?.settings, trail: trail?.settings };
}

/** Regions share most settings, and with them the problems: each is reported once. */
function addLimits(problems: Problems, limits: readonly Problem[]): void {
  const unreadable = problems.all.map(({ path }) => path);
  for (const { path, message } of limits) {
    // The limits of a value that could not be read would only repeat what is reported already.
    if (unreadable.some((known) => isWithin(path, known))) continue;
    if (problems.all.some((known) => known.path === path && known.message === message)) continue;
    problems.add(path, message);
  }
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}
