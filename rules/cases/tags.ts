import { compliantCase, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Case, CaseResource } from "./types";

const provider = resource("pulumi:providers:aws");

/** The cases of a control that asks for tags; `make` adds the inputs and the place of the resource to others. */
export function tagCases(
  make: (tags: { readonly tags?: unknown }, more?: { readonly provider: string }) => CaseResource,
): readonly Case[] {
  return [
    compliantCase("has a tag", make({ tags: { team: "data" } })),
    compliantCase("has the required tag", make({ tags: { team: "data", owner: "me" } }), {
      parameters: { requiredKeyTags: "owner" },
    }),
    compliantCase("has the required tag by its provider", make({}, { provider: "aws" }), {
      parameters: { requiredKeyTags: "owner" },
      with: { aws: provider({ defaultTags: JSON.stringify({ tags: { owner: "me" } }) }) },
    }),
    violatingCase("has no tags", make({})),
    violatingCase("has tags of AWS only", make({ tags: { "aws:cloudformation:stack-name": "x" } })),
    violatingCase("lacks a required tag", make({ tags: { team: "data" } }), {
      parameters: { requiredKeyTags: "owner,team" },
    }),
    undecidedCase("has tags that are not known yet", make({ tags: unknown })),
  ];
}
