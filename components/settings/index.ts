import * as pulumi from "@pulumi/pulumi";
import { Problems } from "../../rules/selection/problems";
import type { AccountDetectionArgs } from "../account-detection";
import type { AccountNotificationsArgs } from "../account-notifications";
import type { CompliancePipelineArgs } from "../compliance-pipeline";
import type { ComplianceDashboardArgs } from "../compliance-dashboard";
import type { DeliveryTargetArgs } from "../delivery-target";
import { sharedBucketProblems } from "../bucket-names";
import { tagProblems } from "../limits";
import { describeProblems, type Problem } from "../problems";
import type { TrailArgs } from "../trail";
import { configuration, NAMESPACE } from "./configuration";
import { dashboardPart } from "./dashboard";
import { detectionPart } from "./detection";
import { notificationsPart } from "./notifications";
import { ALL_ENTRIES, type Part, partList } from "./parts";
import { pipelinePart } from "./pipeline";
import { type Place, placePart } from "./place";
import { Section } from "./section";
import { readSelection } from "./selection";
import { statePart } from "./state";
import { targetPart } from "./target";
import { trailPart } from "./trail";

/** The stack's configuration, complete and valid. A part that the stack does not hold is `undefined`. */
export interface Settings extends Place {
  /** Evidence, recorders and rules. */
  readonly detection: AccountDetectionArgs | undefined;
  /** Topics, alerts and chat channels. */
  readonly notifications: AccountNotificationsArgs | undefined;
  readonly trail: TrailArgs | undefined;
  readonly dashboard: ComplianceDashboardArgs | undefined;
  /** The pipeline that delivers to other stacks. */
  readonly pipeline: CompliancePipelineArgs | undefined;
  /** The roles in this account that a pipeline delivers to. */
  readonly target: DeliveryTargetArgs | undefined;
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
  const notifications = held.has("notifications")
    ? notificationsPart(root, { place, selection, detection: detection?.settings }, problems)
    : undefined;
  const trail = held.has("trail") ? trailPart(root, place) : undefined;
  const dashboard = held.has("dashboard") ? dashboardPart(root, place) : undefined;
  const state = held.has("pipeline") || held.has("target") ? statePart(root) : undefined;
  const pipeline = held.has("pipeline") ? pipelinePart(root, { place, state }) : undefined;
  const target = held.has("target") ? targetPart(root, place, state) : undefined;

  const parts: readonly (Part<unknown> | undefined)[] = [
    detection,
    notifications,
    trail,
    dashboard,
    pipeline,
    target,
  ];
  const limits = parts.flatMap((part) => part?.limits ?? []);
  if (place.permissionsBoundary !== undefined) refuseBoundRecorder(problems, detection?.settings);
  const buckets = parts.flatMap((part) => part?.buckets ?? []);
  addLimits(problems, [
    ...limits,
    ...sharedBucketProblems(buckets),
    ...tagProblems("tags", place.tags ?? {}),
  ]);
  if (problems.all.length > 0) {
    const named = problems.all.map((problem) => ({ ...problem, path: `${NAMESPACE}:${problem.path}` }));
    throw new pulumi.RunError(describeProblems(`The configuration of stack "${pulumi.getStack()}"`, named));
  }
  return {
    ...place,
    detection: detection?.settings,
    notifications: notifications?.settings,
    trail: trail?.settings,
    dashboard: dashboard?.settings,
    pipeline: pipeline?.settings,
    target: target?.settings,
  };
}

/** A boundary that fits the program's roles hides from AWS Config whatever the program does not deploy itself. */
function refuseBoundRecorder(problems: Problems, detection: AccountDetectionArgs | undefined): void {
  const role = detection?.recording?.role.role;
  if (role === undefined || !("leastPrivilege" in role)) return;
  problems.add(
    "recorder.role.leastPrivilege",
    'The policy of "permissionsBoundary" limits this role to the services of the program, so that AWS Config would record nothing of most others and not say so. Write "role: { serviceLinked: create }", or "existing" for AWS\'s role that is there: no boundary limits it.',
  );
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
