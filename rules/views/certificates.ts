import { check, compliant, given, all, undecided, violation } from "../engine";
import type { Context, Outcome, Reader, ResourceNode } from "../engine";

const OF_ACM = ["aws:acm/certificate:Certificate", "aws:acm/certificateValidation:CertificateValidation"];
const OF_IAM = ["aws:iam/serverCertificate:ServerCertificate"];

const isAcmArn = (arn: string): boolean => /^arn:[^:]*:acm:/.test(arn);

/**
 * The property names a certificate of ACM, and one of the allowed ones where a parameter names them. A value that is not
 * known yet counts when it was made from a certificate of the stack.
 */
export function acmCertificate(
  reader: Reader<unknown>,
  path: string,
  node: ResourceNode,
  { stack }: Pick<Context, "stack">,
  allowed?: readonly string[],
): Outcome {
  const name = reader.name(path);
  const reason = reader.reason(path, `set "${name}" to the ARN of an ACM certificate`);
  const read = reader.at(path);
  if (read.kind === "absent") return violation(reason);
  if (read.kind === "known") {
    const arn = typeof read.value === "string" ? read.value : "";
    return all(
      check(isAcmArn(arn), reason),
      given(allowed, (arns) =>
        check(arns.includes(arn), { ...reason, fix: `choose one of ${arns.join(", ")}` }),
      ),
    );
  }
  const madeFrom = (types: readonly string[]): boolean =>
    types.some((type) => stack.targets(node, name.replace(/\[\d+\]/g, ""), type).nodes.length > 0);
  if (madeFrom(OF_ACM) && !madeFrom(OF_IAM)) return allowed === undefined ? compliant() : undecided(reason);
  return madeFrom(OF_IAM) && !madeFrom(OF_ACM) ? violation(reason) : undecided(reason);
}
