import * as pulumi from "@pulumi/pulumi";
import { access } from "./access";
import { hub } from "./hub";
import { spoke } from "./spoke";

/** One program for every account; a stack says which of the three it is. */
const stacks = { hub, access, spoke };

const holds = new pulumi.Config().require<keyof typeof stacks>("holds", {
  allowedValues: ["hub", "access", "spoke"],
});

/** Taken from here into the settings of the spokes; empty for the others. */
export const outputs = stacks[holds]();
