import * as grpc from "@grpc/grpc-js";
import { type PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import * as assert from "node:assert/strict";
import * as http from "node:http";

import { serve, type Served } from "../sandbox/provider/server";
import { UNKNOWN, type Properties } from "../sandbox/provider/values";
import { fromWire, toWire } from "../sandbox/provider/wire";
import { facts } from "./support";

const urn = (type: string): string => `urn:pulumi:dev::project::parent:index:X$${type}::thing`;
const BUCKET = urn("aws:s3/bucket:Bucket");

/** Calls one method and waits for its answer or its error. */
function call<Response>(
  method: (done: (error: grpc.ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    method((error, response) => (error ? reject(error) : resolve(response)));
  });
}

describe("the provider as a service", () => {
  let client: ResourceProviderClient;
  let provider: Served;
  let aws: http.Server;
  let answers: (request: http.IncomingMessage) => readonly [number, string];

  before(async () => {
    aws = http.createServer((request, response) => {
      const [status, body] = answers(request);
      request.resume().on("end", () => response.writeHead(status).end(body));
    });
    await new Promise<void>((resolve) => void aws.listen(0, "127.0.0.1", resolve));
    const address = aws.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const environment = { AWS_REGION: "us-east-1", AWS_ENDPOINT_URL: `http://127.0.0.1:${port ?? 0}` };
    provider = await serve(facts, environment);
    client = new ResourceProviderClient(`127.0.0.1:${provider.port}`, grpc.credentials.createInsecure());
    await call<pb.ConfigureResponse>((done) =>
      client.configure(new pb.ConfigureRequest().setArgs(toWire({})), done),
    );
  });

  beforeEach(() => {
    answers = ({ method, url }) => assert.fail(`the provider called ${method ?? ""} ${url ?? ""}`);
  });

  after(() => {
    client.close();
    provider.stop();
    aws.closeAllConnections();
    aws.close();
  });

  const create = (of: string, properties: Properties, preview: boolean): Promise<pb.CreateResponse> =>
    call<pb.CreateResponse>((done) =>
      client.create(
        new pb.CreateRequest().setUrn(of).setProperties(toWire(properties)).setPreview(preview),
        done,
      ),
    );

  it("names the version of the installed package", async () => {
    const info = await call<PluginInfo>((done) => client.getPluginInfo(new Empty(), done));
    assert.equal(info.getVersion(), facts.version);
  });

  it("previews a resource without a call to AWS: what AWS computes is unknown, what is given stays", async () => {
    const response = await create(BUCKET, { bucket: "b", tagsAll: {}, __defaults: [] }, true);
    const properties = fromWire(response.getProperties());
    assert.equal(properties["bucket"], "b");
    assert.equal(properties["arn"], UNKNOWN);
    assert.ok(!("__defaults" in properties));
  });

  it("previews a type that it cannot create, and refuses to create it by name", async () => {
    const vpc = urn("aws:ec2/vpc:Vpc");
    const preview = await create(vpc, { cidrBlock: "10.0.0.0/16" }, true);
    assert.equal(fromWire(preview.getProperties())["id"], undefined);
    await assert.rejects(create(vpc, { cidrBlock: "10.0.0.0/16" }, false), /previews aws:ec2\/vpc:Vpc only/);
  });

  it("refuses a type and a function that the package does not have", async () => {
    await assert.rejects(
      create(urn("aws:s3/bukcet:Bukcet"), {}, true),
      /has no resource type aws:s3\/bukcet:Bukcet/,
    );
    const invoke = new pb.InvokeRequest().setTok("aws:x/getY:getY").setArgs(toWire({}));
    await assert.rejects(
      call<pb.InvokeResponse>((done) => client.invoke(invoke, done)),
      /aws:x\/getY:getY is not part of the sandbox/,
    );
  });

  it("refuses an endpoint elsewhere when the configuration is checked, and when it is used", async () => {
    const endpoints = toWire({ endpoints: '[{"s3":"https://s3.amazonaws.com"}]' });
    const checked = await call<pb.CheckResponse>((done) =>
      client.checkConfig(new pb.CheckRequest().setNews(endpoints), done),
    );
    assert.deepEqual(
      checked.getFailuresList().map((failure) => failure.getProperty()),
      ["endpoints"],
    );
    await assert.rejects(
      call<pb.ConfigureResponse>((done) =>
        client.configure(new pb.ConfigureRequest().setArgs(endpoints), done),
      ),
      /not on this machine/,
    );
  });

  it("replaces a provider whose region changes, and nothing when only its other settings do", async () => {
    const diff = async (olds: Properties, news: Properties): Promise<pb.DiffResponse> =>
      call<pb.DiffResponse>((done) =>
        client.diffConfig(new pb.DiffRequest().setOldInputs(toWire(olds)).setNews(toWire(news)), done),
      );
    assert.deepEqual((await diff({ region: "a" }, { region: "b" })).getReplacesList(), ["region"]);
    assert.deepEqual((await diff({ region: "a" }, { region: "a", profile: "x" })).getReplacesList(), []);
  });

  it("answers Diff with kinds by path", async () => {
    const request = new pb.DiffRequest()
      .setUrn(BUCKET)
      .setOldInputs(toWire({ bucket: "a", tags: { x: "1" } }))
      .setOlds(toWire({ bucket: "a", tags: { x: "1" } }))
      .setNews(toWire({ bucket: "b", tags: { x: "2" } }));
    const response = await call<pb.DiffResponse>((done) => client.diff(request, done));
    assert.equal(response.getChanges(), pb.DiffResponse.DiffChanges.DIFF_SOME);
    assert.deepEqual(response.getReplacesList(), ["bucket"]);
    assert.equal(response.getDetaileddiffMap().get("bucket")?.getKind(), pb.PropertyDiff.Kind.UPDATE_REPLACE);
    assert.equal(response.getDetaileddiffMap().get("tags.x")?.getKind(), pb.PropertyDiff.Kind.UPDATE);
  });

  it("hands the engine a resource that exists but could not be completed, with the error of AWS", async () => {
    answers = ({ url = "" }) =>
      url.includes("tagging")
        ? [403, "<Error><Code>AccessDenied</Code><Message>no tags</Message></Error>"]
        : [200, ""];
    const created = create(BUCKET, { bucket: "half", tagsAll: { a: "1" } }, false);
    const error = await created.then(
      () => assert.fail("the creation succeeded"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof Error && "metadata" in error && error.metadata instanceof grpc.Metadata);
    assert.match(error.message, /completing aws:s3\/bucket:Bucket "thing": AccessDenied: no tags/);
    const [details] = error.metadata.get("grpc-status-details-bin");
    assert.ok(details instanceof Buffer);
    const [packed] = Status.deserializeBinary(details).getDetailsList();
    const failed = pb.ErrorResourceInitFailed.deserializeBinary(packed?.getValue_asU8() ?? new Uint8Array());
    assert.equal(failed.getId(), "half");
    assert.equal(fromWire(failed.getInputs())["bucket"], "half");
  });

  it("reads a resource that is gone as nothing, and deletes it without complaint", async () => {
    answers = () => [404, "<Error><Code>NoSuchBucket</Code><Message>gone</Message></Error>"];
    const known = toWire({ bucket: "gone" });
    const read = new pb.ReadRequest().setUrn(BUCKET).setId("gone").setInputs(known).setProperties(known);
    assert.equal((await call<pb.ReadResponse>((done) => client.read(read, done))).getId(), "");
    const remove = new pb.DeleteRequest()
      .setUrn(BUCKET)
      .setId("gone")
      .setProperties(known)
      .setOldInputs(known);
    await call<Empty>((done) => client.delete(remove, done));
  });

  it("passes on why AWS does not delete", async () => {
    answers = () => [409, "<Error><Code>BucketNotEmpty</Code><Message>not empty</Message></Error>"];
    const known = toWire({ bucket: "full" });
    const remove = new pb.DeleteRequest()
      .setUrn(BUCKET)
      .setId("full")
      .setProperties(known)
      .setOldInputs(known);
    await assert.rejects(
      call<Empty>((done) => client.delete(remove, done)),
      /deleting aws:s3\/bucket:Bucket "thing": BucketNotEmpty: not empty \(HTTP 409\)/,
    );
  });
});
