import { gzipSync } from "node:zlib";
import { printable } from "../../rules";
import { UsageError } from "../errors";
import { isObject, own } from "../sources/json";
import type { Json } from "../sources/json";

/** A pull request, and how its provider is reached. */
export interface PullRequest {
  readonly provider: keyof typeof PROVIDERS;
  /** The address of the provider's API, without a slash at its end. */
  readonly api: string;
  /** `owner/name`; with GitLab there may be groups before it. */
  readonly repository: string;
  readonly number: string;
}

/** What a build has judged. */
export interface Revision {
  readonly commit: string;
  /** The full name of the ref that the commit is of. */
  readonly ref?: string;
}

/** A comment that was found. */
interface Comment {
  readonly id: string;
  readonly text: string;
}

/** How a provider keeps comments. */
interface Provider {
  readonly headers: (token: string) => Readonly<Record<string, string>>;
  /** The address of all comments, to list and to post. */
  readonly comments: (place: PullRequest) => string;
  readonly comment: (place: PullRequest, id: string) => string;
  readonly page: (number: number) => string;
  readonly read: (answer: unknown) => readonly Comment[];
  readonly body: (text: string) => object;
  readonly edit: "PATCH" | "PUT";
}

const bearer = (token: string): Readonly<Record<string, string>> => ({ authorization: `Bearer ${token}` });

const listIn = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

const commentIn = (item: Json, text: unknown): Comment => ({
  id: String(own(item, "id")),
  text: typeof text === "string" ? text : "",
});

const gitlabNotes = ({ api, repository, number }: PullRequest): string =>
  `${api}/projects/${encodeURIComponent(repository)}/merge_requests/${number}/notes`;

const bitbucketComments = ({ api, repository, number }: PullRequest): string =>
  `${api}/repositories/${repository}/pullrequests/${number}/comments`;

const PROVIDERS = {
  /** @see https://docs.github.com/en/rest/issues/comments */
  github: {
    headers: (token) => ({ ...bearer(token), accept: "application/vnd.github+json" }),
    comments: ({ api, repository, number }) => `${api}/repos/${repository}/issues/${number}/comments`,
    comment: ({ api, repository }, id) => `${api}/repos/${repository}/issues/comments/${id}`,
    page: (number) => `?per_page=100&page=${number}`,
    read: (answer) => listIn(answer).map((item) => commentIn(item, own(item, "body"))),
    body: (text) => ({ body: text }),
    edit: "PATCH",
  },
  /** @see https://docs.gitlab.com/api/notes/#merge-requests */
  gitlab: {
    headers: (token) => ({ "private-token": token }),
    comments: gitlabNotes,
    comment: (place, id) => `${gitlabNotes(place)}/${id}`,
    page: (number) => `?per_page=100&page=${number}`,
    read: (answer) => listIn(answer).map((item) => commentIn(item, own(item, "body"))),
    body: (text) => ({ body: text }),
    edit: "PUT",
  },
  /** @see https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/ */
  bitbucket: {
    headers: bearer,
    comments: bitbucketComments,
    comment: (place, id) => `${bitbucketComments(place)}/${id}`,
    page: (number) => `?pagelen=100&page=${number}`,
    read: (answer) =>
      listIn(isObject(answer) ? own(answer, "values") : undefined)
        .filter((item) => own(item, "deleted") !== true)
        .map((item) => {
          const content = own(item, "content");
          return commentIn(item, isObject(content) ? own(content, "raw") : undefined);
        }),
    body: (text) => ({ content: { raw: text } }),
    edit: "PUT",
  },
} as const satisfies Readonly<Record<string, Provider>>;

/** Comments beyond these pages of a hundred are not searched. */
const MAX_PAGES = 10;

const TIMEOUT_MILLISECONDS = 30_000;

/** The API of one provider, for one pull request. */
export class Conversation {
  private readonly provider: Provider;

  public constructor(
    private readonly place: PullRequest,
    private readonly token: string,
  ) {
    this.provider = PROVIDERS[place.provider];
  }

  /**
   * Writes a comment, or the one that begins with the same line anew.
   * @returns whether there was one.
   * @throws UsageError when the provider refuses.
   */
  public async write(text: string): Promise<boolean> {
    const marker = text.slice(0, text.indexOf("\n"));
    const { comments, comment, body, edit } = this.provider;
    const earlier = await this.find(marker);
    if (earlier === undefined) {
      await this.call("POST", comments(this.place), body(text));
      return false;
    }
    await this.call(edit, comment(this.place, earlier.id), body(text));
    return true;
  }

  /**
   * Hands findings to the code-scanning view.
   * @param revision - What was judged; without a ref it is the head of the pull request.
   * @returns false where the provider has none, or it is not turned on.
   * @see https://docs.github.com/en/rest/code-scanning/code-scanning#upload-an-analysis-as-sarif-data
   */
  public async upload(sarif: Buffer, { commit, ref }: Revision): Promise<boolean> {
    const { provider, api, repository, number } = this.place;
    if (provider !== "github") return false;
    const content = {
      commit_sha: commit,
      ref: ref ?? `refs/pull/${number}/head`,
      sarif: gzipSync(sarif).toString("base64"),
    };
    const response = await this.send("POST", `${api}/repos/${repository}/code-scanning/sarifs`, content);
    if (response.status === 403 || response.status === 404) return false;
    await this.accepted(response, "POST");
    return true;
  }

  private async find(marker: string): Promise<Comment | undefined> {
    const { comments, page, read } = this.provider;
    for (let number = 1; number <= MAX_PAGES; number++) {
      const found = read(await this.call("GET", `${comments(this.place)}${page(number)}`));
      const mine = found.find(({ text }) => text.startsWith(marker));
      if (mine !== undefined || found.length === 0) return mine;
    }
    return undefined;
  }

  private async call(method: string, address: string, content?: object): Promise<unknown> {
    return this.accepted(await this.send(method, address, content), method);
  }

  private async send(method: string, address: string, content?: object): Promise<Response> {
    try {
      return await fetch(address, {
        method,
        headers: { ...this.provider.headers(this.token), "content-type": "application/json" },
        ...(content === undefined ? {} : { body: JSON.stringify(content) }),
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
        // A token goes nowhere else.
        redirect: "error",
      });
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new UsageError(`${this.place.api} cannot be reached: ${this.clean(reason)}.`, undefined, {
        cause: error,
      });
    }
  }

  private async accepted(response: Response, method: string): Promise<unknown> {
    const text = await response.text();
    let answer: unknown;
    try {
      answer = JSON.parse(text);
    } catch {
      // What is no JSON has no message.
    }
    if (response.ok) return answer;
    const message = isObject(answer) ? (own(answer, "message") ?? own(answer, "error")) : undefined;
    const said =
      typeof message === "string" ? message : isObject(message) ? String(own(message, "message")) : "";
    throw new UsageError(
      `${this.place.api} answers ${response.status} to ${method}${said === "" ? "" : `: ${this.clean(said)}`}. ` +
        "The token needs to read and write comments of pull requests in this repository.",
    );
  }

  private clean(text: string): string {
    return printable(text.replaceAll(this.token, "[secret]"));
  }
}
