import * as assert from "node:assert/strict";
import { awsFailure, isBusy } from "../../../cli/verify/failure";

const ASKED = { action: "config:DescribeConfigRules", region: "eu-west-1" };

/** An error as the SDK throws it. */
function sdkError(name: string, message: string, status?: number): Error {
  const error = new Error(message);
  error.name = name;
  return status === undefined ? error : Object.assign(error, { $metadata: { httpStatusCode: status } });
}

describe("awsFailure", () => {
  const line = (error: unknown): string | undefined => awsFailure(error, ASKED)?.line;

  it("tells of a network that fails", () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" });
    const said =
      "eu-west-1: AWS cannot be reached for config:DescribeConfigRules: connect ECONNREFUSED 127.0.0.1:1.";
    assert.ok(line(refused)?.startsWith(said));
    assert.match(line(sdkError("TimeoutError", "timed out")) ?? "", /cannot be reached/);
  });

  for (const code of [
    "EHOSTUNREACH",
    "ENETUNREACH",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "ERR_TLS_CERT_ALTNAME_INVALID",
  ]) {
    it(`tells of a network that fails with ${code}`, () => {
      assert.match(
        line(Object.assign(new Error("no way"), { code })) ?? "",
        /cannot be reached .*: no way\. /,
      );
    });
  }

  it("tells of a file of credentials that cannot be read", () => {
    const missing = Object.assign(new Error("ENOENT: no such file, open '/token'"), {
      code: "ENOENT",
      path: "/token",
    });
    assert.match(line(missing) ?? "", /no usable AWS credentials: ENOENT/);
  });

  it("tells of every kind of credentials that cannot be used", () => {
    for (const name of ["UnrecognizedClientException", "InvalidSignatureException", "ExpiredToken"]) {
      assert.match(line(sdkError(name, "x", 403)) ?? "", /does not accept the credentials/);
    }
    assert.match(
      line(sdkError("CredentialsProviderError", "none")) ?? "",
      /no usable AWS credentials: none\./,
    );
  });

  it("keeps to one line without control characters", () => {
    const said = line(sdkError("AccessDenied", "a\nb\u001b[31m", 403)) ?? "";
    assert.match(said, /: a b\\u001b\[31m\. Allow/);
  });

  it("says so when AWS gives no reason", () => {
    assert.match(
      line(sdkError("InternalFailure", "", 500)) ?? "",
      /\(InternalFailure\): no reason was given\./,
    );
  });

  it("leaves errors of this program alone", () => {
    assert.equal(awsFailure(new TypeError("x is not a function"), ASKED), undefined);
    assert.equal(awsFailure("text", ASKED), undefined);
    const wrong = Object.assign(new TypeError("wrong"), { code: "ERR_INVALID_ARG_TYPE" });
    assert.equal(awsFailure(wrong, ASKED), undefined);
  });
});

describe("isBusy", () => {
  it("holds for limits and for failures of the service, not for refusals", () => {
    assert.ok(isBusy(sdkError("LimitExceededException", "", 400)));
    assert.ok(isBusy(sdkError("InternalFailure", "", 500)));
    assert.ok(!isBusy(sdkError("AccessDeniedException", "", 400)));
    assert.ok(!isBusy(new Error("x")));
  });
});
