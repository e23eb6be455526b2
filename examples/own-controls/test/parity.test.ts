import * as assert from "node:assert/strict";
import { test } from "node:test";
import { controlProblems } from "continuous-compliance/kit/testing";
import * as aliasPrefixed from "../controls/iam-account-alias-prefixed";
import { cases as aliasCases } from "../controls/iam-account-alias-prefixed/cases";
import { definition as aliasDefinition } from "../controls/iam-account-alias-prefixed/handler";
import * as namePrefixed from "../controls/s3-bucket-name-prefixed";
import { cases as nameCases } from "../controls/s3-bucket-name-prefixed/cases";
import { definition as nameDefinition } from "../controls/s3-bucket-name-prefixed/handler";

/** Each control says the same before and after the deployment, as its cases say. */

void test("s3-bucket-name-prefixed", async () =>
  assert.deepEqual(
    await controlProblems({ ...namePrefixed, cases: nameCases, definition: nameDefinition }),
    [],
  ));

void test("iam-account-alias-prefixed", async () =>
  assert.deepEqual(
    await controlProblems({ ...aliasPrefixed, cases: aliasCases, definition: aliasDefinition }),
    [],
  ));
