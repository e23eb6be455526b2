import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const secret = resource("aws:secretsmanager/secret:Secret");
const make = resource("aws:secretsmanager/secretRotation:SecretRotation");
const key = resource("aws:kms/key:Key");
const rotation = (rules: object, more: object = {}): ReturnType<typeof make> =>
  make({ secretId: ref("subject"), rotationLambdaArn: unknown, rotationRules: rules, ...more });

export const secretsmanager: Cases = {
  SECRETSMANAGER_ROTATION_ENABLED_CHECK: [
    compliantCase("is rotated", secret({}), { with: { r: rotation({ automaticallyAfterDays: 30 }) } }),
    compliantCase("is rotated often enough", secret({}), {
      with: { r: rotation({ automaticallyAfterDays: 30 }) },
      parameters: { maximumAllowedRotationFrequency: "30" },
    }),
    compliantCase("is rotated by a rate", secret({}), {
      with: { r: rotation({ scheduleExpression: "rate(12 hours)" }) },
      parameters: { maximumAllowedRotationFrequencyInHours: "24" },
    }),
    compliantCase("is rotated by a rotation that names its ARN", secret({ name: "db" }), {
      with: {
        r: rotation(
          { automaticallyAfterDays: 30 },
          { secretId: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf" },
        ),
      },
    }),
    violatingCase("is not rotated", secret({ name: "db" })),
    violatingCase(
      "is a rotation that is off, of a secret elsewhere",
      make({ secretId: "elsewhere", rotationEnabled: false }),
    ),
    violatingCase("is rotated too seldom", secret({}), {
      with: { r: rotation({ automaticallyAfterDays: 90 }) },
      parameters: { maximumAllowedRotationFrequency: "30" },
    }),
    violatingCase("has a rotation that is off", secret({}), {
      with: { r: rotation({ automaticallyAfterDays: 30 }, { rotationEnabled: false }) },
    }),
    violatingCase("is not the secret that is rotated", secret({ name: "db" }), {
      with: {
        r: rotation(
          { automaticallyAfterDays: 30 },
          { secretId: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:other-AbCdEf" },
        ),
      },
    }),
    undecidedCase("is rotated at an unknown interval", secret({}), {
      with: { r: rotation({ automaticallyAfterDays: unknown }) },
      parameters: { maximumAllowedRotationFrequency: "30" },
    }),
    undecidedCase("may be the secret of an unknown rotation", secret({}), {
      with: { r: rotation({}, { secretId: unknown }) },
    }),
  ],
  SECRETSMANAGER_USING_CMK: [
    compliantCase("has a key of the stack", secret({ kmsKeyId: ref("key", "arn") }), {
      with: { key: key({}) },
    }),
    compliantCase(
      "has a key by its ARN",
      secret({ kmsKeyId: "arn:aws:kms:eu-west-1:123456789012:key/1234" }),
    ),
    compliantCase("has a key by its alias", secret({ kmsKeyId: "alias/secrets" })),
    violatingCase("has the key of AWS", secret({ kmsKeyId: "alias/aws/secretsmanager" })),
    violatingCase("does not say", secret({})),
    violatingCase(
      "has a key that is not listed",
      secret({ kmsKeyId: "arn:aws:kms:eu-west-1:123456789012:key/1234" }),
      { parameters: { kmsKeyArns: "arn:aws:kms:eu-west-1:123456789012:key/5678" } },
    ),
    undecidedCase("has an unknown key", secret({ kmsKeyId: unknown })),
  ],
};
