import { policy } from "../engine";
import type { Policies } from "../engine";

export const ebs: Policies = {
  // The rule evaluates volumes, and the block devices of an instance become volumes. A key in kmsId is the rule's own
  // parameter: the volume must use that key.
  ENCRYPTED_VOLUMES: policy("EBS volumes are encrypted.", {
    "aws:ebs/volume:Volume": (volume) => volume.isTrue("encrypted"),
  }),
};
