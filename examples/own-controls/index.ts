import { controlPackage } from "continuous-compliance/kit";
import * as aliasPrefixed from "./controls/iam-account-alias-prefixed";
import { cases as aliasCases } from "./controls/iam-account-alias-prefixed/cases";
import * as namePrefixed from "./controls/s3-bucket-name-prefixed";
import { cases as nameCases } from "./controls/s3-bucket-name-prefixed/cases";

/** What a selection takes from this package. */
export const controls = controlPackage([
  { ...aliasPrefixed, cases: aliasCases },
  { ...namePrefixed, cases: nameCases },
]);
