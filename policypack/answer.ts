import * as pb from "@pulumi/pulumi/proto/analyzer_pb";
import { BinaryWriter } from "google-protobuf";

/** The protocol's numbers of the levels. */
export const LEVELS = {
  advisory: pb.EnforcementLevel.ADVISORY,
  mandatory: pb.EnforcementLevel.MANDATORY,
  disabled: pb.EnforcementLevel.DISABLED,
} as const;

/** The level of a policy that also changes resources. */
export const REMEDIATE = pb.EnforcementLevel.REMEDIATE;

/** The protocol's numbers of the severities. */
export const SEVERITIES = {
  low: pb.PolicySeverity.POLICY_SEVERITY_LOW,
  medium: pb.PolicySeverity.POLICY_SEVERITY_MEDIUM,
  high: pb.PolicySeverity.POLICY_SEVERITY_HIGH,
  critical: pb.PolicySeverity.POLICY_SEVERITY_CRITICAL,
} as const;

/** One line that the engine shows. */
export interface Diagnostic {
  readonly policy: string;
  readonly description: string;
  readonly message: string;
  readonly level: pb.EnforcementLevel;
  readonly severity?: pb.PolicySeverity;
  readonly urn?: string;
}

/**
 * An answer about a resource or a stack, written as bytes right away.
 * @see https://github.com/pulumi/pulumi/blob/master/proto/pulumi/analyzer.proto
 */
export class Answer {
  private readonly writer = new BinaryWriter();

  /**
   * @param pack - The name of the pack.
   * @param version - The version of the pack.
   */
  public constructor(
    private readonly pack: string,
    private readonly version: string,
  ) {}

  public report(diagnostic: Diagnostic): void {
    this.writer.writeMessage(2, diagnostic, this.writeDiagnostic);
  }

  /** Says that a policy judges nothing here, so that it is not counted as passed. */
  public notApplicable(policy: string): void {
    this.writer.writeMessage(3, policy, writeNotApplicable);
  }

  /** @param rest - The bytes of another answer to be appended: in protobuf, repeated fields may follow each other. */
  public bytes(rest?: Uint8Array): Buffer {
    const own = this.writer.getResultBuffer();
    return rest === undefined
      ? Buffer.from(own.buffer, own.byteOffset, own.byteLength)
      : Buffer.concat([own, rest]);
  }

  private readonly writeDiagnostic = (diagnostic: Diagnostic, writer: BinaryWriter): void => {
    writer.writeString(1, diagnostic.policy);
    writer.writeString(2, this.pack);
    writer.writeString(3, this.version);
    writer.writeString(4, diagnostic.description);
    writer.writeString(5, diagnostic.message);
    writer.writeEnum(7, diagnostic.level);
    writer.writeString(8, diagnostic.urn);
    writer.writeEnum(9, diagnostic.severity);
  };
}

const writeNotApplicable = (policy: string, writer: BinaryWriter): void => writer.writeString(1, policy);
