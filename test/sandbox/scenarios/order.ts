import * as assert from "node:assert/strict";
import { REGION } from "../engine/environment";
import { fixture } from "../engine/fixtures";
import { type Operation, Stack, type StackConfig } from "../engine/stack";
import { type AwsClients, awsClients } from "../local-aws";
import type { Sandbox, Scenario } from "../scenario";
import { isRecording, rulesOf } from "./aws-state";
import { authorizeWorkspace, firstDay } from "./every-part";

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
/** Most of the time goes into the delays themselves, so several deployments fit beside one another. */
const LANES = 2;

/** Rules of any kind: none of them has a parameter that must be given. */
const RULES = [
  "S3_BUCKET_VERSIONING_ENABLED",
  "S3_BUCKET_PUBLIC_READ_PROHIBITED",
  "ENCRYPTED_VOLUMES",
  "RDS_MULTI_AZ_SUPPORT",
  "IAM_ROOT_ACCESS_KEY_CHECK",
];

/** What is looked at after an update with one seed. */
type Look = (seed: number, update: Operation, clients: AwsClients) => Promise<void>;

/**
 * Deploys a program once for each seed, each time into an empty AWS. The seed delays the creation of each resource by
 * 0 to 255 ms of its own, so that resources which do not wait for one another come in another order.
 *
 * @param enough - asked before each deployment; a true answer ends the lane.
 */
async function withSeeds(
  sandbox: Sandbox,
  program: { readonly folder: string; readonly config: StackConfig },
  look: Look,
  enough: () => boolean = () => false,
): Promise<void> {
  const waiting = [...SEEDS];
  const lane = async (): Promise<void> => {
    const aws = await sandbox.startAws();
    try {
      for (let seed = waiting.shift(); seed !== undefined && !enough(); seed = waiting.shift()) {
        authorizeWorkspace({ aws });
        const stack = await Stack.create(sandbox.engine, program.folder, `seed-${seed}`, program.config);
        const env = { AWS_ENDPOINT_URL: aws.endpoint, COMPLIANCE_SANDBOX_SEED: String(seed) };
        await look(seed, await stack.up({ skipPreview: true, env }), awsClients(aws.endpoint, REGION));
        await aws.reset();
      }
    } finally {
      await aws.stop();
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** Whether the program says what has to wait for what. */
export const order: readonly Scenario[] = [
  {
    title: `a stack with every part deploys with each of ${SEEDS.length} orders of creation`,
    run: async (sandbox, say) => {
      const config = {
        ...firstDay({ selection: { controls: RULES } }),
        // Few rules in batches of two wait for one another as many in batches of ten do.
        "compliance:rules": { batchSize: 2 },
      };
      const failed: string[] = [];
      await withSeeds(sandbox, { folder: sandbox.checkout, config }, async (seed, update, clients) => {
        if (update.status === 0) {
          assert.ok(await isRecording(clients));
          assert.equal((await rulesOf(clients)).size, RULES.length);
        } else {
          failed.push(`seed ${seed}:\n${update.stdout}`);
        }
        say(`seed ${seed}`);
      });
      assert.deepEqual(failed, []);
    },
  },
  {
    title: "a planted dependency that is missing is caught",
    run: async (sandbox, say) => {
      const caught: number[] = [];
      const program = { folder: fixture(sandbox, "unordered"), config: {} };
      const look: Look = (seed, update) => {
        if (update.status !== 0) {
          assert.match(update.stdout, /NoAvailableConfigurationRecorderException/);
          caught.push(seed);
        }
        return Promise.resolve();
      };
      await withSeeds(sandbox, program, look, () => caught.length > 0);
      assert.ok(caught.length > 0, `None of ${SEEDS.length} seeds showed the missing dependency.`);
      say(`seed ${caught.join(", ")}`);
    },
  },
];
