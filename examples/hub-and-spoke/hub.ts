import * as pulumi from "@pulumi/pulumi";
import { CompliancePipeline } from "../../components/compliance-pipeline";
import { EvidenceBucket } from "../../components/evidence-bucket";
import { Notifications } from "../../components/notifications";
import type { DeliveredStack } from "../../components/pipeline-choices";
import { evidenceBucket, evidencePrefix, mail, pipelinePrefix, region, state } from "./place";
import { SpokeStream } from "./spoke-stream";

/** What the hub's account holds for all: evidence, a topic of their changes, and the pipeline that delivers to them. */
export function hub() {
  const config = new pulumi.Config();
  const waves = config.requireObject<DeliveredStack[][]>("waves");
  const accounts = waves.flat().flatMap(({ account }) => account ?? []);

  const evidence = new EvidenceBucket("evidence", {
    region,
    prefix: evidencePrefix,
    bucket: { create: { bucketName: evidenceBucket } },
    sourceAccounts: accounts,
  });
  const stream = new SpokeStream("stream", { region, accounts });

  // The hub deploys no rules of AWS Config: its topic is for the pipeline.
  const notifications = new Notifications("notifications", {
    region,
    rules: [],
    namePrefix: pipelinePrefix,
    alerts: { subscriptions: [{ protocol: "email", endpoint: mail }] },
  });
  const pipeline = new CompliancePipeline("pipeline", {
    prefix: pipelinePrefix,
    region,
    state,
    source: {
      connection: {
        provider: "GitHub",
        repository: config.require("repository"),
        branch: "main",
        connection: { create: {} },
      },
    },
    waves: waves.map((stacks) => ({ stacks })),
    alertsTopicArn: notifications.alertsTopicArn,
  });

  return {
    evidenceKeyArn: evidence.kmsKeyArn,
    streamTopicArn: stream.topicArn,
    pipelineName: pipeline.pipelineName,
    connectionArn: pipeline.connectionArn,
  };
}
