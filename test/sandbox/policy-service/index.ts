import * as http from "node:http";
import { objectOf, parseJson, textOf, type JsonObject } from "../json";

/** A policy pack that was published. */
export interface PublishedPack {
  readonly organization: string;
  readonly name: string;
  readonly versionTag: string;
  /** What the engine read from the running pack. */
  readonly policies: readonly JsonObject[];
  /** The archive as it was uploaded; empty until then. */
  archive: Buffer;
  /** Whether the publication was brought to its end. */
  complete: boolean;
}

/**
 * Stands for the service to which `pulumi policy publish` publishes: it takes what the CLI sends and keeps it. The
 * CLI does not look at the upload's status, so a test has to look at {@link PublishedPack.archive} itself.
 *
 * @see https://www.pulumi.com/docs/iac/cli/commands/pulumi_policy_publish/
 */
export class PolicyService {
  /** Everything that was published, in order. */
  readonly packs: PublishedPack[] = [];
  private readonly server = http.createServer((request, response) => void this.serve(request, response));

  /** Begins to serve on a free loopback port and gives the address. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this.address();
  }

  /** Ends the service. */
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private address(): string {
    const address = this.server.address();
    if (typeof address !== "object" || address === null)
      throw new Error("The policy service is not being served.");
    return `http://127.0.0.1:${address.port}`;
  }

  private async serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    const path = new URL(request.url ?? "/", this.address()).pathname;
    const answer = this.answer(`${request.method ?? ""} ${path}`, Buffer.concat(chunks));
    response.writeHead(answer ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { code: 404, message: "Not found" }));
  }

  private answer(call: string, body: Buffer): JsonObject | undefined {
    if (call === "GET /api/user") return { githubLogin: "sandbox" };
    const upload = /^PUT \/upload\/(\d+)$/.exec(call);
    if (upload) {
      const pack = this.packs[Number(upload[1])];
      if (pack) pack.archive = body;
      return {};
    }
    const create = /^POST \/api\/orgs\/([^/]+)\/policypacks$/.exec(call);
    if (create?.[1] !== undefined)
      return this.create(create[1], objectOf(parseJson(body.toString(), "The pack")));
    const version =
      /^(POST|GET) \/api\/orgs\/([^/]+)\/policypacks\/([^/]+)\/versions\/([^/]+)(\/complete)?$/.exec(call);
    const pack = this.packs.find(
      ({ name, versionTag }) => name === version?.[3] && versionTag === version[4],
    );
    if (!pack) return undefined;
    pack.complete ||= version?.[5] !== undefined;
    return { name: pack.name, version: 1, versionTag: pack.versionTag };
  }

  private create(organization: string, request: JsonObject): JsonObject {
    const policies = Array.isArray(request["policies"]) ? request["policies"].map(objectOf) : [];
    const [name, versionTag] = [textOf(request["name"]), textOf(request["versionTag"])];
    this.packs.push({ organization, name, versionTag, policies, archive: Buffer.alloc(0), complete: false });
    return {
      version: 1,
      uploadURI: `${this.address()}/upload/${this.packs.length - 1}`,
      requiredHeaders: {},
    };
  }
}
