import { compliantCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import { settingCases } from "./settings";
import type { Cases } from "./types";

const lustre = resource("aws:fsx/lustreFileSystem:LustreFileSystem");
const ontap = resource("aws:fsx/ontapFileSystem:OntapFileSystem");
const openzfs = resource("aws:fsx/openZfsFileSystem:OpenZfsFileSystem");
const windows = resource("aws:fsx/windowsFileSystem:WindowsFileSystem");
const audit = (more: object): ReturnType<typeof windows> => windows({ auditLogConfiguration: more });
const types = (allowed: string, good: string, bad: string) =>
  ({ good: [good], bad: [bad], absent: "violates", parameters: { deploymentTypes: allowed } }) as const;

export const fsx: Cases = {
  FSX_LUSTRE_COPY_TAGS_TO_BACKUPS: settingCases(lustre, "copyTagsToBackups", {
    good: [true],
    bad: [false],
    absent: "violates",
  }),
  FSX_ONTAP_DEPLOYMENT_TYPE_CHECK: settingCases(
    ontap,
    "deploymentType",
    types("MULTI_AZ_1,MULTI_AZ_2", "MULTI_AZ_2", "SINGLE_AZ_1"),
  ),
  FSX_OPENZFS_COPY_TAGS_ENABLED: [
    compliantCase("copies to both", openzfs({ copyTagsToBackups: true, copyTagsToVolumes: true })),
    violatingCase("copies to backups only", openzfs({ copyTagsToBackups: true })),
    violatingCase("copies to volumes only", openzfs({ copyTagsToVolumes: true })),
    violatingCase("does not say", openzfs({ deploymentType: "SINGLE_AZ_1" })),
    undecidedCase("does not know one yet", openzfs({ copyTagsToBackups: true, copyTagsToVolumes: unknown })),
  ],
  FSX_OPENZFS_DEPLOYMENT_TYPE_CHECK: settingCases(
    openzfs,
    "deploymentType",
    types("MULTI_AZ_1", "MULTI_AZ_1", "SINGLE_AZ_HA_2"),
  ),
  FSX_WINDOWS_AUDIT_LOG_CONFIGURED: [
    compliantCase("logs access to files", audit({ fileAccessAuditLogLevel: "SUCCESS_AND_FAILURE" })),
    compliantCase("logs access to shares", audit({ fileShareAccessAuditLogLevel: "FAILURE_ONLY" })),
    violatingCase(
      "has both off",
      audit({ fileAccessAuditLogLevel: "DISABLED", fileShareAccessAuditLogLevel: "DISABLED" }),
    ),
    violatingCase("says where, and not what", audit({ auditLogDestination: "arn:aws:logs:x" })),
    violatingCase("does not say", windows({ subnetIds: ["subnet-1"] })),
    undecidedCase("does not know it yet", windows({ auditLogConfiguration: unknown })),
  ],
  FSX_WINDOWS_DEPLOYMENT_TYPE_CHECK: [
    ...settingCases(windows, "deploymentType", types("MULTI_AZ_1", "MULTI_AZ_1", "SINGLE_AZ_2")),
    compliantCase("has the default, which is allowed", windows({}), {
      parameters: { deploymentTypes: "SINGLE_AZ_1,MULTI_AZ_1" },
    }),
  ],
};
