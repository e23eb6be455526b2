import { policy, when } from "../engine";
import type { Policies } from "../engine";

export const imagebuilder: Policies = {
  IMAGEBUILDER_IMAGERECIPE_EBS_VOLUMES_ENCRYPTED: policy("Image recipes encrypt every volume.", {
    "aws:imagebuilder/imageRecipe:ImageRecipe": (recipe) =>
      recipe.every("blockDeviceMappings", (mapping) =>
        when(mapping.present("ebs"), () => mapping.isTrue("ebs.encrypted")),
      ),
  }),
};
