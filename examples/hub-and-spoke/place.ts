import * as pulumi from "@pulumi/pulumi";
import type { StateChoice } from "../../components/pipeline-choices";
import { targetPrefix } from "../../components/pipeline-names";

const config = new pulumi.Config();

/** What hub and spokes must agree on. */
export const region = new pulumi.Config("aws").require("region");
export const mail = config.require("mail");
export const hubAccount = config.require("hubAccount");
export const evidenceBucket = config.require("evidenceBucket");
export const evidencePrefix = "config";
/** Beginning of the names of the pipeline, which the roles in the spokes trust. */
export const pipelinePrefix = `${pulumi.getProject()}-hub`;
export const rolePrefix = targetPrefix(pulumi.getProject());
export const state: StateChoice = {
  bucket: { bucketName: config.require("stateBucket"), kmsKeyArn: config.require("stateKeyArn") },
};
