import * as http from "node:http";
import type { AddressInfo } from "node:net";

/** A comment as a provider keeps it. */
export interface Comment {
  readonly id: number;
  text: string;
  /** What the request that wrote it last was authorised by. */
  token: string;
}

/**
 * Stands for the API of every provider that has pull requests, and for Secrets Manager: keeps comments and SARIF files.
 */
export class ProviderApi {
  public readonly comments: Comment[] = [];
  public uploads = 0;
  private readonly server = http.createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      const answer = this.answer(request, text === "" ? {} : (JSON.parse(text) as Body));
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(answer));
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

  private answer(request: http.IncomingMessage, body: Body): unknown {
    const { method, url = "", headers } = request;
    if (headers["x-amz-target"] === "secretsmanager.GetSecretValue")
      return { SecretString: `secret-${body.SecretId ?? ""}` };
    if (url.endsWith("/code-scanning/sarifs")) return { id: ++this.uploads };
    const path = url.split("?")[0] ?? "";
    const isBitbucket = path.startsWith("/repositories/");
    if (method === "GET") {
      const isFirst = url.endsWith("page=1");
      const items = (isFirst ? this.comments : []).map(({ id, text }) =>
        isBitbucket ? { id, content: { raw: text } } : { id, body: text },
      );
      return isBitbucket ? { values: items } : items;
    }
    const text = body.body ?? body.content?.raw ?? "";
    const token = String(headers["private-token"] ?? headers.authorization?.replace("Bearer ", ""));
    const id = Number(path.split("/").at(-1));
    const earlier = this.comments.find((comment) => comment.id === id);
    if (earlier === undefined) this.comments.push({ id: this.comments.length + 1, text, token });
    else Object.assign(earlier, { text, token });
    return { id };
  }
}

interface Body {
  readonly body?: string;
  readonly content?: { readonly raw: string };
  readonly SecretId?: string;
}
