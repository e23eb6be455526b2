import * as assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { writeFileSync } from "node:fs";
import { deliverComment } from "../../../cli/deliver/comment";
import { removeFolders } from "../support";
import { COMMIT, Place } from "./support";

const TOKEN = "ghp_0123456789abcdef";
const REPORT = "<!-- compliance-preview dev -->\n# Preview of `dev`\n";

interface Call {
  readonly what: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: unknown;
}

/** Stands for Secrets Manager and for the provider's API. */
class Service {
  public readonly calls: Call[] = [];
  /** By method and path: status and answer. */
  public answers: Readonly<Record<string, readonly [number, unknown]>> = {};
  public secret = TOKEN;
  private readonly server = http.createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      const body: unknown = text === "" ? undefined : JSON.parse(text);
      if (request.headers["x-amz-target"] === "secretsmanager.GetSecretValue") {
        response.writeHead(this.secret === "" ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
        response.end(
          JSON.stringify(
            this.secret === ""
              ? { __type: "AccessDeniedException", Message: "No." }
              : { SecretString: this.secret },
          ),
        );
        return;
      }
      const what = `${request.method ?? ""} ${request.url ?? ""}`;
      this.calls.push({ what, headers: request.headers, body });
      const [status, answer] = this.answers[what] ?? [request.method === "GET" ? 200 : 201, []];
      response.writeHead(status, { "content-type": "application/json" });
      response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
    });
  });

  public async listen(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

describe("deliver comment", () => {
  let service: Service;
  let api: string;
  let place: Place;
  const saved = { ...process.env };

  beforeEach(async () => {
    service = new Service();
    api = await service.listen();
    place = new Place();
    writeFileSync(place.path("findings.md"), REPORT);
    writeFileSync(place.path("findings.sarif"), "{}");
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: api,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "us-east-1",
      AWS_MAX_ATTEMPTS: "1",
    });
  });
  afterEach(() => {
    service.close();
    for (const name of Object.keys(process.env))
      if (!(name in saved)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, saved);
  });
  after(removeFolders);

  const run = (
    env: Readonly<Record<string, string>> = {},
    more: Readonly<{ sarif?: readonly string[]; api?: string }> = {},
  ): Promise<number> =>
    deliverComment(
      { report: [place.path("findings.md"), place.path("none.md")], tokenSecret: "comments", api, ...more },
      place.context(undefined, {
        CODEBUILD_WEBHOOK_TRIGGER: "pr/12",
        CODEBUILD_SOURCE_REPO_URL: "https://github.com/acme/shop.git",
        ...env,
      }),
    );

  const told = (): readonly (readonly [string, unknown])[] =>
    service.calls.map(({ what, body }) => [what, body]);

  it("posts a comment on GitHub", async () => {
    assert.equal(await run(), 0);
    assert.deepEqual(told(), [
      ["GET /repos/acme/shop/issues/12/comments?per_page=100&page=1", undefined],
      ["POST /repos/acme/shop/issues/12/comments", { body: REPORT }],
    ]);
    assert.equal(service.calls[0]?.headers.authorization, `Bearer ${TOKEN}`);
    assert.equal(place.out, "Posted a comment on acme/shop, pull request 12.\n");
  });

  it("writes its earlier comment on the same stack anew, on whatever page it is", async () => {
    const other = { id: 1, body: "<!-- compliance-preview prod -->\nold" };
    const quoting = { id: 2, body: `> ${REPORT}` };
    service.answers = {
      "GET /repos/acme/shop/issues/12/comments?per_page=100&page=1": [200, [other, quoting]],
      "GET /repos/acme/shop/issues/12/comments?per_page=100&page=2": [200, [{ id: 3, body: `${REPORT}old` }]],
    };
    assert.equal(await run(), 0);
    assert.deepEqual(told().at(-1), ["PATCH /repos/acme/shop/issues/comments/3", { body: REPORT }]);
    assert.match(place.out, /^Renewed/);
  });

  it("comments on GitLab, in groups", async () => {
    await run({ CODEBUILD_SOURCE_REPO_URL: "https://gitlab.example.com/acme/web/shop.git" });
    assert.deepEqual(
      told().map(([what]) => what),
      [
        "GET /projects/acme%2Fweb%2Fshop/merge_requests/12/notes?per_page=100&page=1",
        "POST /projects/acme%2Fweb%2Fshop/merge_requests/12/notes",
      ],
    );
    assert.equal(service.calls[0]?.headers["private-token"], TOKEN);
  });

  it("comments on Bitbucket", async () => {
    const path = "/repositories/acme/shop/pullrequests/12/comments";
    service.answers = {
      [`GET ${path}?pagelen=100&page=1`]: [
        200,
        {
          values: [
            { id: 7, deleted: true, content: { raw: REPORT } },
            { id: 8, content: { raw: REPORT } },
          ],
        },
      ],
    };
    await run({ CODEBUILD_SOURCE_REPO_URL: "https://bitbucket.org/acme/shop" });
    assert.deepEqual(told().at(-1), [`PUT ${path}/8`, { content: { raw: REPORT } }]);
  });

  it("hands the findings to GitHub's code scanning", async () => {
    assert.equal(await run({}, { sarif: [place.path("findings.sarif")] }), 0);
    const [what, body] = told().at(-1) ?? [];
    assert.equal(what, "POST /repos/acme/shop/code-scanning/sarifs");
    const { commit_sha, ref, sarif } = body as Record<string, string>;
    assert.deepEqual([commit_sha, ref], [COMMIT, "refs/pull/12/head"]);
    assert.equal(gunzipSync(Buffer.from(sarif ?? "", "base64")).toString(), "{}");
  });

  it("goes on where code scanning is not turned on", async () => {
    service.answers = { "POST /repos/acme/shop/code-scanning/sarifs": [403, { message: "not enabled" }] };
    assert.equal(await run({}, { sarif: [place.path("findings.sarif")] }), 0);
    assert.match(place.out, /no code scanning/);
  });

  for (const [secret, token] of [
    [`${TOKEN}\n`, TOKEN],
    ['{"token":"abc","user":"x"}', "abc"],
    ['{"anything":"def"}', "def"],
  ] as const) {
    it(`finds the token in ${JSON.stringify(secret)}`, async () => {
      service.secret = secret;
      await run();
      assert.equal(service.calls[0]?.headers.authorization, `Bearer ${token}`);
    });
  }

  for (const secret of ['{"a":"1","b":"2"}', "two words", '{"token":1}']) {
    it(`takes ${JSON.stringify(secret)} for no token, and does not show it`, async () => {
      service.secret = secret;
      await assert.rejects(run(), (failure: Error) => {
        assert.match(failure.message, /The secret holds no token/);
        assert.ok(!failure.message.includes(secret));
        return true;
      });
      assert.deepEqual(service.calls, []);
    });
  }

  it("says what the role needs when the secret cannot be read", async () => {
    service.secret = "";
    await assert.rejects(run(), /AccessDeniedException: No\. Allow the role secretsmanager:GetSecretValue/);
  });

  it("says what the provider refuses, without the token", async () => {
    service.answers = {
      "POST /repos/acme/shop/issues/12/comments": [403, { message: `Token ${TOKEN} may not do this` }],
    };
    await assert.rejects(run(), (failure: Error) => {
      assert.match(
        failure.message,
        /answers 403 to POST: Token \[secret\] may not do this\. The token needs/,
      );
      return true;
    });
  });

  it("follows no redirect, for a token goes nowhere else", async () => {
    service.answers = { "GET /repos/acme/shop/issues/12/comments?per_page=100&page=1": [302, "moved"] };
    await assert.rejects(run(), /./);
    assert.equal(service.calls.length, 1);
  });

  it("sends a token over TLS only", async () => {
    await assert.rejects(run({}, { api: "http://api.example.com" }), /Allowed is one with https/);
  });

  for (const trigger of ["branch/main", "tag/v1", ""]) {
    it(`posts nothing for a build of ${JSON.stringify(trigger)}`, async () => {
      assert.equal(await run({ CODEBUILD_WEBHOOK_TRIGGER: trigger }), 0);
      assert.deepEqual(service.calls, []);
      assert.match(place.out, /no pull request; nothing is posted/);
    });
  }

  it("posts nothing when no preview came so far that there is a report", async () => {
    const options = { report: [place.path("none.md")], tokenSecret: "comments", api };
    const env = {
      CODEBUILD_WEBHOOK_TRIGGER: "pr/12",
      CODEBUILD_SOURCE_REPO_URL: "https://github.com/acme/shop",
    };
    assert.equal(await deliverComment(options, place.context(undefined, env)), 0);
    assert.deepEqual(service.calls, []);
  });

  it("refuses a repository of a provider that it does not know, and a file that is no report", async () => {
    await assert.rejects(
      run({ CODEBUILD_SOURCE_REPO_URL: "https://git.example.com/acme/shop" }),
      /Known are repositories of GitHub, GitLab and Bitbucket/,
    );
    writeFileSync(place.path("findings.md"), "# Hello\n");
    await assert.rejects(run(), /It is no report/);
  });
});
