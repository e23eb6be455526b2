import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { objectOf } from "../json";
import { type Properties } from "./values";

/** Reads the properties of a request; an absent message reads as no properties. */
export function fromWire(struct: Struct | undefined): Properties {
  return struct ? struct.toJavaScript() : {};
}

/** Writes properties for a response. Members that are `undefined` are left out, as the protocol has no word for them. */
export function toWire(properties: Properties): Struct {
  // The protobuf library throws on `undefined`; a turn through JSON drops it at every depth and turns dates into text.
  const clean: unknown = JSON.parse(JSON.stringify(properties));
  return Struct.fromJavaScript(
    Object.fromEntries(Object.entries(objectOf(clean)).map(([key, value]) => [key, value ?? null])),
  );
}
