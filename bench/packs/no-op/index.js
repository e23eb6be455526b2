// One policy that is asked for every resource and answers at once.
const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("bench-no-op", {
  policies: [
    { name: "no-op", description: "Does nothing.", enforcementLevel: "mandatory", validateResource() {} },
  ],
});
