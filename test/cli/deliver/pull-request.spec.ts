import * as assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { deliverComment } from "../../../cli/deliver/comment";
import { pullRequestOf } from "../../../cli/deliver/pull-request";
import { removeFolders } from "../support";
import { Place } from "./support";

const ACTIONS = {
  GITHUB_ACTIONS: "true",
  GITHUB_REF: "refs/pull/12/merge",
  GITHUB_SHA: "abc",
  GITHUB_REPOSITORY: "acme/shop",
};
const GITLAB = {
  GITLAB_CI: "true",
  CI_API_V4_URL: "https://git.example.com/api/v4",
  CI_MERGE_REQUEST_IID: "12",
  CI_MERGE_REQUEST_PROJECT_PATH: "acme/web/shop",
  CI_PROJECT_PATH: "somebody/shop",
  CI_COMMIT_SHA: "abc",
};
const PIPELINES = {
  BITBUCKET_BUILD_NUMBER: "7",
  BITBUCKET_PR_ID: "12",
  BITBUCKET_REPO_FULL_NAME: "acme/shop",
  BITBUCKET_COMMIT: "abc",
};
const CODEBUILD = {
  CODEBUILD_WEBHOOK_TRIGGER: "pr/12",
  CODEBUILD_SOURCE_REPO_URL: "https://github.com/acme/shop.git",
  CODEBUILD_RESOLVED_SOURCE_VERSION: "abc",
};

describe("the pull request of a build", () => {
  const placeIn = (env: Readonly<Record<string, string>>, api?: string): unknown =>
    pullRequestOf(env, api)?.place;

  it("is told by GitHub Actions, also on a server of one's own", () => {
    const expected = {
      provider: "github",
      api: "https://api.github.com",
      repository: "acme/shop",
      number: "12",
    };
    assert.deepEqual(placeIn(ACTIONS), expected);
    const api = "https://github.example.com/api/v3";
    assert.deepEqual(placeIn({ ...ACTIONS, GITHUB_API_URL: api }), { ...expected, api });
  });

  it("is judged in GitHub Actions as it is merged, which code scanning must be told", () => {
    assert.deepEqual(pullRequestOf(ACTIONS)?.revision, { commit: "abc", ref: "refs/pull/12/merge" });
  });

  it("is told by GitLab as that of the project it is for", () => {
    assert.deepEqual(placeIn(GITLAB), {
      provider: "gitlab",
      api: "https://git.example.com/api/v4",
      repository: "acme/web/shop",
      number: "12",
    });
  });

  it("is told by Bitbucket Pipelines", () => {
    assert.deepEqual(placeIn(PIPELINES), {
      provider: "bitbucket",
      api: "https://api.bitbucket.org/2.0",
      repository: "acme/shop",
      number: "12",
    });
  });

  it("is told by CodeBuild, with the commit", () => {
    assert.deepEqual(pullRequestOf(CODEBUILD), {
      place: { provider: "github", api: "https://api.github.com", repository: "acme/shop", number: "12" },
      revision: { commit: "abc" },
    });
  });

  it("is none in a build of a branch", () => {
    for (const env of [
      { ...ACTIONS, GITHUB_REF: "refs/heads/main" },
      { GITLAB_CI: "true", CI_API_V4_URL: "https://gitlab.com/api/v4", CI_PROJECT_PATH: "acme/shop" },
      { BITBUCKET_BUILD_NUMBER: "7", BITBUCKET_REPO_FULL_NAME: "acme/shop" },
      {},
    ])
      assert.equal(pullRequestOf(env), undefined);
  });

  it("is reached over TLS only, whoever names the address", () => {
    for (const env of [ACTIONS, GITLAB, PIPELINES, CODEBUILD])
      assert.throws(() => pullRequestOf(env, "http://api.example.com"), /Allowed is one with https:/);
    assert.throws(
      () => pullRequestOf({ ...GITLAB, CI_API_V4_URL: "http://git.example.com/api/v4" }),
      /https:/,
    );
  });
});

describe("the token for comments", () => {
  after(removeFolders);

  const posted = (flags: object, env: Readonly<Record<string, string>> = {}): Promise<number> => {
    const place = new Place();
    const report = place.path("findings.md");
    writeFileSync(report, "<!-- compliance-preview dev -->\n# Preview\n");
    return deliverComment({ report: [report], ...flags }, place.context(undefined, { ...ACTIONS, ...env }));
  };

  it("comes from one place, and the command says so before it asks whether there is a pull request", async () => {
    for (const flags of [{}, { tokenSecret: "a", tokenVariable: "B" }])
      await assert.rejects(
        posted(flags, { GITHUB_REF: "" }),
        /either "--token-secret".* or "--token-variable"/,
      );
    assert.equal(await posted({ tokenVariable: "TOKEN" }, { GITHUB_REF: "" }), 0);
  });

  it("is refused where the variable has none, and is not shown", async () => {
    await assert.rejects(posted({ tokenVariable: "TOKEN" }), /TOKEN is not set/);
    await assert.rejects(posted({ tokenVariable: "TOKEN" }, { TOKEN: "two words" }), (error: Error) => {
      assert.match(error.message, /TOKEN holds no token/);
      assert.doesNotMatch(error.message, /two words/);
      return true;
    });
  });
});
