import * as assert from "node:assert/strict";

import { isLoopback, readSettings, settingsProblems } from "../sandbox/provider/settings";
import { UNKNOWN } from "../sandbox/provider/values";

const LOCAL = { AWS_ENDPOINT_URL: "http://127.0.0.1:5000", AWS_REGION: "eu-west-1" };

describe("the provider's configuration", () => {
  it("knows addresses of this machine", () => {
    for (const url of [
      "http://127.0.0.1:5000",
      "http://127.9.9.9",
      "http://localhost:1/x",
      "http://[::1]:80",
    ]) {
      assert.equal(isLoopback(url), true, url);
    }
    for (const url of [
      "https://s3.amazonaws.com",
      "http://127.0.0.1.example.com",
      "http://localhost.example.com",
      "http://user@10.0.0.1",
      "http://127.0.0.1@example.com",
      "http://[::ffff:10.0.0.1]",
      "http://0.0.0.0:5000",
      "127.0.0.1:5000",
      "",
    ]) {
      assert.equal(isLoopback(url), false, url);
    }
  });

  it("refuses an endpoint elsewhere and says which", () => {
    const endpoints = '[{"s3":"http://127.0.0.1:1","iam":"https://iam.amazonaws.com"}]';
    const [problem, ...others] = settingsProblems({ endpoints }, LOCAL);
    assert.deepEqual(others, []);
    assert.match(
      String(problem?.reason),
      /endpoint of iam is "https:\/\/iam\.amazonaws\.com", which is not on this machine/,
    );
    assert.throws(() => readSettings({ endpoints }, LOCAL), /not on this machine/);
    assert.throws(
      () => readSettings({}, { ...LOCAL, AWS_ENDPOINT_URL: "https://aws.example" }),
      /not on this machine/,
    );
  });

  it("never falls back to AWS itself when no endpoint is given", () => {
    const settings = readSettings({ endpoints: [{ s3: "http://localhost:1" }] }, { AWS_REGION: "eu-west-1" });
    assert.equal(settings.endpoint("s3"), "http://localhost:1");
    assert.throws(() => settings.endpoint("iam"), /No endpoint is given for iam.*never calls AWS itself/);
  });

  it("asks for a region", () => {
    assert.deepEqual(
      settingsProblems({}, {}).map(({ property }) => property),
      ["region"],
    );
    assert.equal(readSettings({ region: "us-west-2" }, LOCAL).region, "us-west-2");
    assert.equal(readSettings({}, LOCAL).region, "eu-west-1");
  });

  it("accepts what is not known yet", () => {
    assert.deepEqual(settingsProblems({ region: UNKNOWN, endpoints: [{ s3: UNKNOWN }] }, LOCAL), []);
  });

  it("does not read the credentials of the environment", () => {
    const environment = { ...LOCAL, AWS_ACCESS_KEY_ID: "AKIAREAL", AWS_SECRET_ACCESS_KEY: "real" };
    const local = { accessKeyId: "test", secretAccessKey: "test" };
    assert.deepEqual(readSettings({}, environment).credentials, local);
    const keys = { accessKey: "LKIALOCAL", secretKey: "s" };
    assert.equal(readSettings(keys, LOCAL).credentials?.accessKeyId, "LKIALOCAL");
  });

  it("reads them where the sandbox has put a session of its local AWS there", () => {
    const environment = { ...LOCAL, COMPLIANCE_SANDBOX_SESSION: "true" };
    assert.equal(readSettings({}, environment).credentials, undefined);
  });

  it("reads lists and objects from the text in which they travel", () => {
    const settings = readSettings(
      { defaultTags: '{"tags":{"team":"a"}}', allowedAccountIds: '["123456789012"]' },
      LOCAL,
    );
    assert.deepEqual(settings.defaultTags, { team: "a" });
    assert.deepEqual(settings.allowedAccountIds, ["123456789012"]);
  });
});
