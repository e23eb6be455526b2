import { randomUUID } from "node:crypto";
import { ACCOUNT } from "../engine/environment";
import { type JsonObject, listOf, objectOf, textOf, textsOf } from "../json";
import { AwsError } from "./aws-error";
import type { Connections } from "./codeconnections";
import { isTrusted } from "./permissions";
import type { JsonCall, JsonHandler } from "./server";
import { webhookOf } from "./webhooks";

/** @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html */
const SOURCES = [
  "BITBUCKET",
  "CODECOMMIT",
  "CODEPIPELINE",
  "GITHUB",
  "GITHUB_ENTERPRISE",
  "GITLAB",
  "NO_SOURCE",
  "S3",
];
const ENVIRONMENTS = ["LINUX_CONTAINER", "LINUX_GPU_CONTAINER", "ARM_CONTAINER", "LINUX_EC2", "ARM_EC2"];
const COMPUTE =
  /^BUILD_GENERAL1_(SMALL|MEDIUM|LARGE|XLARGE|2XLARGE)$|^BUILD_LAMBDA_|^ATTRIBUTE_BASED_COMPUTE$/;
const VARIABLES = ["PLAINTEXT", "PARAMETER_STORE", "SECRETS_MANAGER"];
const CACHE_MODES = ["LOCAL_DOCKER_LAYER_CACHE", "LOCAL_SOURCE_CACHE", "LOCAL_CUSTOM_CACHE"];

/**
 * Serves the projects of CodeBuild and their webhooks: moto knows neither UpdateProject nor webhooks, and refuses
 * projects that a pipeline starts. Nothing is built.
 *
 * @param connections - through which projects fetch their source.
 */
export function buildOperations(connections: Connections): Record<string, JsonHandler> {
  const projects = new Map<string, JsonObject>();
  const idOf = ({ region }: JsonCall, name: unknown): string =>
    `${region}/${textOf(name).split("project/").at(-1) ?? ""}`;
  const found = (call: JsonCall, name: unknown): JsonObject => {
    const project = projects.get(idOf(call, name));
    if (project) return project;
    throw new AwsError("ResourceNotFoundException", `Project cannot be found: ${arnOf(call, textOf(name))}`);
  };
  const change = (call: JsonCall, name: unknown, members: JsonObject): JsonObject => {
    const project = { ...found(call, name), ...members };
    projects.set(idOf(call, name), project);
    return project;
  };
  return {
    CreateProject: async (call) => {
      const { body } = call;
      if (projects.has(idOf(call, body["name"]))) {
        const arn = arnOf(call, textOf(body["name"]));
        throw new AwsError("ResourceAlreadyExistsException", `Project already exists: ${arn}`);
      }
      await refuseProject(call, body);
      const project = { ...body, arn: arnOf(call, textOf(body["name"])), badge: { badgeEnabled: false } };
      projects.set(idOf(call, body["name"]), project);
      return { project };
    },
    UpdateProject: async (call) => {
      const { body } = call;
      const project = { ...found(call, body["name"]), ...body };
      await refuseProject(call, project);
      return { project: change(call, body["name"], project) };
    },
    BatchGetProjects: (call) => {
      const names = textsOf(call.body["names"]);
      const known = names.flatMap((name) => projects.get(idOf(call, name)) ?? []);
      const projectsNotFound = names.filter((name) => !projects.has(idOf(call, name)));
      return Promise.resolve({ projects: known, projectsNotFound });
    },
    ListProjects: ({ region }) => {
      const names = [...projects.keys()].filter((id) => id.startsWith(`${region}/`));
      return Promise.resolve({ projects: names.map((id) => id.slice(region.length + 1)) });
    },
    // Deleting what is not there is no mistake.
    DeleteProject: (call) => {
      projects.delete(idOf(call, call.body["name"]));
      return Promise.resolve({});
    },
    StartBuild: (call) => {
      const { arn, name } = found(call, call.body["projectName"]);
      const id = `${textOf(name)}:${randomUUID()}`;
      return Promise.resolve({
        build: { id, arn: textOf(arn).replace(":project/", ":build/"), projectName: name },
      });
    },
    CreateWebhook: (call) => {
      const { projectName } = call.body;
      const project = found(call, projectName);
      if (project["webhook"] !== undefined) {
        throw new AwsError(
          "ResourceAlreadyExistsException",
          `Webhook already exists for project ${textOf(projectName)}.`,
        );
      }
      const webhook = webhookOf(call.body, project, connections);
      change(call, projectName, { webhook });
      return Promise.resolve({ webhook });
    },
    UpdateWebhook: (call) => {
      const { projectName } = call.body;
      const webhook = webhookOf(call.body, foundWebhook(found(call, projectName)), connections);
      change(call, projectName, { webhook });
      return Promise.resolve({ webhook });
    },
    DeleteWebhook: (call) => {
      foundWebhook(found(call, call.body["projectName"]));
      change(call, call.body["projectName"], { webhook: undefined });
      return Promise.resolve({});
    },
  };
}

function foundWebhook(project: JsonObject): JsonObject {
  if (project["webhook"] !== undefined) return project;
  throw new AwsError(
    "ResourceNotFoundException",
    `Webhook not found for project ${textOf(project["name"])}.`,
  );
}

function arnOf({ region }: JsonCall, name: string): string {
  return `arn:aws:codebuild:${region}:${ACCOUNT}:project/${name}`;
}

async function refuseProject(call: JsonCall, project: JsonObject): Promise<void> {
  const problem =
    nameProblem(project) ??
    sourceProblem(objectOf(project["source"]), objectOf(project["artifacts"])) ??
    environmentProblem(objectOf(project["environment"])) ??
    cacheProblem(objectOf(project["cache"])) ??
    minutesProblem("timeoutInMinutes", project["timeoutInMinutes"], 2160) ??
    minutesProblem("queuedTimeoutInMinutes", project["queuedTimeoutInMinutes"], 480);
  if (problem !== undefined) throw new AwsError("InvalidInputException", problem);
  const role = textOf(project["serviceRole"]);
  const arn = arnOf(call, textOf(project["name"]));
  const context = { "aws:sourceaccount": ACCOUNT, "aws:sourcearn": arn };
  if (await isTrusted(call, role, "codebuild.amazonaws.com", context)) return;
  // https://docs.aws.amazon.com/codebuild/latest/userguide/troubleshooting.html
  const message = `CodeBuild is not authorized to perform: sts:AssumeRole on ${role}`;
  throw new AwsError("InvalidInputException", message);
}

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html */
function nameProblem(project: JsonObject): string | undefined {
  const name = textOf(project["name"]);
  if (!/^[A-Za-z0-9][\w-]{1,149}$/.test(name)) return `Invalid project name: "${name}".`;
  return textOf(project["description"]).length > 255
    ? "Invalid description: it has more than 255 characters."
    : undefined;
}

/** @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectSource.html */
function sourceProblem(source: JsonObject, artifacts: JsonObject): string | undefined {
  const type = textOf(source["type"]);
  if (!SOURCES.includes(type)) return `Invalid project source: type "${type}".`;
  const [isPiped, givesPiped] = [type === "CODEPIPELINE", artifacts["type"] === "CODEPIPELINE"];
  if (isPiped !== givesPiped)
    return "Invalid artifacts: source and artifacts must both be of type CODEPIPELINE.";
  const needsPlace = !isPiped && type !== "NO_SOURCE";
  if (needsPlace && textOf(source["location"]) === "") return "Invalid project source: location is required.";
  if (type === "NO_SOURCE" && textOf(source["buildspec"]) === "")
    return "Invalid project source: buildspec is required without a source.";
  return undefined;
}

/** @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectEnvironment.html */
function environmentProblem(environment: JsonObject): string | undefined {
  const { type, computeType, image } = environment;
  if (!ENVIRONMENTS.includes(textOf(type))) return `Invalid environment type "${textOf(type)}".`;
  if (!COMPUTE.test(textOf(computeType))) return `Invalid compute type "${textOf(computeType)}".`;
  if (textOf(image) === "") return "Invalid environment: image is required.";
  for (const variable of listOf(environment["environmentVariables"]).map(objectOf)) {
    const kind = textOf(variable["type"]) || "PLAINTEXT";
    if (textOf(variable["name"]) === "" || typeof variable["value"] !== "string" || !VARIABLES.includes(kind))
      return `Invalid environment variable "${textOf(variable["name"])}".`;
  }
  return undefined;
}

/** @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectCache.html */
function cacheProblem(cache: JsonObject): string | undefined {
  switch (textOf(cache["type"]) || "NO_CACHE") {
    case "NO_CACHE":
      return undefined;
    case "S3":
      return textOf(cache["location"]).includes("/")
        ? undefined
        : "Invalid cache: location must be BUCKET/PREFIX.";
    case "LOCAL": {
      const modes = textsOf(cache["modes"]);
      return modes.length > 0 && modes.every((mode) => CACHE_MODES.includes(mode))
        ? undefined
        : "Invalid cache: modes must be given for a local cache.";
    }
    default:
      return `Invalid cache type "${textOf(cache["type"])}".`;
  }
}

function minutesProblem(name: string, value: unknown, most: number): string | undefined {
  if (value === undefined || (typeof value === "number" && value >= 5 && value <= most)) return undefined;
  return `Invalid ${name}: it must be 5 to ${most}.`;
}
