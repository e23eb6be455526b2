import { BinaryReader } from "google-protobuf";

/**
 * Reads a serialised `google.protobuf.Struct`, in which the engine sends properties, as plain values. The generated
 * classes make several objects of each value first, which takes longer than everything that is done with the values.
 * @throws Error when a value is of no kind that the format knows.
 * @see https://protobuf.dev/reference/protobuf/google.protobuf/#struct
 */
export function readStruct(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const entries: Entry[] = [];
  readEntries(entries, new BinaryReader(bytes));
  return Object.fromEntries(entries);
}

type Entry = readonly [name: string, value: unknown];

function readEntries(entries: Entry[], reader: BinaryReader): void {
  while (reader.nextField()) {
    if (reader.getFieldNumber() === 1) reader.readMessage(entries, readEntry);
    else reader.skipField();
  }
}

function readEntry(entries: Entry[], reader: BinaryReader): void {
  let name = "";
  const values: unknown[] = [];
  while (reader.nextField()) {
    if (reader.getFieldNumber() === 1) name = reader.readString();
    else if (reader.getFieldNumber() === 2) reader.readMessage(values, readValue);
    else reader.skipField();
  }
  entries.push([name, values[0]]);
}

function readValues(values: unknown[], reader: BinaryReader): void {
  while (reader.nextField()) {
    if (reader.getFieldNumber() === 1) reader.readMessage(values, readValue);
    else reader.skipField();
  }
}

function readValue(values: unknown[], reader: BinaryReader): void {
  if (!reader.nextField()) throw new Error("The engine sent a property without a value.");
  switch (reader.getFieldNumber()) {
    case 1:
      reader.skipField();
      values.push(null);
      break;
    case 2:
      values.push(reader.readDouble());
      break;
    case 3:
      values.push(reader.readString());
      break;
    case 4:
      values.push(reader.readBool());
      break;
    case 5: {
      const entries: Entry[] = [];
      reader.readMessage(entries, readEntries);
      values.push(Object.fromEntries(entries));
      break;
    }
    case 6: {
      const items: unknown[] = [];
      reader.readMessage(items, readValues);
      values.push(items);
      break;
    }
    default:
      throw new Error(
        `The engine sent a property value of the kind ${reader.getFieldNumber()}, which this version of the pack does not know.`,
      );
  }
}
