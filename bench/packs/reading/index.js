// One stack policy that reads every property once, as any policy that decides something must.
const { PolicyPack } = require("@pulumi/policy");

function read(value) {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce((sum, item) => sum + read(item), 0);
}

new PolicyPack("bench-reading", {
  policies: [
    {
      name: "reading",
      description: "Reads every property.",
      enforcementLevel: "mandatory",
      validateStack({ resources }) {
        for (const { props } of resources) read(props);
      },
    },
  ],
});
