import * as pulumi from "@pulumi/pulumi";
import { DeliveryTarget } from "../../components/delivery-target";
import { hubAccount, pipelinePrefix, rolePrefix, state } from "./place";

/** The roles in a spoke's account that the hub's pipeline assumes. People deploy them: they say what a pipeline may do. */
export function access() {
  const target = new DeliveryTarget("target", {
    stack: new pulumi.Config().require("delivered"),
    pipeline: { account: hubAccount, prefix: pipelinePrefix },
    rolePrefix,
    state,
  });
  return { roleArns: target.roleArns };
}
