import { all, any, policy } from "../engine";
import type { Policies } from "../engine";

const LUSTRE = "aws:fsx/lustreFileSystem:LustreFileSystem";
const ONTAP = "aws:fsx/ontapFileSystem:OntapFileSystem";
const OPENZFS = "aws:fsx/openZfsFileSystem:OpenZfsFileSystem";
const WINDOWS = "aws:fsx/windowsFileSystem:WindowsFileSystem";

export const fsx: Policies = {
  FSX_LUSTRE_COPY_TAGS_TO_BACKUPS: policy("FSx for Lustre copies tags to backups.", {
    [LUSTRE]: (system) => system.isTrue("copyTagsToBackups"),
  }),

  FSX_ONTAP_DEPLOYMENT_TYPE_CHECK: policy("FSx for ONTAP has a deployment type that is allowed.", {
    [ONTAP]: (system, p) => system.oneOf("deploymentType", p.deploymentTypes),
  }),

  FSX_OPENZFS_COPY_TAGS_ENABLED: policy("FSx for OpenZFS copies tags to backups and volumes.", {
    [OPENZFS]: (system) => all(system.isTrue("copyTagsToBackups"), system.isTrue("copyTagsToVolumes")),
  }),

  FSX_OPENZFS_DEPLOYMENT_TYPE_CHECK: policy("FSx for OpenZFS has a deployment type that is allowed.", {
    [OPENZFS]: (system, p) => system.oneOf("deploymentType", p.deploymentTypes),
  }),

  FSX_WINDOWS_AUDIT_LOG_CONFIGURED: policy("FSx for Windows File Server logs who opens files or shares.", {
    [WINDOWS]: (system) => {
      const levels = ["SUCCESS_ONLY", "FAILURE_ONLY", "SUCCESS_AND_FAILURE"];
      return any(
        system.oneOf("auditLogConfiguration.fileAccessAuditLogLevel", levels),
        system.oneOf("auditLogConfiguration.fileShareAccessAuditLogLevel", levels),
      );
    },
  }),

  FSX_WINDOWS_DEPLOYMENT_TYPE_CHECK: policy(
    "FSx for Windows File Server has a deployment type that is allowed.",
    { [WINDOWS]: (system, p) => system.oneOf("deploymentType", p.deploymentTypes) },
  ),
};
