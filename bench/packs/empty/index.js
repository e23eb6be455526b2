// The least that a pack can be: what remains is the cost of the SDK and the protocol.
const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("bench-empty", { policies: [] });
