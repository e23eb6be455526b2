import type { CustomCase } from "continuous-compliance/kit";

const before = { never: "the control only detects" };

export const cases: readonly CustomCase<readonly string[]>[] = [
  { title: "has such an alias", verdict: "COMPLIANT", before, after: { account: ["acme-shop"] } },
  { title: "has another alias", verdict: "NON_COMPLIANT", before, after: { account: ["shop"] } },
  { title: "has no alias", verdict: "NON_COMPLIANT", before, after: { account: [] } },
  {
    title: "has the alias of a subsidiary, which is asked for",
    verdict: "COMPLIANT",
    parameters: { prefix: "roadrunner-" },
    before,
    after: { account: ["roadrunner-shop"] },
  },
];
