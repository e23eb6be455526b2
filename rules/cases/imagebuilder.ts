import { compliantCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const imageRecipe = resource("aws:imagebuilder/imageRecipe:ImageRecipe");
const recipe = (...volumes: readonly object[]): ReturnType<typeof imageRecipe> =>
  imageRecipe({
    name: "base",
    blockDeviceMappings: volumes.map((ebs, index) => ({ deviceName: `/dev/sd${index}`, ebs })),
  });

export const imagebuilder: Cases = {
  IMAGEBUILDER_IMAGERECIPE_EBS_VOLUMES_ENCRYPTED: [
    compliantCase("encrypts its volumes", recipe({ encrypted: "true" }, { encrypted: true })),
    violatingCase(
      "has a volume that is not encrypted",
      recipe({ encrypted: "true" }, { encrypted: "false" }),
    ),
    violatingCase("leaves it to the parent image", recipe({ volumeSize: 20 }), {
      note: "AWS Config looks at the recipe alone; what a parent image has is not in it.",
    }),
    undecidedCase("does not know it yet", recipe({ encrypted: unknown })),
  ],
};
