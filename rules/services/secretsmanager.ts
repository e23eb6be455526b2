import {
  all,
  compliant,
  isUnknown,
  notApplicable,
  stackPolicy,
  toNumber,
  undecided,
  violation,
} from "../engine";
import type { Context, Outcome, Policies, Reader, ResourceArgs } from "../engine";
import { customerKey, keyAmong } from "../views/kms";
import { lonePart } from "../views/parts";

const SECRET = "aws:secretsmanager/secret:Secret";
const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";

type Rotation = Reader<ResourceArgs["aws:secretsmanager/secretRotation:SecretRotation"]>;

const HOURS_PER_DAY = 24;
const HOURS: Readonly<Record<string, number>> = {
  hour: 1,
  hours: 1,
  day: HOURS_PER_DAY,
  days: HOURS_PER_DAY,
};

/** The hours between two rotations; undefined for a schedule that has no fixed interval. */
function intervalHours(rotation: Rotation): number | "unknown" | undefined {
  const days = rotation.value("rotationRules.automaticallyAfterDays");
  if (isUnknown(days)) return "unknown";
  if (days !== undefined) return toNumber(days) * HOURS_PER_DAY;
  const schedule = rotation.value("rotationRules.scheduleExpression");
  if (isUnknown(schedule)) return "unknown";
  const rate = typeof schedule === "string" ? /^rate\(\s*(\d+)\s+(\w+)\s*\)$/.exec(schedule) : null;
  const unit = HOURS[rate?.[2] ?? ""];
  return rate === null || unit === undefined ? undefined : Number(rate[1]) * unit;
}

/** A secret rotates, and often enough. */
function rotates(rotation: Rotation, maximumHours: number | undefined): Outcome {
  const enabled =
    rotation.read("rotationEnabled").kind === "absent" ? compliant() : rotation.isTrue("rotationEnabled");
  if (maximumHours === undefined) return enabled;
  const hours = intervalHours(rotation);
  const reason = rotation.reason("rotationRules", `rotate at least every ${maximumHours} hours`);
  // A cron schedule has no interval that could be compared here.
  const often =
    hours === "unknown" || hours === undefined
      ? undecided(reason)
      : hours <= maximumHours
        ? compliant()
        : violation(reason);
  return all(enabled, often);
}

interface RotationParameters {
  readonly maximumAllowedRotationFrequency?: number | undefined;
  readonly maximumAllowedRotationFrequencyInHours?: number | undefined;
}

function maximumHoursOf(p: RotationParameters): number | undefined {
  if (p.maximumAllowedRotationFrequencyInHours !== undefined) return p.maximumAllowedRotationFrequencyInHours;
  return p.maximumAllowedRotationFrequency === undefined
    ? undefined
    : p.maximumAllowedRotationFrequency * HOURS_PER_DAY;
}

function secretRotates(_: unknown, p: RotationParameters, { node, stack }: Context): Outcome {
  const { nodes, uncertain } = stack.referrers(node, ROTATION, "secretId");
  if (nodes.length > 0)
    return all(...nodes.map((rotation) => rotates(rotation.reader(ROTATION), maximumHoursOf(p))));
  const reason = { found: "the secret has no rotation", fix: "add a SecretRotation for it" };
  return uncertain ? undecided(reason) : violation(reason);
}

export const secretsmanager: Policies = {
  SECRETSMANAGER_ROTATION_ENABLED_CHECK: stackPolicy("Secrets are rotated.", {
    [SECRET]: secretRotates,
    [ROTATION]: (rotation, p, context) =>
      lonePart(context, "secretId", [SECRET], () => rotates(rotation, maximumHoursOf(p))),
  }),

  SECRETSMANAGER_USING_CMK: stackPolicy("Secrets are encrypted with a customer managed key.", {
    [SECRET]: (secret, p, context) =>
      all(
        customerKey(secret, "kmsKeyId", context),
        p.kmsKeyArns === undefined ? notApplicable() : keyAmong(secret, "kmsKeyId", p.kmsKeyArns),
      ),
  }),
};
