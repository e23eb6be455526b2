import type { ResourceType } from "../generated/resource-types";

/**
 * Which layer gives an absent property its meaning: the provider's schema, AWS's API, or a setting of the account
 * (which a stack cannot see, so that the value here is that of an account where nobody changed it).
 */
export type DefaultLayer = "provider" | "aws" | "account";

/** The documented meaning of an absent property. */
export interface Default {
  readonly value: string | number | boolean | readonly string[];
  readonly layer: DefaultLayer;
  /** The page or the documentation comment that says so. */
  readonly source: string;
}

/** Defaults of one service: type token to dotted path (without list indices) to default. */
export type ServiceDefaults = Readonly<Partial<Record<ResourceType, Readonly<Record<string, Default>>>>>;

/** A default that the provider's own documentation of the property states. */
export const provider = (
  value: Default["value"],
  source = "@pulumi/aws property documentation",
): Default => ({
  value,
  layer: "provider",
  source,
});

/** A default of AWS's API, with the page that states it. */
export const aws = (value: Default["value"], source: string): Default => ({ value, layer: "aws", source });

/** What holds in an account whose setting nobody changed, with the page that states it. */
export const account = (value: Default["value"], source: string): Default => ({
  value,
  layer: "account",
  source,
});
