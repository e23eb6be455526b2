import type { ResourceType } from "../catalog/generated/resource-types";
import { compliant, undecided, violation } from "../engine";
import type { Context, Outcome, Reader } from "../engine";
import { readerOf } from "./parts";

/** Clusters of databases (Neptune, DocumentDB), which share their model with RDS. */

interface Cluster {
  readonly storageEncrypted?: boolean;
  readonly kmsKeyId?: string;
  readonly kmsKeyArn?: string;
}

/**
 * The storage is encrypted. A cluster that is made from another source and does not say has the encryption of the
 * source, which is not seen.
 * @param sources - The properties that name a source.
 */
export function storageIsEncrypted(cluster: Reader<unknown>, sources: readonly string[]): Outcome {
  const reader = cluster as Reader<Cluster>;
  const own = reader.isTrue("storageEncrypted");
  const inherits = sources.some((source) => cluster.at(source).kind !== "absent");
  if (own.verdict !== "NON_COMPLIANT" || cluster.at("storageEncrypted").kind === "known" || !inherits)
    return own;
  // With a key of its own, what is restored or replicated is encrypted whatever its source is.
  const isKeyed = (["kmsKeyId", "kmsKeyArn"] as const).some(
    (key) => reader.present(key).verdict === "COMPLIANT",
  );
  return isKeyed ? compliant() : undecided(...own.reasons);
}

/**
 * At least two instances belong to the cluster, and not all of them in one zone. Without a zone of its own an instance is
 * placed where the cluster has none yet.
 */
export function hasSecondInstance({ node, stack }: Context, type: ResourceType): Outcome {
  const { nodes, uncertain } = stack.referrers(node, type, "clusterIdentifier");
  const zones = nodes.map((instance) => readerOf(instance).at("availabilityZone"));
  const known = new Set(zones.flatMap((zone) => (zone.kind === "known" ? [zone.value] : [])));
  const isSpread = known.size > 1 || zones.some(({ kind }) => kind === "absent");
  if (nodes.length > 1 && isSpread) return compliant();
  const reason = {
    found:
      nodes.length > 1
        ? "the instances of the cluster are not known to be in two zones"
        : `the cluster has ${nodes.length === 1 ? "one instance" : "no instances"}`,
    fix: "add instances in at least two Availability Zones",
  };
  const isOpen = nodes.length > 1 && zones.some(({ kind }) => kind === "unknown");
  return uncertain || isOpen ? undecided(reason) : violation(reason);
}
